"""Golden numbers for proxima.gp, from numpy and scipy: python3 gp_golden.py > ../resources/proxima/gp/golden.json

Formulas are written out term by term, with explicit inverses, so that they share nothing with the code under test.
"""

import json

import numpy as np
from scipy import optimize, special, stats

rng = np.random.default_rng(20260101)


def kernel(name, a, b, l, s):
    r2 = (((a[:, None, :] - b[None, :, :]) / l) ** 2).sum(-1)
    if name == "RBF":
        return s * np.exp(-r2 / 2)
    t = np.sqrt(5 * r2)
    return s * (1 + t + t**2 / 3) * np.exp(-t)


def constant(inverse, y):
    return inverse.sum(0) @ y / inverse.sum()


def log_likelihood(name, x, y, l, s, u):
    k = kernel(name, x, x, l, s) + u * np.eye(len(x))
    c = constant(np.linalg.inv(k), y)
    return stats.multivariate_normal(np.full(len(x), c), k).logpdf(y)


def minus_log_posterior(theta, name, x, y):
    d = x.shape[1]
    l, u = np.exp(theta[:d]), np.exp(theta[d])
    value = log_likelihood(name, x, y, l, 1.0, u)
    mu = np.sqrt(2) + np.log(d) / 2
    value += sum(-0.5 * ((t - mu) / np.sqrt(3)) ** 2 - t for t in theta[:d])
    value += -0.5 * (theta[d] + 4) ** 2 - theta[d]
    return -value


def regression(name, n, d, s):
    """The posterior has the output scale s, the fit 1."""
    x, at = rng.random((n, d)), rng.random((5, d))
    y = np.sin(6 * x[:, 0]) + 3 * (x[:, 1] - 0.3) ** 2 + 0.1 * rng.standard_normal(n)
    y = (y - y.mean()) / y.std()
    l, u = np.linspace(0.4, 1.5, d), 0.03
    k = kernel(name, x, x, l, s) + u * np.eye(n)
    inverse = np.linalg.inv(k)
    c = constant(inverse, y)
    cross = kernel(name, at, x, l, s)
    theta = np.concatenate([np.log(l), [np.log(u)]])
    low = np.log([0.025] * d + [1e-4])
    high = np.log([1e4] * d + [10])
    mode = np.concatenate([np.full(d, np.sqrt(2) + np.log(d) / 2 - 3), [-5]])
    starts = [mode, theta] + [np.clip(mode + rng.standard_normal(len(mode)), low, high) for _ in range(6)]
    fits = [
        optimize.minimize(minus_log_posterior, t, args=(name, x, y), method="L-BFGS-B", bounds=list(zip(low, high)), options={"ftol": 1e-13, "gtol": 1e-7, "maxfun": 100000})
        for t in starts
    ]
    return {
        "kernel": name, "x": x.tolist(), "y": y.tolist(), "at": at.tolist(),
        "lengthscales": l.tolist(), "scale": s, "noise": u,
        "minusLogPosterior": minus_log_posterior(theta, name, x, y),
        "mean": (c + cross @ inverse @ (y - c)).tolist(),
        "sd": np.sqrt(s - np.einsum("ij,jk,ik->i", cross, inverse, cross)).tolist(),
        "leaveOneOutMean": (y - inverse @ (y - c) / np.diag(inverse)).tolist(),
        "leaveOneOutSd": (1 / np.sqrt(np.diag(inverse))).tolist(),
        "fitted": min(f.fun for f in fits),
    }


def classification():
    n, d = 25, 2
    x, at = rng.random((n, d)), rng.random((6, d))
    viable = x[:, 0] + 0.2 * rng.standard_normal(n) < 0.6
    sign = np.where(viable, 1.0, -1.0)
    l, s = np.array([0.5, 0.9]), 4.0
    share = (viable.sum() + 1) / (n + 2)
    c = special.ndtri(share) * np.sqrt(1 + s)
    k = kernel("MATERN52", x, x, l, s)
    inverse = np.linalg.inv(k)
    objective = lambda f: -special.log_ndtr(sign * f).sum() + 0.5 * (f - c) @ inverse @ (f - c)
    ratio = lambda v: np.exp(-0.5 * v**2 - 0.5 * np.log(2 * np.pi) - special.log_ndtr(v))
    slope = lambda f: -sign * ratio(sign * f) + inverse @ (f - c)
    f = np.full(n, c)
    for _ in range(100):  # Newton with the explicit Hessian
        w = ratio(sign * f) * (ratio(sign * f) + sign * f)
        f = f - np.linalg.solve(np.diag(w) + inverse, slope(f))
    assert np.abs(slope(f)).max() < 1e-9
    w = ratio(sign * f) * (ratio(sign * f) + sign * f)
    cross = kernel("MATERN52", at, x, l, s)
    mean = c + cross @ inverse @ (f - c)
    variance = s - np.einsum("ij,jk,ik->i", cross, np.linalg.inv(k + np.diag(1 / w)), cross)
    evidence = -objective(f) - 0.5 * np.linalg.slogdet(np.eye(n) + k @ np.diag(w))[1]
    return {
        "x": x.tolist(), "viable": viable.tolist(), "at": at.tolist(), "lengthscales": l.tolist(), "scale": s,
        "logProbability": special.log_ndtr(mean / np.sqrt(1 + variance)).tolist(), "evidence": evidence,
    }


def rosenbrock(d, high):
    fun = lambda v: optimize.rosen(v)
    fit = optimize.minimize(fun, np.full(d, -1.2), jac=optimize.rosen_der, method="L-BFGS-B", bounds=[(-2, high)] * d, options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5000, "maxfun": 100000})
    return {"d": d, "high": high, "value": float(fit.fun), "evaluations": int(fit.nfev), "x": fit.x.tolist()}


def powers():
    losses = np.sort(np.exp(0.7 * rng.standard_normal(60)) + 0.2)
    centred = losses - 1.0
    median = np.median(centred)
    unit = np.quantile(centred, 0.75) - np.quantile(centred, 0.25)
    positive, power = stats.boxcox(losses / stats.gmean(losses))
    _, power_any = stats.yeojohnson((centred - median) / unit)
    return {
        "positive": losses.tolist(), "boxCox": power, "boxCoxTargets": ((positive - positive.mean()) / positive.std()).tolist(),
        "centred": centred.tolist(), "yeoJohnson": power_any,
        "yeoJohnsonTargets": stats.zscore(stats.yeojohnson((centred - median) / unit, power_any)).tolist(),
    }


u = [-40.0, -20.0, -10.0, -6.0, -5.000001, -4.999999, -3.0, -1.0, 0.0, 1.0, 4.0, 5.5, 9.0]
print(json.dumps({
    "regression": [regression("RBF", 12, 3, 1.0), regression("MATERN52", 20, 4, 1.0), regression("MATERN52", 15, 2, 1.3)],
    "classification": classification(),
    "rosenbrock": [rosenbrock(d, high) for d in (2, 10, 40) for high in (0.8, 3.0)],
    "powers": powers(),
    "logCdf": [[v, float(special.log_ndtr(v))] for v in u],
}, indent=1))
