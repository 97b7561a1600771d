"""Reference trajectories of the update rules, in 64 bits with numpy alone, each from its published definition.

    python3 optimizers_golden.py > ../resources/proxima/train/optimizers.json

Three tensors of unequal shape follow the same random gradients for 25 steps under a schedule, with a clip of the whole gradient's norm. Every tensor has values of its own.
SOAP's are square: the first gradient of others has no component along some axes of the basis, which are then any tool's own choice.
Written number by number from the papers and not from the library: vectors as lists, powers and roots by eigenvalues, Newton-Schulz as a polynomial of the singular values.
"""
import json
import math

import numpy as np

STEPS = 25
KEPT = (1, 2, 3, 10, 11, 12, 20, 21, 25)
CLIP = 8.0
TOKENS = 64
SHAPES = ((6, 3), (3, 5), (4,))
SQUARE = ((4, 4), (3, 3))
RANDOM = np.random.default_rng(20261129)
START = [RANDOM.normal(0, 0.5, s) for s in SHAPES]
# Two scales of columns, so that preconditioners have something to do.
GRADIENTS = [[RANDOM.normal(0, 1, s) * np.linspace(0.2, 2, s[-1]) for s in SHAPES] for _ in range(STEPS)]
PROBES = {t: [RANDOM.normal(0, 0.3, s) for s in SHAPES] for t in (10, 20)}


def factor(t):
    return 1 - (t - 1) / 30


def clipped(gs):
    norm = math.sqrt(sum(float(np.sum(g * g)) for g in gs))
    return [g * min(1, CLIP / (norm + 1e-6)) for g in gs]


def polar(g):
    """Five steps of x <- a x + b x^3 + c x^5 on the singular values of g / |g|."""
    u, s, v = np.linalg.svd(g / (np.linalg.norm(g) + 1e-7), full_matrices=False)
    for _ in range(5):
        s = 3.4445 * s - 4.7750 * s**3 + 2.0315 * s**5
    return (u * s) @ v


def rms(x):
    return math.sqrt(float(np.mean(x * x)))


class Rule:
    """State and values of one tensor."""

    def __init__(self, w, values):
        self.w, self.t, self.values = w.copy(), 0, values
        for name, value in values.items():
            setattr(self, name, value)
        self.m, self.v = np.zeros_like(w), np.zeros_like(w)
        self.start()

    def start(self):
        pass

    def step(self, g, f):
        self.t += 1
        self.move(g, self.learningRate * f)

    def decay(self, rate):
        self.w -= rate * self.weightDecay * self.w

    def adam(self, g, beta2=None):
        b1, b2 = self.beta1, self.beta2
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g * g
        return self.m / (1 - b1**self.t), np.sqrt(self.v / (1 - b2**self.t))


class AdamW(Rule):
    def move(self, g, rate):
        self.decay(rate)
        m, s = self.adam(g)
        self.w -= rate * m / (s + self.epsilon)


class Lion(Rule):
    def move(self, g, rate):
        self.decay(rate)
        self.w -= rate * np.sign(self.beta1 * self.m + (1 - self.beta1) * g)
        self.m = self.beta2 * self.m + (1 - self.beta2) * g


class Sophia(Rule):
    def start(self):
        self.h = np.zeros_like(self.w)

    def move(self, g, rate):
        self.decay(rate)
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        size = np.abs(self.m) / (self.rho * np.maximum(self.h, 0) + 1e-15)
        self.w -= rate * np.sign(self.m) * np.minimum(1, size)


class SophiaG(Sophia):
    def curvature(self, g):
        self.h = self.beta2 * self.h + (1 - self.beta2) * TOKENS * g * g


class SophiaH(Sophia):
    def curvature(self, u_times_hu):
        self.h = self.beta2 * self.h + (1 - self.beta2) * u_times_hu


class Adopt(Rule):
    def move(self, g, rate):
        if self.t == 1:
            self.v = g * g
            return
        self.decay(rate)
        bound = (self.t - 1) ** 0.25
        n = np.clip(g / np.maximum(np.sqrt(self.v), self.epsilon), -bound, bound)
        self.m = self.beta1 * self.m + (1 - self.beta1) * n
        self.w -= rate * self.m
        self.v = self.beta2 * self.v + (1 - self.beta2) * g * g


