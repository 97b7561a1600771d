"""What a model finds among a table's rows that has been told all the others: a bound for strategies that choose among rows with such a model.

    .peers/main/bin/python benchmarks/tables/informed.py ../tables/lcbench benchmarks/tables/transformer

For each table: normalised regret of the best of the 10, 25, 45 and 130 rows that a Gaussian process (Matern-5/2 by dimension-scaled priors, rank copula,
exact leave-one-out means over all rows) and a forest (scikit-learn's extra trees, 10-fold) predict to be the best, and of 50 and 150 random rows. Rows that diverged
are left out. What a row's loss owes to the luck of its seed no model can know: where the best row is a lucky one, its regret can only be found by chance.
"""
import os

# Before anything loads its thread pools.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import math
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from gpytorch.constraints import GreaterThan
from gpytorch.kernels import MaternKernel
from gpytorch.mlls import ExactMarginalLogLikelihood
from gpytorch.priors import LogNormalPrior
from scipy.stats import norm, rankdata
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.model_selection import KFold

from kernels import read_space, read_table

CHOSEN = (10, 25, 45, 130)
RANDOM = (50, 150)
# Rows that the length scales are fitted to; the means then are those of all rows.
FITTED = 500


def leave_one_out(x, z, seed):
    some = np.random.default_rng(seed).permutation(len(z))[:FITTED]
    d = x.shape[1]
    kernel = MaternKernel(
        nu=2.5, ard_num_dims=d, lengthscale_prior=LogNormalPrior(math.sqrt(2) + math.log(d) / 2, math.sqrt(3)),
        lengthscale_constraint=GreaterThan(2.5e-2, transform=None, initial_value=1.0))
    model = SingleTaskGP(torch.tensor(x[some]), torch.tensor(z[some])[:, None], covar_module=kernel, outcome_transform=None)
    fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
    with torch.no_grad():
        covariance = model.covar_module(torch.tensor(x)).to_dense().numpy() + model.likelihood.noise.item() * np.eye(len(z))
    inverse = np.linalg.inv(covariance)
    return z - inverse @ (z - model.mean_module.constant.item()) / np.diag(inverse)


def held_out(x, z):
    means = np.empty(len(z))
    for told, others in KFold(10, shuffle=True, random_state=0).split(x):
        means[others] = ExtraTreesRegressor(200, min_samples_leaf=2, random_state=0).fit(x[told], z[told]).predict(x[others])
    return means


def main(folders):
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.double)
    print(f"{'':40} " + " ".join(f"{name:>{6 * size - 1}}" for name, size in (("gp", len(CHOSEN)), ("forest", len(CHOSEN)), ("random", len(RANDOM)))))
    print(f"{'':40} " + " ".join(f"{n:5d}" for n in CHOSEN + CHOSEN + RANDOM))
    for folder in map(Path, folders):
        space, columns = read_space(folder)
        all_regrets = []
        for file in sorted(folder.glob("*.csv")):
            x, y = read_table(file, space, columns)
            best, median = y.min(), np.median(y)
            z = norm.ppf((rankdata(y) - 0.5) / len(y))
            order = [np.argsort(means) for means in (leave_one_out(x, z, 0), held_out(x, z))]
            regrets = [(y[o[:n]].min() - best) / (median - best) for o in order for n in CHOSEN]
            draws = np.random.default_rng(0)
            regrets += [np.mean([(y[draws.permutation(len(y))[:n]].min() - best) / (median - best) for _ in range(200)]) for n in RANDOM]
            all_regrets.append(regrets)
            print(f"{folder.name + '/' + file.stem:40} " + " ".join(f"{r:5.3f}" for r in regrets), flush=True)
        print(f"{folder.name + ', mean':40} " + " ".join(f"{r:5.3f}" for r in np.mean(all_regrets, 0)), flush=True)


main(sys.argv[1:])
