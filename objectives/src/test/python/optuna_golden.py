"""Studies in both of Optuna's storages: the files of OptunaLayoutTest. Optuna 5.0.0: python optuna_golden.py DIR

Three studies: `tune` has a conditional parameter, a failed, a pruned, a diverged and a waiting trial; `up` is maximised; `pareto` has two objectives.
"""
import math
import sys

import optuna
from optuna.storages import JournalStorage, RDBStorage
from optuna.storages.journal import JournalFileBackend


def objective(trial):
    lr = trial.suggest_float("lr", 1e-5, 1e-1, log=True)
    layers = trial.suggest_int("layers", 1, 4)
    units = trial.suggest_int("units", 8, 256, log=True)
    act = trial.suggest_categorical("act", ["relu", "tanh", None])
    trial.suggest_float("momentum", 0.9, 0.9)
    slope = trial.suggest_float("slope", -1, 1) if act == "tanh" else 0
    if trial.number == 3:
        raise ValueError("broken")
    for step in range(3):
        trial.report(1.0 / (step + 1), step)
    if trial.number == 4:
        raise optuna.TrialPruned()
    if trial.number == 5:
        return math.inf
    return (math.log10(lr) + 3) ** 2 + layers * 0.1 + slope**2 + units / 1000


optuna.logging.set_verbosity(optuna.logging.ERROR)
out = sys.argv[1]
for storage in [RDBStorage(f"sqlite:///{out}/optuna.db"), JournalStorage(JournalFileBackend(f"{out}/optuna.log"))]:
    tune = optuna.create_study(storage=storage, study_name="tune", sampler=optuna.samplers.RandomSampler(seed=1))
    tune.optimize(objective, n_trials=12, catch=(ValueError,))
    tune.enqueue_trial({"lr": 1e-3})
    up = optuna.create_study(storage=storage, study_name="up", direction="maximize", sampler=optuna.samplers.RandomSampler(seed=2))
    up.optimize(lambda t: t.suggest_float("x", 0, 1, step=0.25), n_trials=4)
    pareto = optuna.create_study(storage=storage, study_name="pareto", directions=["minimize", "minimize"])
    pareto.optimize(lambda t: (t.suggest_float("x", 0, 1), 1), n_trials=2)
