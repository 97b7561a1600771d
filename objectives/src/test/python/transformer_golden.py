"""Losses of a tiny transformer in 64 bits, written plainly in PyTorch: the golden numbers of TransformerTest.

The i-th of all weights, module after module in the network's order, is sin(0.1 + 1.3 i) / 2. Multipliers are 0.7 on attention, 1.3 on
MLPs, 0.6 on the logits. Token i of the one window is (i^2 + i) mod 7 mod 5.
"""
import math

import torch
import torch.nn.functional as F

V, D, L, H, T = 5, 8, 2, 4, 6
torch.set_default_dtype(torch.float64)


def rms(x, gain):
    return x / (x.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt() * gain


def rotate(x):
    half = H // 2
    y = torch.empty_like(x)
    for t in range(T):
        for i in range(half):
            angle = t * 10000.0 ** (-2 * i / H)
            c, s = math.cos(angle), math.sin(angle)
            a, b = x[:, t, i], x[:, t, half + i]
            y[:, t, i], y[:, t, half + i] = a * c + b * s, b * c - a * s
    return y


def loss(swiglu, tied):
    count = 0

    def take(*shape):
        nonlocal count
        n = math.prod(shape)
        w = torch.tensor([math.sin(0.1 + 1.3 * i) / 2 for i in range(count, count + n)]).view(shape)
        count += n
        return w

    hidden = 8 * max(1, math.floor(D / 3 + 0.5)) if swiglu else 4 * D
    tokens = torch.tensor([(i * i + i) % 7 % 5 for i in range(T + 1)])
    embed = take(V, D)
    x = embed[tokens[:-1]]
    for _ in range(L):
        norm, q, k, qnorm, knorm, v, o = take(D), take(D, D), take(D, D), take(H), take(H), take(D, D), take(D, D)
        y = rms(x, norm)
        heads = lambda w: (y @ w.T).view(T, D // H, H).transpose(0, 1)
        a, b = rotate(rms(heads(q), qnorm)), rotate(rms(heads(k), knorm))
        scores = a @ b.transpose(1, 2) / math.sqrt(H)
        for t in range(T):
            scores[:, t, t + 1:] = -math.inf
        mixed = (scores.softmax(-1) @ heads(v)).transpose(0, 1).reshape(T, D)
        x = x + 0.7 * (mixed @ o.T)
        norm = take(D)
        gate = take(hidden, D) if swiglu else None
        up, down = take(hidden, D), take(D, hidden)
        y = rms(x, norm)
        inner = F.silu(y @ gate.T) * (y @ up.T) if swiglu else F.gelu(y @ up.T)
        x = x + 1.3 * (inner @ down.T)
    final = take(D)
    unembed = embed if tied else take(V, D)
    return F.cross_entropy(0.6 * (rms(x, final) @ unembed.T), tokens[1:]).item()


for swiglu in (False, True):
    for tied in (False, True):
        print("swiglu" if swiglu else "gelu", "tied" if tied else "untied", repr(loss(swiglu, tied)))