class Lamb(Rule):
    def move(self, g, rate):
        m, s = self.adam(g)
        r = m / (s + self.epsilon) + self.weightDecay * self.w
        adapts = self.w.ndim > 1 and np.linalg.norm(self.w) > 0 and np.linalg.norm(r) > 0
        self.w -= rate * (np.linalg.norm(self.w) / np.linalg.norm(r) if adapts else 1) * r


class Sgd(Rule):
    def move(self, g, rate):
        self.decay(rate)
        self.m = self.momentum * self.m + g
        self.w -= rate * self.m


class NormalizedSgd(Rule):
    def move(self, g, rate):
        self.decay(rate)
        self.m = self.momentum * self.m + (1 - self.momentum) * g
        self.w -= rate * self.m / (np.linalg.norm(self.m) + 1e-8)


class Muon(Rule):
    def scale(self):
        return math.sqrt(max(1, self.w.shape[0] / self.w.shape[1]))

    def move(self, g, rate):
        self.m = self.m + (1 - self.momentum) * (g - self.m)
        ahead = g + self.momentum * (self.m - g)
        self.decay(rate)
        self.w -= rate * self.scale() * polar(ahead)


class MuonSpectral(Muon):
    def scale(self):
        return math.sqrt(self.w.shape[0] / self.w.shape[1])


class MuonRms(Muon):
    def scale(self):
        return 0.2 * math.sqrt(max(self.w.shape))


class Scion(Rule):
    """x <- (1 - gamma decay) x - gamma radius lmo(d), d the gradient's average."""

    def move(self, g, rate):
        alpha = 1 - self.momentum
        self.m = (1 - alpha) * self.m + alpha * g
        self.decay(rate)
        self.w -= rate * self.radius * self.lmo(self.m)


class ScionColumn(Scion):
    def lmo(self, d):
        return np.stack([c / (rms(c) + 1e-8) for c in d.T], axis=1)


class ScionSpectral(Scion):
    def lmo(self, d):
        return polar(d) * math.sqrt(d.shape[0] / d.shape[1])


class ScionSign(Scion):
    def lmo(self, d):
        return np.sign(d) / d.shape[1]


class ScionVector(Scion):
    def lmo(self, d):
        return d / (rms(d) + 1e-8)


def inverse_fourth_root(a, epsilon):
    s, u = np.linalg.eigh(a)
    return (u * (np.maximum(s, 0) + epsilon) ** -0.25) @ u.T


class Shampoo(Rule):
    def start(self):
        self.left, self.right = (np.zeros((n, n)) for n in self.w.shape)

    def move(self, g, rate):
        b2 = self.beta2
        self.left = b2 * self.left + (1 - b2) * g @ g.T
        self.right = b2 * self.right + (1 - b2) * g.T @ g
        if self.t % 10 == 1:
            correction = 1 - b2**self.t
            self.pl = inverse_fourth_root(self.left / correction, self.epsilon)
            self.pr = inverse_fourth_root(self.right / correction, self.epsilon)
        m, s = self.adam(g)
        d = self.pl @ m @ self.pr
        graft = m / (s + 1e-8)
        self.decay(rate)
        self.w -= rate * d * np.linalg.norm(graft) / np.linalg.norm(d)


class Soap(Rule):
    def start(self):
        self.left, self.right = (np.zeros((n, n)) for n in self.w.shape)

    def move(self, g, rate):
        b1, b2 = self.beta1, self.beta2
        if self.t > 1:
            s = self.t - 1
            turned = self.ql.T @ g @ self.qr
            # Here the mean is kept unturned, and turned at each use.
            self.m = b1 * self.m + (1 - b1) * g
            self.v = b2 * self.v + (1 - b2) * turned * turned
            d = (self.ql.T @ self.m @ self.qr) / (1 - b1**s) / (np.sqrt(self.v) + self.epsilon) * math.sqrt(1 - b2**s)
            self.w -= rate * self.ql @ d @ self.qr.T
            self.decay(rate)
        self.left = b2 * self.left + (1 - b2) * g @ g.T
        self.right = b2 * self.right + (1 - b2) * g.T @ g
        if self.t == 1:
            self.ql, self.qr = (np.linalg.eigh(a)[1][:, ::-1] for a in (self.left, self.right))
        elif self.t % 10 == 1:
            rows, columns = (np.argsort(-np.diag(q.T @ a @ q)) for a, q in ((self.left, self.ql), (self.right, self.qr)))
            self.v = self.v[rows][:, columns]
            self.ql, self.qr = np.linalg.qr(self.left @ self.ql[:, rows])[0], np.linalg.qr(self.right @ self.qr[:, columns])[0]


