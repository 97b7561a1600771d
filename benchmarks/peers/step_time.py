"""The step of a small transformer in eager PyTorch, on one thread: the peer of proxima.bench.StepTime.

Reads a number of steps from each line of standard input, does them, and answers with one line: wall and CPU milliseconds of each step.

The model is the one of proxima.proxy.Transformer: pre-norm, RMSNorm, rotary positions in the half-split form, norms of queries and keys,
GELU, no biases, untied. The optimizer is torch.optim.AdamW as it comes (its foreach path), gradients clipped to norm 1.
"""
import argparse
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.h = h
        self.attn_norm = nn.Parameter(torch.ones(d))
        self.q, self.k, self.v, self.o = (nn.Linear(d, d, bias=False) for _ in range(4))
        self.qnorm, self.knorm = nn.Parameter(torch.ones(h)), nn.Parameter(torch.ones(h))
        self.mlp_norm = nn.Parameter(torch.ones(d))
        self.up, self.down = nn.Linear(d, 4 * d, bias=False), nn.Linear(4 * d, d, bias=False)

    def forward(self, x, cos, sin):
        b, t, d = x.shape
        y = F.rms_norm(x, (d,), self.attn_norm, 1e-6)
        q, k, v = (f(y).view(b, t, d // self.h, self.h).transpose(1, 2) for f in (self.q, self.k, self.v))
        q = rotate(F.rms_norm(q, (self.h,), self.qnorm, 1e-6), cos, sin)
        k = rotate(F.rms_norm(k, (self.h,), self.knorm, 1e-6), cos, sin)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.o(y.transpose(1, 2).reshape(b, t, d))
        return x + self.down(F.gelu(self.up(F.rms_norm(x, (d,), self.mlp_norm, 1e-6))))


class Transformer(nn.Module):
    def __init__(self, vocabulary, d, depth, heads, sequence):
        super().__init__()
        h = d // heads
        self.embed = nn.Embedding(vocabulary, d)
        self.blocks = nn.ModuleList(Block(d, h) for _ in range(depth))
        self.final = nn.Parameter(torch.ones(d))
        self.unembed = nn.Linear(d, vocabulary, bias=False)
        angles = torch.outer(torch.arange(sequence), 10000.0 ** (-torch.arange(0, h, 2) / h))
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())
        for name, p in self.named_parameters():
            if p.dim() == 2 and name != "embed.weight":
                nn.init.normal_(p, std=p.shape[1] ** -0.5)

    def forward(self, tokens):
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x, self.cos, self.sin)
        return self.unembed(F.rms_norm(x, (x.shape[-1],), self.final, 1e-6))


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos + b * sin, b * cos - a * sin), -1)


def main():
    args = argparse.ArgumentParser()
    for name, value in dict(vocabulary=96, width=128, depth=4, heads=4, sequence=64, sequences=16).items():
        args.add_argument("--" + name, type=int, default=value)
    args.add_argument("--device", default="cpu")
    a = args.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.manual_seed(0)
    model = Transformer(a.vocabulary, a.width, a.depth, a.heads, a.sequence).to(a.device)
    groups = [[p for p in model.parameters() if p.dim() == 2], [p for p in model.parameters() if p.dim() == 1]]
    optimizer = torch.optim.AdamW(
        [dict(params=groups[0], weight_decay=0.1), dict(params=groups[1], weight_decay=0.0)], lr=1e-3, betas=(0.9, 0.98), eps=1e-8)

    def step():
        tokens = torch.randint(a.vocabulary, (a.sequences, a.sequence + 1)).to(a.device)
        loss = F.cross_entropy(model(tokens[:, :-1]).flatten(0, 1), tokens[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        return loss.item()

    print("torch", torch.__version__, "parameters", sum(p.numel() for p in model.parameters()), flush=True)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            wall, cpu = time.perf_counter(), time.thread_time()
            step()
            times.append(f"{1e3 * (time.perf_counter() - wall):.3f}/{1e3 * (time.thread_time() - cpu):.3f}")
        print(" ".join(times), flush=True)


main()
