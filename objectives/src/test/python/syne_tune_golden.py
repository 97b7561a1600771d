"""A Syne Tune experiment: the folder of SyneTuneLayoutTest. Syne Tune 0.16.0: SYNETUNE_FOLDER=DIR python syne_tune_golden.py

Run without arguments it tunes; its trials run it with theirs. Of what it writes, metadata.json and results.csv.zip are kept.
"""
import argparse
import math
import sys


def train():
    from syne_tune import Reporter

    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--act")
    parser.add_argument("--epochs", type=int)
    a, _ = parser.parse_known_args()
    report = Reporter()
    for epoch in range(1, a.epochs + 1):
        report(epoch=epoch, accuracy=1 / (1 + (math.log10(a.lr) + 3) ** 2 / epoch + a.layers * 0.1))


def tune():
    from syne_tune import StoppingCriterion, Tuner
    from syne_tune.backend import LocalBackend
    from syne_tune.config_space import choice, loguniform, randint
    from syne_tune.optimizer.baselines import RandomSearch

    space = {"lr": loguniform(1e-5, 1e-1), "layers": randint(1, 4), "act": choice(["relu", "tanh"]), "epochs": 3}
    Tuner(
        trial_backend=LocalBackend(entry_point=__file__),
        scheduler=RandomSearch(space, metrics=["accuracy"], random_seed=1, do_minimize=False),
        stop_criterion=StoppingCriterion(max_num_trials_finished=6),
        n_workers=1,
        tuner_name="demo",
        sleep_time=0.2,
    ).run()


train() if len(sys.argv) > 1 else tune()