TWO = dict(beta1=(0.9, 0.8, 0.5), beta2=(0.98, 0.95, 0.9), epsilon=(1e-2, 1e-8, 0.1))
ONE = dict(momentum=(0.9, 0.95, 0.5))
RULES = {
    "adamw": (AdamW, TWO),
    "lion": (Lion, dict(beta1=(0.9, 0.8, 0.5), beta2=(0.98, 0.95, 0.9))),
    "sophia-g": (SophiaG, dict(beta1=(0.9, 0.8, 0.5), beta2=(0.8, 0.5, 0.9), rho=(0.05, 0.5, 0.1))),
    "sophia-h": (SophiaH, dict(beta1=(0.9, 0.8, 0.5), beta2=(0.8, 0.5, 0.9), rho=(2.0, 4.0, 10.0))),
    "adopt": (Adopt, TWO),
    "lamb": (Lamb, TWO),
    "sgd": (Sgd, ONE),
    "normalized-sgd": (NormalizedSgd, ONE),
    "muon": (Muon, ONE),
    "muon-spectral": (MuonSpectral, ONE),
    "muon-rms": (MuonRms, ONE),
    "scion-column": (ScionColumn, dict(ONE, radius=(2.0, 0.5, 1.0))),
    "scion-spectral": (ScionSpectral, dict(ONE, radius=(2.0, 0.5, 1.0))),
    "scion-sign": (ScionSign, dict(ONE, radius=(2.0, 0.5, 1.0))),
    "scion-vector": (ScionVector, dict(ONE, radius=(2.0, 0.5, 1.0))),
    "shampoo": (Shampoo, dict(TWO, epsilon=(1e-6, 1e-3, 0.1))),
    "soap": (Soap, dict(TWO, epsilon=(1e-8, 1e-3, 0.1))),
}
MATRICES = {"muon", "muon-spectral", "muon-rms", "scion-column", "scion-spectral", "scion-sign", "shampoo"}


def flat(arrays):
    return [float(x) for a in arrays for x in np.ravel(a)]


def shaped(arrays, shapes):
    numbers, parts = np.array(flat(arrays)), []
    for shape in shapes:
        parts.append(numbers[: math.prod(shape)].reshape(shape))
        numbers = numbers[math.prod(shape) :]
    return parts


def trajectory(name):
    kind, values = RULES[name]
    values = dict(values, learningRate=(0.05, 0.1, 0.02), weightDecay=(0.1, 0.02, 0.0))
    shapes = SQUARE if name == "soap" else SHAPES[:2] if name in MATRICES else SHAPES
    count = len(shapes)
    rules = [kind(w, {h: v[i] for h, v in values.items()}) for i, w in enumerate(shaped(START, shapes))]
    kept = {}
    for t in range(1, STEPS + 1):
        for rule, g in zip(rules, clipped(shaped(GRADIENTS[t - 1], shapes))):
            rule.step(g, factor(t))
        if t in PROBES and isinstance(rules[0], Sophia):
            probes = shaped(PROBES[t], shapes)
            for rule, p in zip(rules, clipped(probes) if isinstance(rules[0], SophiaG) else probes):
                rule.curvature(p)
        if t in KEPT:
            kept[t] = flat(r.w for r in rules)
    return {"shapes": shapes, "values": {h: list(v[:count]) for h, v in values.items()}, "weights": kept}


print(
    json.dumps(
        {
            "clip": CLIP,
            "tokens": TOKENS,
            "start": flat(START),
            "factors": [factor(t) for t in range(1, STEPS + 1)],
            "gradients": [flat(g) for g in GRADIENTS],
            "probes": {t: flat(p) for t, p in PROBES.items()},
            "rules": {name: trajectory(name) for name in RULES},
        }
    )
)
