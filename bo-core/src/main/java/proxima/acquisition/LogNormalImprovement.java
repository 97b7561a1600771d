package proxima.acquisition;

import proxima.gp.Normal;

/// The logarithm of the expected improvement of a loss whose logarithm is normal, N(mu, sigma^2), on a loss e^f: of e^f Phi(v) - e^(mu + sigma^2 / 2) Phi(v - sigma) with
/// v = (f - mu) / sigma (Hutter, Hoos, Leyton-Brown and Murphy 2009, section 5.2).
///
/// As e^(sigma^2 / 2 - v sigma) phi(v - sigma) = phi(v), that is e^f (Phi(v) - phi(v) M(sigma - v)) with Mills' ratio M, and far below e^f phi(v) (M(-v) - M(sigma - v)).
///
/// @param incumbent f, the logarithm of the loss to improve on
public record LogNormalImprovement(double incumbent) {

  /// -4: below it Phi(v) is taken by its density.
  private static final double TAIL = -4;

  public LogNormalImprovement {
    if (!Double.isFinite(incumbent)) {
      throw new IllegalArgumentException("an incumbent is finite, got " + incumbent);
    }
  }

  /// The value where the logarithm of the loss is distributed as `f`, with sd > 0. To about (1e-16 / sd) (1 + |v|) of the improvement; minus infinity where that is all of it.
  public double at(Normal f) {
    double sd = f.sd();
    double v = (incumbent - f.mean()) / sd;
    return v > TAIL
        ? incumbent + Math.log(Math.max(0, LogImprovement.cumulative(v) - lost(v, sd)))
        : incumbent + LogImprovement.logDensity(v) + Math.log(Math.max(0, LogImprovement.mills(-v) - LogImprovement.mills(sd - v)));
  }

  /// phi(v) M(sd - v); where v is above sd as it was, since the density may vanish.
  private static double lost(double v, double sd) {
    return v > sd ? Math.exp(sd * (0.5 * sd - v)) * LogImprovement.cumulative(v - sd) : LogImprovement.density(v) * LogImprovement.mills(sd - v);
  }
}
