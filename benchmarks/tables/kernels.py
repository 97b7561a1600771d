"""Does a covariance with the structure of modules predict losses of recorded per-module tuning better than plain ARD?

    .peers/main/bin/python benchmarks/tables/kernels.py [--tables DIR] [--repetitions 3] [--rows 50 100 200]

Needs numpy, scipy and torch (`./proxima bench --setup-peers` installs them) and recorded tables: folders in DIR, by default the folder of this file,
with `space.json` and a CSV file a task (see benchmarks/README.md). Prints two Markdown tables; standard error has a line for each fit.

For each table and repetition a Gaussian process is fitted to n rows drawn at random and predicts 300 others (fewer where there are no more), the
same ones for all n. Rows are drawn from those that did not diverge (`all`), and again from those below the median loss of these (`good`). Losses go
through the power of Yeo and Johnson fitted to the n rows, in units of their interquartile range from their median, and are standardised by them.

A fit is the most probable one: parameters are functions of z ~ N(0, 1), found by L-BFGS from z = 0 and from a random z. All have a constant mean,
N(0, 1), noise of ln u ~ N(ln 0.01, 2^2), signal of ln s ~ N(0, 0.5^2), and length scales of ln l ~ N(ln(0.15 sqrt d), 0.7^2), d the dimension of the
whole space, also in terms of fewer coordinates.

- `pooled`: ln l = m of the parameter's kind (learningRate, multiplier, ..., the global ones apart) + N(0, 0.3^2), m as ln l else. Length scales are
  pooled in units of ln value: a parameter with a range of half the width has twice the length scale in the cube.
- `depth`: parameters of one kind in every block (block.0/learningRate, block.1/learningRate, ...) are replaced by their cosine transform along the
  blocks; l of frequency k is expected 1 + k times as long, so that changes between neighbours matter less than common ones.
- `modules`: a sum of terms, one for each module (attn has attn.q, attn.k, ...; the global parameters are one too), and the full term. Shares of the
  signal are a softmax, where the full one has half before data. `modules x global`: each module's term has the global parameters too.
- `single`: the same with a term for each parameter.
- `warped`: each coordinate by Kumaraswamy's distribution function, its exponents lognormal(0, 0.3).
"""
import os

# Before anything loads its thread pools.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import csv
import itertools
import json
import math
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy import fft, optimize, stats

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))
from space import Space

TEST_ROWS = 300
JITTER = 1e-6  # beside a variance of 1: keeps Cholesky factors of 200 rows exact enough in double precision
FARTHEST = 6  # bounds of z, in standard deviations


def read_space(folder):
    """The space, and for each parameter its column's name and whether it is 1 less the column (searched in log(1 - beta))."""
    parameters, columns = [], []
    for p in json.loads((folder / "space.json").read_text())["parameters"]:
        from_one = "log(1 - beta)" in p.get("note", "")
        columns.append((p["name"], from_one))
        if from_one:
            p = {"name": p["name"], "type": "real", "low": 1 - p["high"], "high": 1 - p["low"], "log": True}
        parameters.append(p | {"type": "integer"} if p["type"] == "int" else p)
    return Space(parameters), columns


def read_table(file, space, columns):
    """Points (n by d, unit cube) and finite losses. Of rows at one point the first counts."""
    rows = {}
    for row in csv.DictReader(file.open()):
        values = {}
        for p, (column, from_one) in zip(space.parameters, columns):
            if p.active(values):
                cell = row[column]
                values[p.name] = cell if p.choices else p.clip(1 - float(cell) if from_one else float(cell))
        rows.setdefault(tuple(space.encode(values)), float(row["loss"] or "inf"))
    x, y = np.array(list(rows)), np.array(list(rows.values()))
    return x[np.isfinite(y)], y[np.isfinite(y)]


class Power:
    """Yeo and Johnson's power of losses, then to mean 0 and variance 1, as fitted to these losses."""

    def __init__(self, losses):
        low, self.median, high = np.quantile(losses, [0.25, 0.5, 0.75])
        self.unit = high - low
        bent, self.exponent = stats.yeojohnson((losses - self.median) / self.unit)
        self.centre, self.scale = bent.mean(), bent.std()

    def __call__(self, losses):
        return (stats.yeojohnson((losses - self.median) / self.unit, self.exponent) - self.centre) / self.scale


def rbf(r2):
    return torch.exp(-0.5 * r2)


def matern(r2):
    t = torch.sqrt(5 * r2 + 1e-12)  # the root's slope at 0 is infinite
    return (1 + t + t * t / 3) * torch.exp(-t)


CORRELATIONS = {"RBF": rbf, "Matérn-5/2": matern}


