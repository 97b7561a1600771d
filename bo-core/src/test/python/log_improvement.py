"""Golden values of log(phi(u) + u Phi(u)) and its derivative, to 25 digits by mpmath.

usage: python log_improvement.py > ../resources/proxima/acquisition/log-improvement.csv
"""
import math

from mpmath import mp, mpf, log, sqrt, pi, exp, erfc, nstr

mp.dps = 60


def density(u):
    return exp(-u * u / 2) / sqrt(2 * pi)


def cumulative(u):
    return erfc(-u / sqrt(mpf(2))) / 2


def grid():
    """Doubles from -1e6 to 1e6: 30 a decade on both sides, the neighbours of where an implementation may change its formula, and more where h is near 1."""
    points = {0.0, 1e6, 1e4, 100.0, 56.6, 40.0, -1e6, -300.0, -100.0, -38.0}
    for i in range(-240, 181):
        size = 10 ** (i / 30)
        points |= {-size} | ({size} if size <= 40 else set())
    for branch in (-1e6, -38.6, -25.0, -10.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0, -0.5, 0.5, 1.0, 5.0, 8.0, 38.6):
        above = below = branch
        for _ in range(3):
            above, below = math.nextafter(above, math.inf), math.nextafter(below, -math.inf)
            points |= {branch, above, below}
        points |= {branch * (1 + 1e-7), branch * (1 - 1e-7), branch + 1e-3, branch - 1e-3}
    points |= {0.8 + 0.01 * i for i in range(21)}
    return sorted(p for p in points if p >= -1e6)


print("u,logH,derivative")
for point in grid():
    u = mpf(point)
    # The tail cancels u^-2 of the leading term, and exp(-u^2/2) needs an exponent range that mpmath has.
    h = density(u) + u * cumulative(u)
    print(f"{point!r},{nstr(log(h), 25)},{nstr(cumulative(u) / h, 25)}")
