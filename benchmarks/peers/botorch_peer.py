"""BoTorch: SingleTaskGP as it comes, fit_gpytorch_mll, and qLogNoisyExpectedImprovement from 20 restarts and 1,024 raw samples.

In the unit cube, as BoTorch asks for: logarithmic ranges by their logarithms, whole numbers and categories (one coordinate a choice) relaxed,
and rounded where they are suggested. It has no notion of a failed trial: one that diverged is dropped.
"""
import torch
from botorch.acquisition.logei import qLogNoisyExpectedImprovement
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from botorch.optim import optimize_acqf
from gpytorch.mlls import ExactMarginalLogLikelihood
from torch.quasirandom import SobolEngine


def fit(x, y):
    """The model: x is n by d, y n by 1 and larger is better."""
    model = SingleTaskGP(x, y)
    fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
    return model


def maximize(model, x, pending=None):
    """The next point of the cube, while others are being tried."""
    acquisition = qLogNoisyExpectedImprovement(model, X_baseline=x, X_pending=pending)
    bounds = torch.stack([torch.zeros(x.shape[1]), torch.ones(x.shape[1])]).double()
    candidate, _ = optimize_acqf(acquisition, bounds=bounds, q=1, num_restarts=20, raw_samples=1024)
    return candidate[0]


class CubePeer:
    """What is known, as tensors over the unit cube. Until two trials have finished it draws Sobol points."""

    def __init__(self, space, seed, initial, workers):
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        self.space = space
        self.sobol = SobolEngine(space.dimension, scramble=True, seed=seed)
        self.asked, self.open = 0, {}
        self.x = torch.empty(0, space.dimension, dtype=torch.double)
        self.y = torch.empty(0, 1, dtype=torch.double)
        for values, loss in initial:
            self.add(values, loss)

    def ask(self):
        return self.opened(self.suggest() if len(self.y) > 1 else self.sobol.draw(1)[0])

    def opened(self, x):
        values = self.space.decode(x.tolist())
        self.asked += 1
        self.open[self.asked] = torch.tensor(self.space.encode(values), dtype=torch.double)
        return self.asked, values

    def suggest(self):
        return maximize(fit(self.x, self.y), self.x, torch.stack(list(self.open.values())) if self.open else None)

    def tell(self, handle, values, loss):
        self.withdraw(handle)
        self.add(values, loss)

    def add(self, values, loss):
        if loss is not None:
            self.x = torch.cat([self.x, torch.tensor([self.space.encode(values)], dtype=torch.double)])
            self.y = torch.cat([self.y, torch.tensor([[-loss]], dtype=torch.double)])

    def withdraw(self, handle):
        del self.open[handle]


class BotorchPeer(CubePeer):
    pass
