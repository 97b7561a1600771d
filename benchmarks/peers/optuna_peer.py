"""Optuna: its TPE and Gaussian-process samplers, by define-by-run, which has conditions.

Initial points are added as finished trials (Study.add_trial) and stand for the sampler's own random ones (n_startup_trials). A trial that
diverged is TrialState.FAIL, as for an objective that returns NaN.
"""
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import GPSampler, TPESampler
from optuna.trial import TrialState, create_trial

from space import Space

SAMPLERS = {"tpe": TPESampler, "gp": GPSampler}
# Optuna recommends it where several trials run at once; its Gaussian process regards those that run anyway.
FOR_SEVERAL = {"tpe": {"constant_liar": True}, "gp": {}}


def distribution(p):
    if p.choices:
        return CategoricalDistribution(p.choices)
    return (IntDistribution if p.type == "integer" else FloatDistribution)(p.low, p.high, log=p.log)


def load(sampler):
    """The Gaussian process loads PyTorch at its first suggestion: here on a space of its own."""
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    if sampler == "gp":
        import torch
        torch.set_num_threads(1)
        space = Space([{"name": "x", "type": "real", "low": 0.0, "high": 1.0}])
        OptunaPeer(space, 0, [({"x": 0.2}, 0.0), ({"x": 0.8}, 1.0)], 1, sampler).ask()


class OptunaPeer:
    def __init__(self, space, seed, initial, workers, sampler):
        finished = sum(loss is not None for _, loss in initial)
        self.space = space
        self.study = optuna.create_study(sampler=SAMPLERS[sampler](seed=seed, n_startup_trials=max(1, finished), **(FOR_SEVERAL[sampler] if workers > 1 else {})))
        for values, loss in initial:
            self.add(values, loss)

    def ask(self):
        trial, values = self.study.ask(), {}
        for p in self.space.parameters:
            if p.active(values):
                values[p.name] = trial._suggest(p.name, distribution(p))
        return trial, values

    def tell(self, trial, values, loss):
        if loss is None:
            self.withdraw(trial)
        else:
            self.study.tell(trial, loss)

    def withdraw(self, trial):
        self.study.tell(trial, state=TrialState.FAIL)

    def add(self, values, loss):
        distributions = {p.name: distribution(p) for p in self.space.parameters if p.name in values}
        state = TrialState.FAIL if loss is None else TrialState.COMPLETE
        self.study.add_trial(create_trial(state=state, value=loss, params=values, distributions=distributions))
