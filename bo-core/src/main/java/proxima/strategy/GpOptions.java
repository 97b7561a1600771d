package proxima.strategy;

import java.util.List;
import java.util.stream.Stream;
import proxima.gp.Kernel;
import proxima.gp.Prior;
import proxima.gp.Warp;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;

/// How `GpStrategy` models and searches. `of` is the one place of default values.
///
/// @param lengthscales what is believed of them
/// @param warps warpings of the losses to choose from by leave-one-out density, with the first kernel
/// @param kernels kernels to choose from likewise, with the warping chosen
/// @param inputWarping whether warped coordinates (`InputWarp`) are to choose from likewise, beside plain ones, with the warping and the kernel chosen
/// @param chooseFrom finished trials before that choice; until then the first warp and kernel, and plain coordinates
/// @param chooseEvery observations between two choices of these
/// @param refitAlways up to so many observations the covariance is fitted anew for every suggestion
/// @param refitEvery observations between two fits beyond that
/// @param viability whether the acquisition includes the log probability that a trial does not diverge
/// @param margin improvement that every second suggestion looks for while at most one trial is pending, in standard deviations of the losses' noise: trials apart from the best ones
///     tell more of a noisy loss, and of other basins
/// @param patience trials without improvement before every second suggestion stays near the best point
/// @param spread candidates spread over the whole cube
/// @param near candidates near the points of best posterior mean
/// @param nearSd standard deviation of their distance in each coordinate, in units of the cube
/// @param restarts how many candidates are refined by following the gradient
/// @param iterations of each refinement
public record GpOptions(
    Lengthscales lengthscales,
    List<Warp.Kind> warps,
    List<Kernel> kernels,
    boolean inputWarping,
    int chooseFrom,
    int chooseEvery,
    int refitAlways,
    int refitEvery,
    boolean viability,
    double margin,
    int patience,
    int spread,
    int near,
    double nearSd,
    int restarts,
    int iterations) {

  private static final int MANY = 10;

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
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a margin is 0 or more and finite, got " + margin);
    }
    if (!(patience >= 1)) {
      throw new IllegalArgumentException("a patience is 1 or more trials, got " + patience);
    }
    if (!(spread >= 1 && near >= 0 && nearSd > 0 && nearSd < Double.POSITIVE_INFINITY && restarts >= 1 && iterations >= 0)) {
      throw new IllegalArgumentException(
          "a search needs candidates and a restart, got " + spread + " + " + near + " at " + nearSd + " and " + restarts + " of " + iterations);
    }
  }

  /// What is believed of length scales.
  public enum Lengthscales {
    /// Little: `Prior.of`.
    VAGUE,
    /// That no parameter is without effect: `Prior.narrow`.
    NARROW;

    public Prior prior(Kernel kernel, int dimension) {
      return switch (this) {
        case VAGUE -> Prior.of(kernel, dimension);
        case NARROW -> Prior.narrow(kernel, dimension);
      };
    }
  }

  /// Those that do best on a kind of space: `smooth` where there are 10 parameters or more and all are real, else `general`.
  public static GpOptions of(SearchSpace space) {
    boolean real = space.parameters().stream().allMatch(p -> p instanceof RealParameter r && r.condition().isEmpty());
    return real && space.dimension() >= MANY ? smooth() : general();
  }

  /// For any space: few assumptions.
  public static GpOptions general() {
    return with(Lengthscales.VAGUE, List.of(Warp.Kind.POWER, Warp.Kind.STANDARD, Warp.Kind.RANK), List.of(Kernel.MATERN52), 0, 30);
  }

  /// For many real parameters, such as factors of modules, in which the loss is smooth (`benchmarks/suites/synthetic.yaml` compares).
  public static GpOptions smooth() {
    return with(Lengthscales.NARROW, List.of(Warp.Kind.STANDARD, Warp.Kind.POWER, Warp.Kind.RANK), List.of(Kernel.RBF, Kernel.MATERN52), 1, 10);
  }

  /// With warped coordinates to choose from: for ranges that may be on the wrong scale (see the README's decisions).
  public GpOptions withInputWarping() {
    return new GpOptions(
        lengthscales, warps, kernels, true, chooseFrom, chooseEvery, refitAlways, refitEvery, viability, margin, patience, spread, near, nearSd, restarts, iterations);
  }

  /// With one more warping of the losses to choose from, such as `HALF_RANK`, which neither `general` nor `smooth` has (see the README's decisions).
  public GpOptions withWarp(Warp.Kind more) {
    List<Warp.Kind> longer = Stream.concat(warps.stream(), Stream.of(more)).distinct().toList();
    return new GpOptions(
        lengthscales, longer, kernels, inputWarping, chooseFrom, chooseEvery, refitAlways, refitEvery, viability, margin, patience, spread, near, nearSd, restarts, iterations);
  }

  /// What both have in common.
  private static GpOptions with(Lengthscales lengthscales, List<Warp.Kind> warps, List<Kernel> kernels, double margin, int patience) {
    return new GpOptions(lengthscales, warps, kernels, false, 30, 10, 50, 3, true, margin, patience, 64, 1024, 0.1, 5, 60);
  }
}
