"""Trains a small character-level transformer with the settings of a file. Copy, and put your own model and data in."""
import argparse
import random
import sys
import unicodedata

import torch
import torch.nn.functional as F
from torch import nn

import proxima_torch

CONTEXT = 64
HEAD = 16  # width of a head; the number of heads grows with the width
# Names of Unicode characters are written with these.
ALPHABET = "\n -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()"


def rotate(x):
    """Rotary positions (Su et al. 2021), half-split form."""
    angles = torch.outer(torch.arange(x.shape[-2]), 10000 ** (-torch.arange(HEAD // 2) / (HEAD // 2)))
    cos, sin, (a, b) = angles.cos(), angles.sin(), x.chunk(2, -1)
    return torch.cat([a * cos + b * sin, b * cos - a * sin], -1)


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.q_norm, self.k_norm = nn.RMSNorm(HEAD, eps=1e-6), nn.RMSNorm(HEAD, eps=1e-6)

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = (layer(x).view(b, t, d // HEAD, HEAD).transpose(1, 2) for layer in (self.q, self.k, self.v))
        y = F.scaled_dot_product_attention(rotate(self.q_norm(q)), rotate(self.k_norm(k)), v, is_causal=True)
        return self.o(y.transpose(1, 2).reshape(b, t, d))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)

    def forward(self, x):
        return self.down(F.gelu(self.up(x)))


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.attn_norm, self.attn = nn.RMSNorm(width, eps=1e-6), Attention(width)
        self.mlp_norm, self.mlp = nn.RMSNorm(width, eps=1e-6), Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.attn_norm(x))
        return x + self.mlp(self.mlp_norm(x))


class Transformer(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.embed = nn.Embedding(len(ALPHABET), width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(depth))
        self.norm = nn.RMSNorm(width, eps=1e-6)
        self.head = nn.Linear(width, len(ALPHABET), bias=False)
        for name, p in self.named_parameters():
            if isinstance(self.get_submodule(name.rpartition(".")[0]), nn.Linear):
                nn.init.normal_(p, std=1 / p.shape[1] if name == "head.weight" else p.shape[1] ** -0.5)

    def forward(self, tokens):
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


def build(width, depth):
    if width % HEAD:
        sys.exit(f"the width must be a multiple of {HEAD}, got {width}")
    return Transformer(width, depth)


def corpus(path):
    """The text as two tensors of tokens, for training and for validation. Without a file: the names of Unicode's characters."""
    if path:
        with open(path, encoding="utf-8") as f:
            text = "".join(c if c in ALPHABET else " " for c in f.read().upper())
    else:
        names = [n for n in (unicodedata.name(chr(c), "") for c in range(0x20000)) if n and "IDEOGRAPH-" not in n and "HANGUL SYLLABLE" not in n]
        random.Random(0).shuffle(names)
        text = "\n".join(names)
    index = {c: i for i, c in enumerate(ALPHABET)}
    tokens = torch.tensor([index[c] for c in text])
    cut = len(tokens) * 19 // 20
    return tokens[:cut], tokens[cut:]


def windows(tokens, starts):
    """Inputs and the tokens that follow them."""
    both = torch.stack([tokens[s : s + CONTEXT + 1] for s in starts])
    return both[:, :-1], both[:, 1:]


def loss_of(model, batch):
    inputs, targets = batch
    return F.cross_entropy(model(inputs).flatten(0, 1), targets.flatten())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--settings", required=True, help="settings JSON, of a tuning run or of `proxima transfer`")
    parser.add_argument("--seed", type=int, help="instead of the settings' seed")
    parser.add_argument("--text", help="a text file; without it, the names of Unicode's characters")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    settings = proxima_torch.load(args.settings)
    if settings.batch % CONTEXT:
        sys.exit(f"the batch must be a multiple of {CONTEXT} tokens, got {settings.batch}")
    torch.set_num_threads(args.threads)
    torch.manual_seed(settings.seed if args.seed is None else args.seed)
    train, held_out = corpus(args.text)

    model = build(settings.width, settings.depth)
    proxima_torch.apply_init(model, settings)
    proxima_torch.apply_multipliers(model, settings)
    optimizer = torch.optim.AdamW(proxima_torch.groups(model, settings))
    # A tenth of the steps up, then down to 0; fractions, so that the schedule follows the number of steps.
    steps, warmup = settings.steps, max(1, settings.steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warmup, (steps - s) / (steps - warmup + 1)))
    for step in range(1, steps + 1):
        starts = torch.randint(len(train) - CONTEXT, (settings.batch // CONTEXT,)).tolist()
        loss = loss_of(model, windows(train, starts))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 10 == 0 and not proxima_torch.report(step, loss.item()):
            return
    with torch.no_grad():  # the same 64 windows for every trial and seed
        proxima_torch.result(loss_of(model, windows(held_out, range(0, len(held_out) - CONTEXT - 1, (len(held_out) - CONTEXT - 1) // 63))))


if __name__ == "__main__":
    main()
