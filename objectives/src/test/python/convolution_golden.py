"""Losses of a tiny residual convolutional network in 64 bits, written plainly in PyTorch: the golden number of ConvolutionTest.

The i-th of all weights, module after module in the network's order, is sin(0.1 + 1.3 i) / 2; pixel i of the two images is sin(0.7 i), their
classes are 3 and 8. Multipliers are 1.3 on the branches and 0.6 on the logits.
"""
import math

import torch
import torch.nn.functional as F

D, L, SIDE, CLASSES = 8, 2, 16, 10
torch.set_default_dtype(torch.float64)
count = 0


def take(*shape):
    global count
    n = math.prod(shape)
    w = torch.tensor([math.sin(0.1 + 1.3 * i) / 2 for i in range(count, count + n)]).view(shape)
    count += n
    return w


def norm(x, gain):
    return x / (x.pow(2).mean(1, keepdim=True) + 1e-6).sqrt() * gain.view(1, -1, 1, 1)


x = torch.tensor([math.sin(0.7 * i) for i in range(2 * SIDE * SIDE)]).view(2, 1, SIDE, SIDE)
x = F.conv2d(x, take(D, 1, 3, 3), stride=2, padding=1)
for _ in range(L):
    gain, first, second = take(D), take(D, D, 3, 3), take(D, D, 3, 3)
    x = x + 1.3 * F.conv2d(F.gelu(F.conv2d(norm(x, gain), first, padding=1)), second, padding=1)
pooled = norm(x, take(D)).mean((2, 3))
print(repr(F.cross_entropy(0.6 * (pooled @ take(CLASSES, D).T), torch.tensor([3, 8])).item()))
