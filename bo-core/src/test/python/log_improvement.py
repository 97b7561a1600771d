"""Golden values of log(phi(u) + u Phi(u)) and its derivative, to 25 digits by mpmath.

usage: python log_improvement.py > ../resources/proxima/acquisition/log-improvement.csv
"""
from mpmath import mp, mpf, log, sqrt, pi, exp, erfc, nstr

mp.dps = 60


def density(u):
    return exp(-u * u / 2) / sqrt(2 * pi)


def cumulative(u):
    return erfc(-u / sqrt(mpf(2))) / 2


print("u,logH,derivative")
for text in ("-1e6 -1e5 -1e4 -1000 -300 -100 -40 -38 -25 -15 -10 -8 -6 -5 -4.5 -4.0000001 -4 -3.9999999 -3.5 -3 -2.5 -2 -1.5 -1.0000001 -1 "
             "-0.9999999 -0.75 -0.5 -0.25 -0.1 -1e-3 -1e-8 0 1e-8 1e-3 0.1 0.25 0.5 1 1.5 2 3 4 6 8 10 38 40 100 1e4 1e6").split():
    u = mpf(text)
    # The tail cancels u^-2 of the leading term, and exp(-u^2/2) needs an exponent range that mpmath has.
    h = density(u) + u * cumulative(u)
    print(f"{text},{nstr(log(h), 25)},{nstr(cumulative(u) / h, 25)}")
