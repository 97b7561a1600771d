"""TuRBO-1 (Eriksson et al. 2019, "Scalable global optimization via local Bayesian optimization") on BoTorch, one suggestion at a time, with the
settings of BoTorch's tutorial: success tolerance 10, Thompson sampling over min(5000, max(2000, 200 d)) candidates, Matern-5/2 with length
scales in [0.005, 4] and noise in [1e-8, 1e-3].

A trial that diverged is dropped, and counts as one without an improvement. Where the region has become too small, a new one starts from as many
Sobol points as the comparison gave at first, and forgets what was known.
"""
import math

import torch
from botorch.fit import fit_gpytorch_mll
from botorch.generation import MaxPosteriorSampling
from botorch.models import SingleTaskGP
from gpytorch.constraints import Interval
from gpytorch.kernels import MaternKernel, ScaleKernel
from gpytorch.likelihoods import GaussianLikelihood
from gpytorch.mlls import ExactMarginalLogLikelihood
from torch.quasirandom import SobolEngine

from botorch_peer import CubePeer

LENGTH, SHORTEST, LONGEST = 0.8, 0.5 ** 7, 1.6
SUCCESSES = 10


class TurboPeer(CubePeer):
    def __init__(self, space, seed, initial, workers):
        self.design = max(2, len(initial))
        self.patience = math.ceil(max(4.0, space.dimension))
        self.reset()
        super().__init__(space, seed, initial, workers)

    def reset(self):
        self.length, self.successes, self.failures, self.told = LENGTH, 0, 0, 0

    def ask(self):
        if self.length < SHORTEST:
            self.reset()
            self.x, self.y = self.x[:0], self.y[:0]
        if self.told < self.design or len(self.y) < 2:
            return self.opened(self.sobol.draw(1)[0])
        return super().ask()

    def suggest(self):
        d = self.space.dimension
        y = (self.y - self.y.mean()) / self.y.std().clamp_min(1e-8)
        kernel = ScaleKernel(MaternKernel(nu=2.5, ard_num_dims=d, lengthscale_constraint=Interval(0.005, 4.0)))
        likelihood = GaussianLikelihood(noise_constraint=Interval(1e-8, 1e-3))
        model = SingleTaskGP(self.x, y, covar_module=kernel, likelihood=likelihood, outcome_transform=None)
        fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
        # A box around the best point, longer where the function changes slowly, of volume length^d.
        weights = kernel.base_kernel.lengthscale.squeeze(0).detach()
        weights = weights / weights.mean()
        weights = weights / torch.prod(weights.pow(1.0 / d))
        best = self.x[y.argmax()]
        low = torch.clamp(best - weights * self.length / 2, 0.0, 1.0)
        high = torch.clamp(best + weights * self.length / 2, 0.0, 1.0)
        # Candidates differ from the best point in some coordinates, 20 of them on average where there are so many.
        n = min(5000, max(2000, 200 * d))
        draws = low + (high - low) * SobolEngine(d, scramble=True, seed=int(torch.randint(2 ** 31, (1,)))).draw(n).double()
        change = torch.rand(n, d) <= min(20.0 / d, 1.0)
        none = change.sum(1) == 0
        change[none, torch.randint(d, (int(none.sum()),))] = True
        candidates = torch.where(change, draws, best)
        with torch.no_grad():
            return MaxPosteriorSampling(model, replacement=False)(candidates, num_samples=1)[0]

    def add(self, values, loss):
        if self.told >= self.design:
            self.judge(loss)
        self.told += 1
        super().add(values, loss)

    def judge(self, loss):
        """Adapts the region's length to a trial within it."""
        best = self.y.max().item() if len(self.y) else -math.inf
        if loss is not None and -loss > best + 1e-3 * abs(best):
            self.successes, self.failures = self.successes + 1, 0
        else:
            self.successes, self.failures = 0, self.failures + 1
        if self.successes == SUCCESSES:
            self.length, self.successes = min(2.0 * self.length, LONGEST), 0
        elif self.failures == self.patience:
            self.length, self.failures = self.length / 2.0, 0
