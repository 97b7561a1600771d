"""Seconds of a suggestion, on one thread: BoTorch (as botorch_peer.py has it) and Optuna's GPSampler, on the data of the benchmark GpSpeed.

    classpath=benchmarks/target/benchmarks-0.1.0.jar:$(cat benchmarks/target/classpath.txt)      # after a build by ./proxima
    for size in "200 40" "500 100"; do
      java -cp "$classpath" proxima.bench.AskData $size | .peers/main/bin/python benchmarks/peers/suggestion_time.py
    done

Needs the java of a JDK 25. Reads a point a line, its coordinates and its loss, which is empty where it diverged. Prints a JSON line for each
package: the seconds of each repetition and their median, what of them is BoTorch's fit, and the processor's seconds, which are less where the
machine does other work too. Points that diverged are left out, as these packages take them.
Optuna goes on from the last fit's parameters after the first repetition, as it does in a run.
"""
import os

# Before anything loads its thread pools.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import importlib.metadata
import json
import statistics
import sys
import time

import torch

import botorch_peer
import optuna_peer
from space import Space


def botorch(points, losses, repetitions):
    x = torch.tensor(points, dtype=torch.double)
    y = -torch.tensor(losses, dtype=torch.double).unsqueeze(-1)
    fits, seconds, processor = [], [], []
    for seed in range(repetitions):
        torch.manual_seed(seed)
        start, busy = time.perf_counter(), time.process_time()
        model = botorch_peer.fit(x, y)
        fits.append(time.perf_counter() - start)
        botorch_peer.maximize(model, x)
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return {"seconds": seconds, "fit": fits, "processor": processor}


def optuna(points, losses, repetitions):
    optuna_peer.load("gp")
    d = len(points[0])
    space = Space([{"name": f"x{i}", "type": "real", "low": 0.0, "high": 1.0} for i in range(d)])
    initial = [({f"x{i}": u for i, u in enumerate(p)}, loss) for p, loss in zip(points, losses)]
    peer = optuna_peer.OptunaPeer(space, 0, initial, 1, "gp")
    seconds, processor = [], []
    for _ in range(repetitions):
        start, busy = time.perf_counter(), time.process_time()
        trial, _ = peer.ask()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
        peer.withdraw(trial)
    return {"seconds": seconds, "processor": processor}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--repetitions", type=int, default=5)
    repetitions = arguments.parse_args().repetitions
    torch.set_num_threads(1)
    rows = [line.rstrip("\n").split(",") for line in sys.stdin]
    finished = [[float(cell) for cell in row] for row in rows if row[-1]]
    points, losses = [row[:-1] for row in finished], [row[-1] for row in finished]
    for package, measure in (("botorch", botorch), ("optuna", optuna)):
        measured = measure(points, losses, repetitions)
        print(json.dumps({
            "package": f"{package} {importlib.metadata.version(package)}", "n": len(rows), "finished": len(points), "d": len(points[0]),
            "median": round(statistics.median(measured["seconds"]), 4), **{k: [round(s, 4) for s in v] for k, v in measured.items()},
        }), flush=True)


main()
