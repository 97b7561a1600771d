class Script(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def adamw(self: __torch__.Script,
    weights: List[List[Tensor]],
    gradients: List[List[Tensor]],
    means: List[List[Tensor]],
    squares: List[List[Tensor]],
    gradient: Tensor,
    count: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    epsilons: List[float],
    factor: float,
    clip: float) -> Tensor:
    norm = torch.norm(gradient)
    scale = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, 9.9999999999999995e-07)), clip), None, 1.)
    _0 = torch.mul_(gradient, scale)
    _1 = torch.add_(count[0], 1)
    empty = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      _2 = torch._fused_adamw_(weights[i], gradients[i], means[i], squares[i], empty, count, lr=torch.mul(rates[i], factor), beta1=beta1s[i], beta2=beta2s[i], weight_decay=decays[i], eps=epsilons[i], amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
    _3 = torch.zero_(gradient)
    return norm
