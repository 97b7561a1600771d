class Script(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def clip(self: __torch__.Script,
    gradient: Tensor,
    clip: float) -> Tensor:
    norm = torch.norm(gradient)
    scale = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, 9.9999999999999995e-07)), clip), None, 1.)
    _0 = torch.mul_(gradient, scale)
    return norm
  def zero(self: __torch__.Script,
    gradient: Tensor) -> Tensor:
    return torch.zero_(gradient)
  def hessian(self: __torch__.Script,
    loss: Tensor,
    weights: Tensor,
    direction: Tensor) -> Tensor:
    gradient = torch.autograd.grad([loss], [weights], None, True, True)
    along = torch.sum(torch.mul(unchecked_cast(Tensor, gradient[0]), direction))
    product = torch.autograd.grad([along], [weights], None, False, False)
    return unchecked_cast(Tensor, product[0])
  def adamw(self: __torch__.Script,
    weights: List[List[Tensor]],
    gradients: List[List[Tensor]],
    means: List[List[Tensor]],
    squares: List[List[Tensor]],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    epsilons: List[float],
    factor: float,
    t: int) -> int:
    empty = annotate(List[Tensor], [])
    count = [torch.new_full(gradients[0][0], annotate(List[int], []), t, dtype=6, layout=None, device=None, pin_memory=None)]
    for i in range(torch.len(weights)):
      _0 = torch._fused_adamw_(weights[i], gradients[i], means[i], squares[i], empty, count, lr=torch.mul(rates[i], factor), beta1=beta1s[i], beta2=beta2s[i], weight_decay=decays[i], eps=epsilons[i], amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
    return t
  def adopt(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    epsilons: List[float],
    factor: float,
    t: int) -> int:
    bound = torch.pow(float(torch.sub(t, 1)), 0.25)
    for i in range(torch.len(weights)):
      w = weights[i]
      g = gradients[i]
      m = means[i]
      v = squares[i]
      if torch.eq(t, 1):
        _0 = torch.addcmul_(v, g, g)
      else:
        rate = torch.mul(rates[i], factor)
        _1 = torch.mul_(w, torch.sub(1., torch.mul(rate, decays[i])))
        n = torch.clamp(torch.div(g, torch.clamp(torch.sqrt(v), epsilons[i], None)), torch.neg(bound), bound)
        _2 = torch.add_(torch.mul_(m, beta1s[i]), n, alpha=torch.sub(1., beta1s[i]))
        _3 = torch.sub_(w, m, alpha=rate)
        _4 = torch.addcmul_(torch.mul_(v, beta2s[i]), g, g, value=torch.sub(1., beta2s[i]))
    return t
  def adam(self: __torch__.Script,
    g: Tensor,
    m: Tensor,
    v: Tensor,
    beta1: float,
    beta2: float,
    epsilon: float,
    t: int) -> Tensor:
    _0 = torch.add_(torch.mul_(m, beta1), g, alpha=torch.sub(1., beta1))
    _1 = torch.addcmul_(torch.mul_(v, beta2), g, g, value=torch.sub(1., beta2))
    deviation = torch.sqrt(torch.div(v, torch.sub(1., torch.pow(beta2, t))))
    return torch.div(torch.div(m, torch.sub(1., torch.pow(beta1, t))), torch.add(deviation, epsilon))
  def lamb(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    epsilons: List[float],
    adapts: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      w = weights[i]
      d = torch.add((self).adam(gradients[i], means[i], squares[i], beta1s[i], beta2s[i], epsilons[i], t, ), w, alpha=decays[i])
      size = torch.norm(w)
      length = torch.norm(d)
      ratio = torch.where(torch.gt(torch.mul(torch.mul(size, length), adapts[i]), 0), torch.div(size, length), torch.ones_like(size))
      _0 = torch.sub_(w, torch.mul(d, ratio), alpha=torch.mul(rates[i], factor))
    return t
  def sgd(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    rates: List[float],
    decays: List[float],
    momentums: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      rate = torch.mul(rates[i], factor)
      _0 = torch.mul_(weights[i], torch.sub(1., torch.mul(rate, decays[i])))
      _1 = torch.add_(torch.mul_(means[i], momentums[i]), gradients[i])
      _2 = torch.sub_(weights[i], means[i], alpha=rate)
    return t
  def orthogonal(self: __torch__.Script,
    g: Tensor) -> Tensor:
    tall = torch.gt(torch.size(g, 0), torch.size(g, 1))
    x = torch.div(g, torch.add(torch.norm(g), 9.9999999999999995e-08))
    if tall:
      x0 = torch.transpose(x, 0, 1)
    else:
      x0 = x
    y = torch.contiguous(x0)
    a = torch.matmul(y, torch.transpose(y, 0, 1))
    if torch.ge(torch.size(y, 1), torch.mul(torch.size(y, 0), 2)):
      one = torch.diag(torch.ones_like(torch.select(a, 0, 0)))
      q = one
      for i in range(5):
        p = torch.add(torch.addmm(a, a, a, beta=-4.7750000000000004, alpha=2.0314999999999999), one, alpha=3.4445000000000001)
        if torch.eq(i, 0):
          q = p
        else:
          q = torch.matmul(p, q)
        if torch.lt(i, 4):
          a = torch.matmul(torch.matmul(p, a), p)
      y = torch.matmul(q, y)
    else:
      for i in range(5):
        y = torch.addmm(y, torch.addmm(a, a, a, beta=-4.7750000000000004, alpha=2.0314999999999999), y, beta=3.4445000000000001)
        if torch.lt(i, 4):
          a = torch.matmul(y, torch.transpose(y, 0, 1))
    if tall:
      z = torch.transpose(y, 0, 1)
    else:
      z = y
    return z
  def direction(self: __torch__.Script,
    u: Tensor,
    norm: float) -> Tensor:
    if torch.eq(norm, 0.):
      d = torch.sign(u)
    else:
      if torch.eq(norm, 1.):
        d0 = (self).orthogonal(u, )
      else:
        if torch.eq(norm, 2.):
          d1 = torch.div(u, torch.add(torch.sqrt(torch.mean(torch.mul(u, u), [0], True)), 1e-08))
        else:
          if torch.eq(norm, 3.):
            d2 = torch.div(u, torch.add(torch.sqrt(torch.mean(torch.mul(u, u))), 1e-08))
          else:
            d2 = torch.div(u, torch.add(torch.norm(u), 1e-08))
          d1 = d2
        d0 = d1
      d = d0
    return d
  def lmo(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    rates: List[float],
    decays: List[float],
    looks: List[float],
    keeps: List[float],
    scales: List[float],
    norms: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      w = weights[i]
      g = gradients[i]
      m = means[i]
      rate = torch.mul(rates[i], factor)
      u = torch.add(torch.mul(m, looks[i]), g, alpha=torch.sub(1., looks[i]))
      _0 = torch.mul_(w, torch.sub(1., torch.mul(rate, decays[i])))
      _1 = torch.sub_(w, (self).direction(u, norms[i], ), alpha=torch.mul(rate, scales[i]))
      _2 = torch.add_(torch.mul_(m, keeps[i]), g, alpha=torch.sub(1., keeps[i]))
    return t
  def sophia(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    curvatures: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    rhos: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      w = weights[i]
      m = means[i]
      rate = torch.mul(rates[i], factor)
      _0 = torch.mul_(w, torch.sub(1., torch.mul(rate, decays[i])))
      _1 = torch.add_(torch.mul_(m, beta1s[i]), gradients[i], alpha=torch.sub(1., beta1s[i]))
      bound = torch.add(torch.mul(torch.clamp(curvatures[i], 0, None), rhos[i]), 1.0000000000000001e-15)
      _2 = torch.sub_(w, torch.clamp(torch.div(m, bound), -1, 1), alpha=rate)
    return t
  def curvature(self: __torch__.Script,
    weights: List[Tensor],
    estimates: List[Tensor],
    means: List[Tensor],
    curvatures: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    rhos: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      _0 = torch.add_(torch.mul_(curvatures[i], beta2s[i]), estimates[i], alpha=torch.mul(torch.sub(1., beta2s[i]), factor))
    return t
  def root(self: __torch__.Script,
    a: Tensor,
    scale: float,
    epsilon: float) -> Tensor:
    values, vectors = torch.linalg_eigh(torch.nan_to_num(torch.div(torch.to(a, 7), scale), 0., 0., 0.))
    powers = torch.pow(torch.add(torch.clamp(values, 0, None), epsilon), -0.25)
    return torch.to(torch.matmul(torch.mul(vectors, powers), torch.transpose(vectors, 0, 1)), a)
  def shampoo(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor],
    rows: List[Tensor],
    columns: List[Tensor],
    lefts: List[Tensor],
    rights: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    epsilons: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      w = weights[i]
      g = gradients[i]
      beta2 = beta2s[i]
      rate = torch.mul(rates[i], factor)
      _0 = torch.add_(torch.mul_(rows[i], beta2), torch.matmul(g, torch.transpose(g, 0, 1)), alpha=torch.sub(1., beta2))
      _1 = torch.add_(torch.mul_(columns[i], beta2), torch.matmul(torch.transpose(g, 0, 1), g), alpha=torch.sub(1., beta2))
      if torch.eq(torch.remainder(t, 10), 1):
        correction = torch.sub(1., torch.pow(beta2, t))
        _2 = torch.copy_(lefts[i], (self).root(rows[i], correction, epsilons[i], ))
        _3 = torch.copy_(rights[i], (self).root(columns[i], correction, epsilons[i], ))
      graft = (self).adam(g, means[i], squares[i], beta1s[i], beta2, 1e-08, t, )
      d = torch.matmul(torch.matmul(lefts[i], means[i]), rights[i])
      scale = torch.div(torch.norm(graft), torch.add(torch.norm(d), 9.9999999999999998e-17))
      _4 = torch.mul_(w, torch.sub(1., torch.mul(rate, decays[i])))
      _5 = torch.sub_(w, torch.mul(d, scale), alpha=rate)
    return t
  def soap(self: __torch__.Script,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor],
    rows: List[Tensor],
    columns: List[Tensor],
    lefts: List[Tensor],
    rights: List[Tensor],
    rates: List[float],
    decays: List[float],
    beta1s: List[float],
    beta2s: List[float],
    epsilons: List[float],
    factor: float,
    t: int) -> int:
    for i in range(torch.len(weights)):
      w = weights[i]
      g = gradients[i]
      m = means[i]
      left = lefts[i]
      right = rights[i]
      beta2 = beta2s[i]
      if torch.gt(t, 1):
        s = torch.sub(t, 1)
        rate = torch.mul(rates[i], factor)
        turned = torch.matmul(torch.matmul(torch.transpose(left, 0, 1), g), right)
        _0 = torch.add_(torch.mul_(m, beta1s[i]), turned, alpha=torch.sub(1., beta1s[i]))
        _1 = torch.addcmul_(torch.mul_(squares[i], beta2), turned, turned, value=torch.sub(1., beta2))
        correction = torch.div(torch.pow(torch.sub(1., torch.pow(beta2, s)), 0.5), torch.sub(1., torch.pow(beta1s[i], s)))
        d = torch.matmul(torch.matmul(left, torch.div(m, torch.add(torch.sqrt(squares[i]), epsilons[i]))), torch.transpose(right, 0, 1))
        _2 = torch.sub_(w, d, alpha=torch.mul(rate, correction))
        _3 = torch.mul_(w, torch.sub(1., torch.mul(rate, decays[i])))
      _4 = torch.add_(torch.mul_(rows[i], beta2), torch.matmul(g, torch.transpose(g, 0, 1)), alpha=torch.sub(1., beta2))
      _5 = torch.add_(torch.mul_(columns[i], beta2), torch.matmul(torch.transpose(g, 0, 1), g), alpha=torch.sub(1., beta2))
      if torch.eq(t, 1):
        _6 = torch.copy_(left, (self).eigenvectors(rows[i], ))
        _7 = torch.copy_(right, (self).eigenvectors(columns[i], ))
      else:
        if torch.eq(torch.remainder(t, 10), 1):
          mean = torch.matmul(torch.matmul(left, m), torch.transpose(right, 0, 1))
          order0 = (self).order(rows[i], left, )
          order1 = (self).order(columns[i], right, )
          _8 = torch.copy_(squares[i], torch.index_select(torch.index_select(squares[i], 0, order0), 1, order1))
          _9 = torch.copy_(left, (self).power(rows[i], torch.index_select(left, 1, order0), ))
          _10 = torch.copy_(right, (self).power(columns[i], torch.index_select(right, 1, order1), ))
          _11 = torch.copy_(m, torch.matmul(torch.matmul(torch.transpose(left, 0, 1), mean), right))
    return t
  def eigenvectors(self: __torch__.Script,
    a: Tensor) -> Tensor:
    values, vectors = torch.linalg_eigh(torch.nan_to_num(torch.to(a, 7), 0., 0., 0.))
    return torch.to(torch.flip(vectors, [1]), a)
  def order(self: __torch__.Script,
    a: Tensor,
    q: Tensor) -> Tensor:
    return torch.argsort(torch.sum(torch.mul(q, torch.matmul(a, q)), [0]), -1, True)
  def power(self: __torch__.Script,
    a: Tensor,
    q: Tensor) -> Tensor:
    q0, _0 = torch.linalg_qr(torch.matmul(a, q))
    return q0
