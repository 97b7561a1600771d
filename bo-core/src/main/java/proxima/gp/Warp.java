package proxima.gp;

import java.util.Arrays;

/// An increasing map from losses to targets, made from the losses told. Immutable.
///
/// Diverged trials, told as NaN or an infinity, get the target of the worst finite loss (`RANK`: of a rank behind all). Targets of
/// all others have mean 0 and variance 1, diverged ones counted.
public final class Warp {

  /// Which map.
  public enum Kind {
    /// Standardised. Bad outliers, beyond Tukey's fence at the upper quartile plus 1.5 interquartile ranges, are bent towards one range
    /// further: a winsorising that keeps their order and has a slope.
    STANDARD,
    /// Box and Cox's (1964) power or, as likelihood prefers and where a loss is not positive, that of Yeo and Johnson (2000); then
    /// standardised.
    POWER,
    /// Phi^-1((rank - 1/2) / n), ties averaged: a Gaussian copula (as in Salinas, Shen and Perrone 2020).
    RANK,
    /// Losses above the median become normal scores of their ranks, of the scale of those below it; then a logarithm stretches what is near the lowest (as in Vizier: Song et al.
    /// 2024); then standardised.
    HALF_RANK
  }

  // In standard deviations of the targets: with so much noise a target tells nothing, and its square is far from overflow.
  private static final double LARGEST_SPREAD = 1e3;

  // Beyond 2^500 squares overflow, below 2^-500 they vanish.
  private static final int LARGEST_EXPONENT = 500;

  private final Kind kind;
  private final int exponent; // losses are divided by 2^exponent: 0 but for extreme ones
  private final Bend bend;
  private final double centre;
  private final double scale;
  private final double[] losses;
  private final double[] targets;

  private Warp(Kind kind, int exponent, Bend bend, double centre, double scale, double[] losses, double[] targets) {
    this.kind = kind;
    this.exponent = exponent;
    this.bend = bend;
    this.centre = centre;
    this.scale = scale;
    this.losses = losses;
    this.targets = targets;
  }

  /// @param losses lower is better; NaN or an infinity where the trial diverged
  public static Warp of(Kind kind, double[] losses) {
    double largest = Arrays.stream(losses).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    int exponent = largest > 0 && Math.abs(Math.getExponent(largest)) > LARGEST_EXPONENT ? Math.getExponent(largest) : 0;
    double[] finite = Arrays.stream(losses).filter(Double::isFinite).map(loss -> scaled(loss, exponent)).sorted().toArray();
    Bend bend =
        switch (kind) {
          case STANDARD -> Bends.tukey(finite);
          case POWER -> Bends.power(finite);
          case RANK -> Bends.rank(finite, losses.length);
          case HALF_RANK -> Bends.halfRank(finite);
        };
    double[] bent = Arrays.stream(losses).map(loss -> Double.isFinite(loss) ? bend.apply(scaled(loss, exponent)) : Double.NaN).toArray();
    double worst = kind == Kind.RANK ? Bends.rankOfDiverged(finite.length, losses.length) : worst(bent);
    double[] imputed = Arrays.stream(bent).map(b -> Double.isNaN(b) ? worst : b).toArray();
    double centre = kind == Kind.RANK ? 0 : mean(imputed);
    double scale = kind == Kind.RANK ? 1 : spread(imputed, centre);
    double[] targets = Arrays.stream(imputed).map(b -> (b - centre) / scale).toArray();
    return new Warp(kind, exponent, bend, centre, scale, losses.clone(), targets);
  }

  /// The loss over 2^exponent; minus zero is zero.
  private static double scaled(double loss, int exponent) {
    return Math.scalb(loss, -exponent) + 0.0;
  }

