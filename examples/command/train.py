"""A training in plain Python: a small network learns a wave. Prints its losses as JSON lines; everything else is for people."""
import argparse
import json
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, required=True)
parser.add_argument("--hidden", type=int, default=8)
parser.add_argument("--optimizer", choices=["sgd", "momentum"], default="sgd")
parser.add_argument("--momentum", type=lambda text: float(text or 0), default=0.0)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--steps", type=int, default=300)
args = parser.parse_args()
print("training with", vars(args))

draw = random.Random(args.seed)
data = [(i / 32 - 1, math.sin(math.pi * (i / 32 - 1))) for i in range(65)]
# y = sum of c tanh(a x + b) over the hidden units
weights = [[draw.gauss(0, 2), draw.gauss(0, 1), draw.gauss(0, 1) / math.sqrt(args.hidden)] for _ in range(args.hidden)]
velocity = [[0.0] * 3 for _ in weights]
momentum = args.momentum if args.optimizer == "momentum" else 0.0


def loss_of(pairs):
    errors = [sum(c * math.tanh(a * x + b) for a, b, c in weights) - y for x, y in pairs]
    return sum(e * e for e in errors) / len(errors)  # e ** 2 would raise where it overflows


for step in range(1, args.steps + 1):
    batch = draw.sample(data, 8)
    gradient = [[0.0] * 3 for _ in weights]
    for x, y in batch:
        hidden = [math.tanh(a * x + b) for a, b, _ in weights]
        error = 2 * (sum(w[2] * h for w, h in zip(weights, hidden)) - y) / len(batch)
        for g, w, h in zip(gradient, weights, hidden):
            inner = error * w[2] * (1 - h * h)
            g[0], g[1], g[2] = g[0] + inner * x, g[1] + inner, g[2] + error * h
    for w, v, g in zip(weights, velocity, gradient):
        for i in range(3):
            v[i] = momentum * v[i] - args.rate * g[i]
            w[i] += v[i]
    if step % 50 == 0:
        loss = loss_of(data)
        if not loss < 1e6:
            print(json.dumps({"diverged": step}), flush=True)
            break
        print(json.dumps({"step": step, "loss": loss}), flush=True)
else:
    print(json.dumps({"loss": loss_of(data)}))