@dataclass(frozen=True)
class Covariance:
    """A prior over covariances on the unit cube of dimension d: shares of terms, each a correlation of some coordinates."""

    d: int
    correlation: object
    offset: np.ndarray | None = None  # of the expected ln l, by coordinate
    kinds: list | None = None  # number of each coordinate's kind, where their length scales are pooled
    basis: np.ndarray | None = None  # d by d: what the coordinates are multiplied by
    terms: list = ()  # coordinates of each term beside the full one
    warped: bool = False

    def parts(self):
        """Sizes of the parts of z: mean, noise, signal; ln l of the full term; kinds' means; ln l of the others; shares; Kumaraswamy's exponents."""
        return [1, 1, 1, self.d, max(self.kinds) + 1 if self.kinds else 0, sum(map(len, self.terms)), len(self.terms), 2 * self.d * self.warped]

    def at(self, z):
        """The mean, the noise variance, the signal variance and the correlation of two sets of points, at z."""
        mean, noise, signal, scales, kinds, others, logits, warp = torch.split(z, self.parts())
        location = math.log(0.15 * math.sqrt(self.d)) + torch.tensor(np.zeros(self.d) if self.offset is None else self.offset)
        full = location + (0.3 * scales + 0.7 * kinds[self.kinds] if self.kinds else 0.7 * scales)
        shares = torch.softmax(torch.cat([logits, torch.full((1,), math.log(max(1, len(self.terms))))]), 0)

        def inputs(x):
            if self.warped:
                a, b = torch.exp(0.3 * warp).split(self.d)
                x = 1 - (1 - x.clamp(1e-6, 1 - 1e-6) ** a) ** b
            return x if self.basis is None else x @ torch.tensor(self.basis).T

        def correlation(xs, ys):
            xs, ys = inputs(xs), inputs(ys)
            k, at = shares[-1] * self.correlation(distances(xs, ys, full)), 0
            for share, term in zip(shares, self.terms):
                l = location[term] + 0.7 * others[at : at + len(term)]
                k = k + share * self.correlation(distances(xs[:, term], ys[:, term], l))
                at += len(term)
            return k

        return mean, 0.01 * torch.exp(2 * noise), torch.exp(0.5 * signal), correlation


def distances(xs, ys, log_scales):
    """Squared scaled distances, never below 0."""
    xs, ys = xs * torch.exp(-log_scales), ys * torch.exp(-log_scales)
    return ((xs**2).sum(1)[:, None] + (ys**2).sum(1) - 2 * xs @ ys.T).clamp(min=0)


def factor(covariance, z, x, y):
    """Cholesky's factor of the covariance of y, and what it makes of y less the mean."""
    mean, noise, signal, correlation = covariance.at(z)
    root = torch.linalg.cholesky(signal * correlation(x, x) + (noise + JITTER) * torch.eye(len(x)))
    return root, torch.linalg.solve_triangular(root, (y - mean)[:, None], upper=False)


def fit(covariance, x, y, random):
    """The most probable z."""

    def loss(values):
        z = torch.tensor(values, requires_grad=True)
        root, white = factor(covariance, z, x, y)
        value = 0.5 * (white**2).sum() + root.diagonal().log().sum() + 0.5 * (z**2).sum()
        value.backward()
        return value.item(), z.grad.numpy()

    size = sum(covariance.parts())
    starts = [np.zeros(size), 0.5 * random.standard_normal(size)]
    options = {"maxiter": 200, "ftol": 1e-7}  # 1e-5 nats or so
    fits = [optimize.minimize(loss, z, jac=True, method="L-BFGS-B", bounds=[(-FARTHEST, FARTHEST)] * size, options=options) for z in starts]
    return torch.tensor(min(fits, key=lambda f: f.fun).x)


@torch.no_grad()
def surprise(covariance, z, x, y, at, losses):
    """Mean negative log predictive density of these losses."""
    mean, noise, signal, correlation = covariance.at(z)
    root, white = factor(covariance, z, x, y)
    cross = torch.linalg.solve_triangular(root, signal * correlation(x, at), upper=False)
    variance = (signal - (cross**2).sum(0)).clamp(min=0) + noise
    return 0.5 * ((losses - mean - (cross.T @ white)[:, 0]) ** 2 / variance + torch.log(2 * math.pi * variance)).mean().item()


def numbered(keys):
    """Coordinates by key, in order of appearance."""
    groups = {}
    for i, key in enumerate(keys):
        groups.setdefault(key, []).append(i)
    return groups


def along_depth(names):
    """The cosine transform along blocks and the offset of ln l that goes with it; None where no kind has a parameter in each of several blocks."""
    basis, offset = np.eye(len(names)), np.zeros(len(names))
    blocks = [re.match(r"(.*?)(\d+)([^/]*/.*)", n) for n in names]
    for key, at in numbered((b[1], b[3]) if b else None for b in blocks).items():
        if key and len(at) > 1:
            at.sort(key=lambda i: int(blocks[i][2]))
            basis[np.ix_(at, at)] = fft.dct(np.eye(len(at)), norm="ortho", axis=0)
            offset[at] = np.log1p(np.arange(len(at)))
    return {"basis": basis, "offset": offset} if offset.any() else None


