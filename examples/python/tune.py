"""Forty trials of a stand-in for a training: python3 examples/python/tune.py [JOURNAL]. With a journal, it goes on where it was stopped."""
import math
import pathlib
import sys

from proxima_client import Study

TRIALS = 40


def train(learningRate, layers, optimizer, momentum=0.0):
    if learningRate > 0.05:
        return math.nan
    speed = learningRate / (1 - momentum) * (3 if optimizer == "adam" else 1)
    return (math.log10(speed) + 2) ** 2 + 0.1 * abs(layers - 5)


options = {"journal": sys.argv[1]} if len(sys.argv) > 1 else {}
with Study(pathlib.Path(__file__).with_name("space.json"), **options) as study:
    for trial, values in study.pending:
        study.tell(trial, train(**values))
    for _ in range(study.trials, TRIALS):
        trial, values = study.ask()
        study.tell(trial, train(**values))
    print(study.best())
