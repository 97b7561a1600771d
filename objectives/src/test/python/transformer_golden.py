"""Losses of a tiny transformer in 64 bits, written plainly in PyTorch: the golden numbers of TransformerTest.

The i-th of all weights, module after module in the network's order, is sin(0.1 + 1.3 i) / 2. Multipliers are 0.7 on attention, 1.3 on
MLPs, 0.6 on the logits and on what routers and the keys with positions put out. Token i of the one window is (i^2 + i) mod 7 mod 5.
"""
import math

import torch
import torch.nn.functional as F

V, D, L, H, T = 5, 8, 2, 4, 6
torch.set_default_dtype(torch.float64)


def rms(x, gain):
    return x / (x.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt() * gain


def rotate(x, width=H):
    half = width // 2
    y = torch.empty_like(x)
    for t in range(T):
        for i in range(half):
            angle = t * 10000.0 ** (-2 * i / width)
            c, s = math.cos(angle), math.sin(angle)
            a, b = x[:, t, i], x[:, t, half + i]
            y[:, t, i], y[:, t, half + i] = a * c + b * s, b * c - a * s
    return y


def mixture(take, y, swiglu, granularity, shared):
    """Four experts, two of them active; the balance loss and the z-loss beside the output."""
    experts, active = 4, 2
    router = take(experts, D)
    m = (8 * max(1, math.floor(D / 3 + 0.5)) if swiglu else 4 * D) // granularity
    number = experts + shared
    gates = [take(m, D) for _ in range(number)] if swiglu else None
    ups = [take(m, D) for _ in range(number)]
    downs = [take(D, m) for _ in range(number)]
    scores = 0.6 * (y @ router.T)
    p = scores.softmax(-1)
    out = torch.zeros(T, D)
    load = torch.zeros(experts)
    for t in range(T):
        best = sorted(range(experts), key=lambda e: -p[t, e].item())[:active]
        total = sum(p[t, e] for e in best)
        for e in best + list(range(experts, number)):
            inner = F.silu(gates[e] @ y[t]) * (ups[e] @ y[t]) if swiglu else F.gelu(ups[e] @ y[t])
            out[t] += (p[t, e] / total if e < experts else 1) * (downs[e] @ inner)
            if e < experts:
                load[e] += 1 / (active * T)
    balance = experts * (load * p.mean(0)).sum()
    z = torch.logsumexp(scores, -1).pow(2).mean()
    return out, balance, z


def latent(take, y):
    """A latent of half the width, and two coordinates with positions."""
    rank, rotary, n = D // 2, 2, D // H
    q, kva, krope = take(n * (H + rotary), D), take(rank, D), take(rotary, D)
    gain, kb, vb = take(rank), take(D, rank), take(D, rank)
    c = rms(y @ kva.T, gain)
    queries = (y @ q.T).view(T, n, H + rotary)
    key = rotate(0.6 * (y @ krope.T).unsqueeze(0), rotary)[0]
    out = torch.zeros(T, D)
    for i in range(n):
        part = slice(i * H, (i + 1) * H)
        a = torch.cat([queries[:, i, :H], rotate(queries[:, i, H:].unsqueeze(0), rotary)[0]], -1)
        b = torch.cat([c @ kb[part].T, key], -1)
        scores = a @ b.T / math.sqrt(H + rotary)
        scores = scores.masked_fill(torch.ones(T, T).triu(1).bool(), -math.inf)
        out[:, part] = scores.softmax(-1) @ (c @ vb[part].T)
    return out


def heads_of(take, x):
    norm, q, k, qnorm, knorm, v, o = take(D), take(D, D), take(D, D), take(H), take(H), take(D, D), take(D, D)
    y = rms(x, norm)
    heads = lambda w: (y @ w.T).view(T, D // H, H).transpose(0, 1)
    a, b = rotate(rms(heads(q), qnorm)), rotate(rms(heads(k), knorm))
    scores = a @ b.transpose(1, 2) / math.sqrt(H)
    for t in range(T):
        scores[:, t, t + 1:] = -math.inf
    mixed = (scores.softmax(-1) @ heads(v)).transpose(0, 1).reshape(T, D)
    return 0.7 * (mixed @ o.T)


def loss(swiglu, tied, attention="heads", granularity=0, shared=0):
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
    penalty = 0
    for _ in range(L):
        if attention == "latent":
            y = rms(x, take(D))
            mixed = latent(take, y)
            x = x + 0.7 * (mixed @ take(D, D).T)
        else:
            x = x + heads_of(take, x)
        norm = take(D)
        if granularity > 0:
            out, balance, z = mixture(take, rms(x, norm), swiglu, granularity, shared)
            x = x + 1.3 * out
            penalty = penalty + (0.5 * balance + 0.25 * z) / L
            continue
        gate = take(hidden, D) if swiglu else None
        up, down = take(hidden, D), take(D, hidden)
        y = rms(x, norm)
        inner = F.silu(y @ gate.T) * (y @ up.T) if swiglu else F.gelu(y @ up.T)
        x = x + 1.3 * (inner @ down.T)
    final = take(D)
    unembed = embed if tied else take(V, D)
    return F.cross_entropy(0.6 * (rms(x, final) @ unembed.T), tokens[1:]).item() + float(penalty)


for swiglu in (False, True):
    for tied in (False, True):
        print("swiglu" if swiglu else "gelu", "tied" if tied else "untied", repr(loss(swiglu, tied)))
for swiglu in (False, True):
    for tied in (False, True):
        name = ("swiglu" if swiglu else "gelu") + (" tied" if tied else " untied")
        print(name, "latent", repr(loss(swiglu, tied, "latent")))
        print(name, "experts, granularity 2", repr(loss(swiglu, tied, "heads", 2)))
        print(name, "latent, experts, granularity 1, 1 shared", repr(loss(swiglu, tied, "latent", 1, 1)))