def by_kind(parameters):
    """Kinds by number, learningRate apart from module/learningRate, and the offset of ln l that makes a kind's scales equal in units of ln value."""
    kinds = numbered("".join(p.name.rpartition("/")[1:]) for p in parameters).values()
    log_width = np.log([math.log(p.high / p.low) if p.log else 1 if p.choices else p.high - p.low for p in parameters])
    numbers, offset = [0] * len(parameters), np.zeros(len(parameters))
    for number, at in enumerate(kinds):
        offset[at] = log_width[at].mean() - log_width[at]
        for i in at:
            numbers[i] = number
    return {"kinds": numbers, "offset": offset}


def covariances(space):
    """The candidates by name, those of a correlation after its plain one."""
    parameters = [p for p in space.parameters for _ in range(p.width)]
    names, d = [p.name for p in parameters], len(parameters)
    modules = numbered(re.split(r"[./]", n)[0] if "/" in n else "" for n in names)
    structures = {
        "ARD": {},
        "pooled": by_kind(parameters),
        "depth": along_depth(names),
        "modules": {"terms": list(modules.values())},
        "modules x global": {"terms": [modules.get("", []) + m for key, m in modules.items() if key]},
        "single": {"terms": [[i] for i in range(d)]},
        "warped": {"warped": True},
    }
    return {f"{s} {name}": Covariance(d, k, **v) for name, k in CORRELATIONS.items() for s, v in structures.items() if v is not None}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tables", type=Path, default=Path(__file__).resolve().parent)
    arguments.add_argument("--repetitions", type=int, default=3)
    arguments.add_argument("--rows", type=int, nargs="+", default=[50, 100, 200])
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.double)
    files = sorted(given.tables.glob("*/*.csv"))
    if not files:
        sys.exit(f"{given.tables}: has no folder with a table, a CSV file")
    tasks = []
    for file in files:
        space, columns = read_space(file.parent)
        x, losses = read_table(file, space, columns)
        good = np.flatnonzero(losses < np.median(losses))
        if not len(good) > max(given.rows):
            sys.exit(f"{file}: needs more than {max(given.rows)} rows below the median loss, has {len(good)}; --rows takes smaller numbers")
        tasks.append((f"{file.parent.name}/{file.stem}", covariances(space), x, losses, {"all": np.arange(len(losses)), "good": good}))
        if not any(c.startswith("depth") for c in tasks[-1][1]):
            print(f"depth: left out for {tasks[-1][0]}, whose space has no parameters by block")
    found = {}  # (population, n) -> covariance -> {(table, repetition): surprise}
    for number, (task, candidates, x, losses, populations) in enumerate(tasks):
        for (population, rows), repetition, n in itertools.product(populations.items(), range(given.repetitions), given.rows):
            order = np.random.default_rng([given.seed, number, repetition]).permutation(rows)
            train, test = order[:n], order[max(max(given.rows), len(rows) - TEST_ROWS) :]
            power = Power(losses[train])
            data = [torch.tensor(v) for v in (x[train], power(losses[train]), x[test], power(losses[test]))]
            for name, covariance in candidates.items():
                value = surprise(covariance, fit(covariance, *data[:2], np.random.default_rng(given.seed)), *data)
                found.setdefault((population, n), {}).setdefault(name, {})[task, repetition] = value
                print(f"{task} {population} {n} {repetition} {len(test)} {name}: {value:.4f}", file=sys.stderr, flush=True)
    for correlation in CORRELATIONS:
        report(found, f"ARD {correlation}", correlation if correlation != "RBF" else "")


def report(found, reference, suffix):
    """A table of all covariances with this suffix."""
    print(f"\nMean negative log predictive density of {reference}, and what the others add to it: lower is better; ± a standard error over tables and")
    print("repetitions (in how many of them it is lower).\n")
    print("| covariance |" + "".join(f" {population}, n = {n} |" for population, n in found))
    print("|---|" + "---|" * len(found))
    for name in next(iter(found.values())):
        if name.endswith(suffix):
            cells = [added(cell[name], cell[reference] if name != reference else None) for cell in found.values()]
            print(f"| {name} | " + " | ".join(cells) + " |")


def added(values, references):
    v = np.array([value - (references[key] if references else 0) for key, value in values.items()])
    error = v.std(ddof=1) / math.sqrt(len(v)) if len(v) > 1 else math.nan
    return f"{v.mean():+.3f} ± {error:.3f} ({(v < 0).sum()} of {len(v)})" if references else f"{v.mean():.3f} ± {error:.3f}"


if __name__ == "__main__":
    main()
