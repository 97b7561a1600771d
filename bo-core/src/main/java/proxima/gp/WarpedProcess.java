package proxima.gp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proxima.space.Point;

/// A warp of the losses told and the posterior of the targets it gives.
public record WarpedProcess(Warp warp, Posterior posterior) {

  // Below this many finite losses the comparison of warps is mostly noise.
  private static final int ENOUGH = 30;

  /// The warp under which the losses, each predicted from the others, are likeliest; with few losses `POWER`.
  ///
  /// @param losses lower is better; NaN or an infinity where the trial diverged
  /// @param standardErrors one a loss, 0 where it is not known
  public static WarpedProcess choose(Prior prior, List<Point> x, double[] losses, double[] standardErrors, Optional<Covariance> warmStart, long seed) {
    WarpedProcess best = fit(Warp.Kind.POWER, prior, x, losses, standardErrors, warmStart, seed);
    long finite = Arrays.stream(losses).filter(Double::isFinite).count();
    if (finite < ENOUGH) {
      return best;
    }
    for (Warp.Kind kind : List.of(Warp.Kind.STANDARD, Warp.Kind.RANK)) {
      WarpedProcess other = fit(kind, prior, x, losses, standardErrors, Optional.of(best.posterior.covariance()), seed);
      if (other.logDensity() > best.logDensity()) {
        best = other;
      }
    }
    return best;
  }

  private static WarpedProcess fit(
      Warp.Kind kind, Prior prior, List<Point> x, double[] losses, double[] standardErrors, Optional<Covariance> warmStart, long seed) {
    Warp warp = Warp.of(kind, losses);
    Targets targets = Targets.of(warp.targets(), warp.variances(standardErrors));
    return new WarpedProcess(warp, GaussianProcess.fit(prior, x, targets, warmStart, seed, Threads.ONE));
  }

  /// ln of the density of the losses, each predicted from the others, per finite loss.
  public double logDensity() {
    return warp.logDensity(posterior);
  }
}
