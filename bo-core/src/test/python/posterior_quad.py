"""Posterior means and variances in 50 digits, by mpmath: python3 posterior_quad.py > ../resources/proxima/gp/posterior.json

The formulas are written out with an LU solve of the whole covariance. Coordinates, targets and parameters are read as the doubles that their text
stands for, as Java reads them.
"""
import json
import random

from mpmath import exp, lu_solve, matrix, mp, mpf, nstr, sqrt

mp.dps = 50
rng = random.Random(20260102)


def kernel(name, a, b, l):
    r2 = sum(((mpf(p) - mpf(q)) / mpf(s)) ** 2 for p, q, s in zip(a, b, l))
    if name == "RBF":
        return exp(-r2 / 2)
    t = sqrt(5 * r2)
    return (1 + t + 5 * r2 / 3) * exp(-t)


def case(label, name, n, d, l, scale, noise, pending=0, twins=0, moved=1e-9):
    """`twins` points lie `moved` from an earlier one, in one coordinate; the points asked about are spread, near one told, and one told."""
    x = [[round(rng.random(), 4) for _ in range(d)] for _ in range(n + pending)]
    for i in range(twins):
        x[n - 1 - i] = list(x[i])
        x[n - 1 - i][i % d] = min(1.0, x[i][i % d] + moved)
    y = [round(rng.gauss(0, 1), 4) for _ in range(n)]
    for i in range(twins):
        y[n - 1 - i] = round(y[i] + 0.01, 4)
    at = [[round(rng.random(), 4) for _ in range(d)] for _ in range(4)] + [[min(1.0, v + 1e-6) for v in x[0]], list(x[n // 2])]
    s, u = mpf(scale), mpf(noise)

    def covariance(points):
        m = len(points)
        return matrix([[s * kernel(name, points[i], points[j], l) + (u if i == j else 0) for j in range(m)] for i in range(m)])

    k = covariance(x[:n])
    ones = matrix([1] * n)
    ky, k1 = lu_solve(k, matrix(y)), lu_solve(k, ones)
    c = sum(ky) / sum(k1)
    alpha = ky - c * k1
    everything = covariance(x)
    means, variances = [], []
    for point in at:
        cross = matrix([s * kernel(name, point, p, l) for p in x])
        means.append(c + sum(cross[i] * alpha[i] for i in range(n)))
        solved = lu_solve(everything, cross)
        variances.append(s - sum(cross[i] * solved[i] for i in range(n + pending)))
    return {
        "label": label, "kernel": name, "lengthscales": l, "scale": scale, "noise": noise,
        "x": x[:n], "y": y, "pending": x[n:], "at": at,
        "mean": [nstr(m, 20) for m in means], "variance": [nstr(v, 20) for v in variances],
    }


cases = []
for name in ("RBF", "MATERN52"):
    cases += [
        case("one point", name, 1, 1, [0.3], 1.0, 0.01),
        case("few", name, 7, 2, [0.2, 1.5], 1.7, 0.05),
        case("many", name, 60, 20, [round(0.5 + 0.1 * j, 4) for j in range(20)], 1.0, 0.0067),
        case("long length scales, little noise", name, 60, 20, [4.0] * 20, 1.0, 1e-4),
        case("short length scales", name, 40, 10, [0.05] * 10, 1.0, 1e-4),
        case("twins", name, 30, 4, [0.4, 0.6, 0.8, 1.0], 1.0, 1e-4, twins=10),
        case("twins at the shortest length scales", name, 30, 20, [0.025] * 20, 1.0, 1e-4, twins=10),
        case("duplicates", name, 30, 4, [0.4, 0.6, 0.8, 1.0], 1.0, 1e-4, twins=12, moved=0.0),
        case("pending", name, 25, 3, [0.3, 0.5, 0.9], 1.0, 0.001, pending=6),
    ]
print("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]")
