package proxima.gp;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Gamma;

/// The maps behind [Warp]. All take the finite losses in ascending order.
final class Bends {

  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);
  private static final Bend IDENTITY = new Identity();
  // Wide enough for the powers that losses ask for (-1 .. 1), narrow enough not to overflow with them.
  private static final double LARGEST_POWER = 4;

  private Bends() {}

  static Bend tukey(double[] sorted) {
    if (sorted.length == 0) {
      return IDENTITY;
    }
    double upper = quantile(sorted, 0.75);
    double range = upper - quantile(sorted, 0.25);
    return range > 0 ? new Tukey(upper + 1.5 * range, range) : IDENTITY;
  }

  /// The power of greatest profile likelihood of a normal distribution.
  static Bend power(double[] sorted) {
    int n = sorted.length;
    if (n < 3 || !(sorted[n - 1] > sorted[0])) {
      return IDENTITY;
    }
    Bend any = yeoJohnson(sorted);
    if (!(sorted[0] > 0)) {
      return any;
    }
    Bend positive = boxCox(sorted);
    return logLikelihood(positive, sorted) > logLikelihood(any, sorted) ? positive : any;
  }

  static Bend boxCox(double[] sorted) {
    double geometricMean = Math.exp(Arrays.stream(sorted).map(Math::log).average().orElse(0));
    return likeliest(sorted, lambda -> new BoxCox(lambda, geometricMean));
  }

  static Bend yeoJohnson(double[] sorted) {
    double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    double unit = range > 0 ? range : Math.sqrt(variance(sorted));
    return likeliest(sorted, lambda -> new YeoJohnson(lambda, quantile(sorted, 0.5), unit));
  }

  static Bend rank(double[] sorted, int n) {
    return new Rank(sorted, n);
  }

  /// What is worse than the median tells by its rank alone; where half or more of the losses are the lowest one, as `tukey`.
  static Bend halfRank(double[] sorted) {
    if (sorted.length == 0) {
      return IDENTITY;
    }
    double median = quantile(sorted, 0.5);
    double spread = Math.sqrt(Arrays.stream(sorted).filter(l -> l < median).map(l -> (l - median) * (l - median)).average().orElse(0));
    return spread > 0 ? new HalfRank(new Rank(sorted, sorted.length), sorted[0], median, spread, sorted[sorted.length - 1]) : tukey(sorted);
  }

  /// The target shared by the diverged, who take the last ranks.
  static double rankOfDiverged(int finite, int n) {
    return finite == n ? 0 : STANDARD_NORMAL.inverseCumulativeProbability(((finite + n) / 2.0) / n);
  }

  /// Golden-section search between the neighbours of the best of a coarse grid; the identity where every map overflows.
  private static Bend likeliest(double[] sorted, DoubleFunction<Bend> family) {
    double step = 0.5;
    double centre = 1;
    double best = Double.NEGATIVE_INFINITY;
    for (double lambda = -LARGEST_POWER; lambda <= LARGEST_POWER; lambda += step) {
      double likelihood = logLikelihood(family.apply(lambda), sorted);
      if (likelihood > best) {
        best = likelihood;
        centre = lambda;
      }
    }
    if (best == Double.NEGATIVE_INFINITY) {
      return IDENTITY;
    }
    double low = Math.max(-LARGEST_POWER, centre - step);
    double high = Math.min(LARGEST_POWER, centre + step);
    double golden = (Math.sqrt(5) - 1) / 2;
    while (high - low > 1e-6) {
      double left = high - golden * (high - low);
      double right = low + golden * (high - low);
      if (logLikelihood(family.apply(left), sorted) > logLikelihood(family.apply(right), sorted)) {
        high = right;
      } else {
        low = left;
      }
    }
    return family.apply(0.5 * (low + high));
  }

  /// -n / 2 ln of the variance, plus the logarithm of the slopes; minus infinity where the map is flat or overflows.
  private static double logLikelihood(Bend bend, double[] sorted) {
    double[] bent = Arrays.stream(sorted).map(bend::apply).toArray();
    double variance = variance(bent);
    double slopes = Arrays.stream(sorted).map(bend::logSlope).sum();
    double likelihood = -0.5 * sorted.length * Math.log(variance) + slopes;
    return variance > 0 && Double.isFinite(likelihood) ? likelihood : Double.NEGATIVE_INFINITY;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /// loss up to the fence, then fence + range t / (1 + t) with t = (loss - fence) / range.
  private record Tukey(double fence, double range) implements Bend {
    @Override
    public double apply(double loss) {
      double t = (loss - fence) / range;
      return t <= 0 ? loss : fence + range * (t < Double.POSITIVE_INFINITY ? t / (1 + t) : 1);
    }

    @Override
    public double logSlope(double loss) {
      double t = (loss - fence) / range;
      return t <= 0 ? 0 : -2 * Math.log1p(t);
    }
  }

  private record Identity() implements Bend {
    @Override
    public double apply(double loss) {
      return loss;
    }

    @Override
    public double logSlope(double loss) {
      return 0;
    }
  }

  /// (v^lambda - 1) / lambda, ln v at lambda = 0, with v = loss / unit.
  private record BoxCox(double lambda, double unit) implements Bend {
    @Override
    public double apply(double loss) {
      return power(Math.log(loss / unit), lambda);
    }

    @Override
    public double logSlope(double loss) {
      return (lambda - 1) * Math.log(loss / unit) - Math.log(unit);
    }
  }

  /// ((v + 1)^lambda - 1) / lambda where v = (loss - centre) / unit is 0 or more, else -((1 - v)^(2 - lambda) - 1) / (2 - lambda).
  private record YeoJohnson(double lambda, double centre, double unit) implements Bend {
    @Override
    public double apply(double loss) {
      double v = (loss - centre) / unit;
      return v >= 0 ? power(Math.log1p(v), lambda) : -power(Math.log1p(-v), 2 - lambda);
    }

    @Override
    public double logSlope(double loss) {
      double v = (loss - centre) / unit;
      return (v >= 0 ? lambda - 1 : 1 - lambda) * Math.log1p(Math.abs(v)) - Math.log(unit);
    }
  }

  /// (e^(lambda t) - 1) / lambda, t at lambda = 0.
  private static double power(double t, double lambda) {
    return Math.abs(lambda * t) < 1e-12 ? t : Math.expm1(lambda * t) / lambda;
  }

  /// Phi^-1 of the averaged rank; linear between neighbours.
  ///
  /// The slope is f / phi(target), where f is the density of the losses. Slopes of the steps themselves would reward the map for each loss
  /// it was made from; f is estimated for each loss from the others, by the distance to the k-th nearest one that differs, k = sqrt n, with
  /// the bias of its logarithm removed (Kozachenko and Leonenko 1987).
  private static final class Rank implements Bend {
    private final double[] losses; // distinct, ascending
    private final double[] targets;
    private final int finite;
    private final int n;

    Rank(double[] sorted, int n) {
      this.losses = Arrays.stream(sorted).distinct().toArray();
      this.targets = new double[losses.length];
      this.finite = sorted.length;
      this.n = n;
      int first = 0;
      for (int i = 0; i < losses.length; i++) {
        int last = first;
        while (last + 1 < sorted.length && sorted[last + 1] == losses[i]) {
          last++;
        }
        targets[i] = STANDARD_NORMAL.inverseCumulativeProbability(((first + last) / 2.0 + 0.5) / n);
        first = last + 1;
      }
    }

    @Override
    public double apply(double loss) {
      int at = Arrays.binarySearch(losses, loss);
      if (at >= 0) {
        return targets[at];
      }
      int above = -at - 1;
      if (losses.length == 0) {
        return 0;
      } else if (above == 0) {
        return targets[0];
      } else if (above == losses.length) {
        return targets[above - 1];
      }
      double share = (loss - losses[above - 1]) / (losses[above] - losses[above - 1]);
      return targets[above - 1] + share * (targets[above] - targets[above - 1]);
    }

    @Override
    public double logSlope(double loss) {
      double target = apply(loss);
      if (losses.length < 2) {
        return 0;
      }
      int k = Math.min(losses.length - 1, Math.max(3, (int) Math.round(Math.sqrt(losses.length))));
      double[] distances = Arrays.stream(losses).map(other -> Math.abs(other - loss)).sorted().toArray();
      double logDensity = Gamma.digamma(k) - Gamma.digamma(finite) - Math.log(2 * distances[k]);
      return logDensity + Math.log((double) finite / n) - new Normal(0, 1).logDensity(target);
    }
  }

  /// ln(1 + t / 2), t the share of the way from the lowest to the highest v, with v = loss up to the median m, and m + s Phi^-1 of the averaged rank above it, s the root
  /// mean square of m - loss over the losses below it (Song et al. 2024, Vizier's half-rank and log warping).
  private static final class HalfRank implements Bend {
    private final Rank rank;
    private final double lowest;
    private final double median;
    private final double spread;
    private final double range; // of v

    HalfRank(Rank rank, double lowest, double median, double spread, double highest) {
      this.rank = rank;
      this.lowest = lowest;
      this.median = median;
      this.spread = spread;
      this.range = halved(highest) - lowest;
    }

    private double halved(double loss) {
      return loss <= median ? loss : median + spread * Math.max(0, rank.apply(loss));
    }

    /// Of v; flat one range below the lowest.
    private double share(double loss) {
      return Math.max(-1, (halved(loss) - lowest) / range);
    }

    @Override
    public double apply(double loss) {
      return Math.log1p(0.5 * share(loss));
    }

    @Override
    public double logSlope(double loss) {
      double slope = loss <= median ? 0 : Math.log(spread) + rank.logSlope(loss);
      return slope - Math.log(2 * range) - Math.log1p(0.5 * share(loss));
    }
  }
}