  /// The largest; where all finite ones are equal, one more, so that diverging is worse.
  private static double worst(double[] bent) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double b : bent) {
      if (!Double.isNaN(b)) {
        low = Math.min(low, b);
        high = Math.max(high, b);
      }
    }
    return low < high ? high : low == high ? high + Math.max(1, Math.abs(high)) : 0;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /// The standard deviation, 1 where values do not differ beyond rounding.
  private static double spread(double[] values, double mean) {
    double sum = 0;
    double largest = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
      largest = Math.max(largest, Math.abs(v));
    }
    double sd = Math.sqrt(sum / Math.max(1, values.length));
    return sd > 1e-14 * largest ? sd : 1;
  }

  public Kind kind() {
    return kind;
  }

  /// One target a loss told, in their order; a copy.
  public double[] targets() {
    return targets.clone();
  }

  /// The target of a loss; between and beyond those told `RANK` is piecewise linear and constant.
  ///
  /// @param loss finite
  public double apply(double loss) {
    return (bend.apply(scaled(loss, exponent)) - centre) / scale;
  }

  /// The variance of the target of each loss told that has a standard error, to first order (the delta method): the square of the standard error times the
  /// map's slope. As all but `POWER` have corners at losses told, theirs is that between one standard error below and one above.
  ///
  /// @param standardErrors one a loss, 0 where it is not known
  /// @return NaN where the standard error is not known, and where the trial diverged
  public double[] variances(double[] standardErrors) {
    if (standardErrors.length != losses.length) {
      throw new IllegalArgumentException("each loss has a standard error, 0 where it is not known, got " + losses.length + " losses and " + standardErrors.length);
    }
    double[] variances = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      double spread = standardErrors[i] > 0 && Double.isFinite(losses[i]) ? spread(scaled(losses[i], exponent), Math.scalb(standardErrors[i], -exponent)) : Double.NaN;
      variances[i] = spread * spread;
    }
    return variances;
  }

  private double spread(double loss, double standardError) {
    double change =
        kind == Kind.POWER ? standardError * Math.exp(bend.logSlope(loss)) : 0.5 * (bend.apply(loss + standardError) - bend.apply(loss - standardError));
    return change / scale < LARGEST_SPREAD ? change / scale : LARGEST_SPREAD;
  }

  /// The loss of a target, within the range that losses told span.
  public double invert(double target) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double loss : losses) {
      if (Double.isFinite(loss)) {
        low = Math.min(low, loss);
        high = Math.max(high, loss);
      }
    }
    if (!(low <= high)) {
      throw new IllegalStateException("a warp made from finite losses can be inverted; all " + losses.length + " told diverged");
    }
    // Bisection: the map increases, and halving a double's range takes some 60 steps.
    for (int i = 0; i < 200 && low < high; i++) {
      double middle = 0.5 * low + 0.5 * high;
      if (middle <= low || middle >= high) {
        break;
      }
      if (apply(middle) < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return apply(high) - target < target - apply(low) ? high : low;
  }

  /// ln of the map's slope at each finite loss told, summed: what turns densities of targets into densities of losses.
  public double logJacobian() {
    double sum = 0;
    for (double loss : losses) {
      if (Double.isFinite(loss)) {
        sum += bend.logSlope(scaled(loss, exponent)) - Math.log(scale) - exponent * Math.log(2);
      }
    }
    return sum;
  }

  /// ln of the density of the finite losses told, each predicted from the others, per loss; `leaveOneOut` predicts the targets. The number
  /// is of the losses themselves, so that it compares warps. Minus infinity where no loss is finite.
  public double logDensity(Posterior posterior) {
    var predicted = posterior.leaveOneOut();
    if (predicted.size() != targets.length) {
      throw new IllegalArgumentException("a posterior of the " + targets.length + " targets is wanted, got one of " + predicted.size());
    }
    double sum = logJacobian();
    int finite = 0;
    for (int i = 0; i < targets.length; i++) {
      if (Double.isFinite(losses[i])) {
        sum += predicted.get(i).logDensity(targets[i]);
        finite++;
      }
    }
    return finite == 0 ? Double.NEGATIVE_INFINITY : sum / finite;
  }
}
