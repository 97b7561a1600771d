package proxima.strategy;

import java.util.List;
import proxima.gp.Kernel;
import proxima.gp.Warp;

/// How `GpStrategy` models and searches. `defaults()` is the one place of default values.
///
/// @param warps warpings of the losses to choose from by leave-one-out density
/// @param kernels kernels to choose from likewise
/// @param chooseFrom finished trials before that choice; until then the first warp and kernel
/// @param chooseEvery observations between two choices of warp and kernel
/// @param refitAlways up to so many observations the covariance is fitted anew for every suggestion
/// @param refitEvery observations between two fits beyond that
/// @param viability whether the acquisition includes the log probability that a trial does not diverge
/// @param spread candidates spread over the whole cube
/// @param near candidates near the points of best posterior mean
/// @param nearSd standard deviation of their distance in each coordinate, in units of the cube
/// @param restarts how many candidates are refined by following the gradient
/// @param iterations of each refinement
public record GpOptions(
    List<Warp.Kind> warps,
    List<Kernel> kernels,
    int chooseFrom,
    int chooseEvery,
    int refitAlways,
    int refitEvery,
    boolean viability,
    int spread,
    int near,
    double nearSd,
    int restarts,
    int iterations) {

  public GpOptions {
    warps = List.copyOf(warps);
    kernels = List.copyOf(kernels);
    if (warps.isEmpty() || kernels.isEmpty()) {
      throw new IllegalArgumentException("at least one warp and one kernel, got " + warps + " and " + kernels);
    }
    if (!(chooseEvery >= 1 && refitEvery >= 1 && refitAlways >= 0)) {
      throw new IllegalArgumentException(
          "choices and fits are 1 or more observations apart, got " + chooseEvery + " and " + refitEvery + " after " + refitAlways);
    }
    if (!(spread >= 1 && near >= 0 && nearSd > 0 && restarts >= 1 && iterations >= 0)) {
      throw new IllegalArgumentException(
          "a search needs candidates and a restart, got " + spread + " + " + near + " at " + nearSd + " and " + restarts + " of " + iterations);
    }
  }

  /// Chosen on the functions of the benchmarks (`StrategyTable`).
  public static GpOptions defaults() {
    return new GpOptions(
        List.of(Warp.Kind.POWER, Warp.Kind.STANDARD, Warp.Kind.RANK), List.of(Kernel.MATERN52), 30, 10, 50, 3, true, 64, 1024, 0.1, 5, 60);
  }
}
