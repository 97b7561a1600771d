package proxima.bench;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import proxima.space.Point;
import proxima.strategy.Seeds;

/// Test functions; those with a seed differ by it.
public final class SyntheticFunctions {

  /// 5 / (4 pi), up to rounding: at (pi, 2.275) and two more.
  private static final double BRANIN_MINIMUM = 0.3978873577297384;

  private SyntheticFunctions() {}

  /// A picture of per-module tuning: 22 factors within 4 octaves of 1, a quadratic bowl in their logarithms whose optimum lies off the
  /// centre, with weights over two orders of magnitude and three coupled directions, and an edge half an octave beyond the optimum
  /// where trials diverge. Noise 0.01.
  public static SyntheticFunction cliff(long seed) {
    var cliff = new Cliff(22, seed);
    return new SyntheticFunction("cliff-22", 22, 0.01, cliff::regret);
  }

  /// The same in any dimension, with noise that grows with the loss and towards the edge, as between seeds of trainings: 0.02 at the optimum, more than 0.1 at the edge.
  public static SyntheticFunction noisyCliff(int d, long seed) {
    var cliff = new Cliff(d, seed);
    // Of the repeated rows of this repository's tables the better two thirds have 0.01 to 0.02, the others 0.02 to 0.10, in nats.
    return new SyntheticFunction("noisy-cliff-" + d, d, x -> 0.01 + 0.05 * cliff.regret(x) + 0.1 * Math.exp(-4 * cliff.octavesInside(x)), cliff::regret);
  }

  private static final class Cliff {

    /// Octaves from the optimum to the edge.
    private static final double MARGIN = 0.5;

    private final double[] weight;
    private final double[] edge;
    private final double[] optimum;
    private final double[][] coupled;

    Cliff(int d, long seed) {
      RandomGenerator random = Seeds.random(seed, 1);
      weight = random.doubles(d).map(u -> Math.pow(10, -2 * u)).toArray();
      edge = unit(random.doubles(d).map(u -> 0.3 + u).toArray());
      // 4.2 octaves along the edge's normal: 1 point in 50 of the cube lies beyond 4.7.
      double[] offset = gaussian(d, random);
      double along = dot(edge, offset);
      optimum = new double[d];
      for (int i = 0; i < d; i++) {
        optimum[i] = Math.clamp(1.2 * (offset[i] - along * edge[i]) + 4.2 * edge[i], -3.8, 3.8);
      }
      coupled = new double[][] {unit(gaussian(d, random)), unit(gaussian(d, random)), unit(gaussian(d, random))};
    }

    double octavesInside(Point x) {
      return MARGIN - dot(edge, octaves(x, optimum));
    }

    double regret(Point x) {
      double[] z = octaves(x, optimum);
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += weight[i] * z[i] * z[i];
      }
      for (double[] direction : coupled) {
        double t = dot(direction, z);
        sum += t * t;
      }
      // 0.03: uniform random search reaches 0.5 in 50 trials, about what the span of a proxy's losses is in nats.
      return dot(edge, z) > MARGIN ? Double.POSITIVE_INFINITY : 0.03 * sum;
    }
  }

  /// A bowl with weights falling as k^(-3/2) over the coordinates in random order, its optimum anywhere in the middle of the cube. Noise 0.02.
  public static SyntheticFunction quadratic(int d, long seed) {
    RandomGenerator random = Seeds.random(seed, 2);
    double[] optimum = random.doubles(d).map(u -> 0.2 + 0.6 * u).toArray();
    double[] weight = new double[d];
    for (int i = 0; i < d; i++) {
      weight[i] = Math.pow(1 + i, -1.5);
    }
    for (int i = d - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double w = weight[i];
      weight[i] = weight[j];
      weight[j] = w;
    }
    return new SyntheticFunction("quadratic-" + d, d, 0.02, x -> {
      double sum = 0;
      for (int i = 0; i < d; i++) {
        sum += weight[i] * Math.pow(x.get(i) - optimum[i], 2);
      }
      return 7 * sum;
    });
  }

  /// Branin's function on [-5, 10] x [0, 15] (Dixon and Szego 1978): three minima.
  public static SyntheticFunction branin() {
    return new SyntheticFunction("branin", 2, 0, x -> {
      double a = 15 * x.get(0) - 5;
      double b = 15 * x.get(1);
      double bend = b - 5.1 / (4 * Math.PI * Math.PI) * a * a + 5 / Math.PI * a - 6;
      return square(bend) + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 - BRANIN_MINIMUM;
    });
  }

  /// Hartmann's three-dimensional function (Dixon and Szego 1978).
  public static SyntheticFunction hartmann3() {
    return new SyntheticFunction("hartmann3", 3, 0, x -> {
      double value = Hartmann.MINIMUM_3;
      for (int k = 0; k < 4; k++) {
        double exponent = 0;
        for (int i = 0; i < 3; i++) {
          exponent += Hartmann.A_3[k][i] * square(x.get(i) - 1e-4 * Hartmann.P_3[k][i]);
        }
        value -= Hartmann.ALPHA[k] * Math.exp(-exponent);
      }
      return value;
    });
  }

  /// Rosenbrock's valley on [-5, 10]^d, its minimum at 1.
  public static SyntheticFunction rosenbrock(int d) {
    return new SyntheticFunction("rosenbrock-" + d, d, 0, x -> {
      double sum = 0;
      for (int i = 0; i + 1 < d; i++) {
        double a = 15 * x.get(i) - 5;
        double b = 15 * x.get(i + 1) - 5;
        sum += 100 * square(b - a * a) + square(a - 1);
      }
      return sum;
    });
  }

  /// Levy's function on [-10, 10]^d (Laguna and Marti 2005): rugged, its minimum at 1.
  public static SyntheticFunction levy(int d) {
    return new SyntheticFunction("levy-" + d, d, 0, x -> {
      double[] w = new double[d];
      for (int i = 0; i < d; i++) {
        w[i] = 1 + (20 * x.get(i) - 11) / 4;
      }
      double last = w[d - 1];
      double sum = square(Math.sin(Math.PI * w[0])) + square(last - 1) * (1 + square(Math.sin(2 * Math.PI * last)));
      for (int i = 0; i < d - 1; i++) {
        sum += square(w[i] - 1) * (1 + 10 * square(Math.sin(Math.PI * w[i] + 1)));
      }
      return sum;
    });
  }

  /// Ackley's function on [-32.768, 32.768]^d, its minimum moved to 0.4 of the cube's side so that the centre is no answer.
  public static SyntheticFunction ackley(int d) {
    return new SyntheticFunction("ackley-" + d, d, 0, x -> {
      double squares = 0;
      double cosines = 0;
      for (int i = 0; i < d; i++) {
        double v = 65.536 * (x.get(i) - 0.4);
        squares += v * v / d;
        cosines += Math.cos(2 * Math.PI * v) / d;
      }
      return 20 + Math.E - 20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(cosines);
    });
  }

  /// Hartmann's six-dimensional function (Dixon and Szego 1978) in six coordinates of a d-dimensional cube: the others do nothing.
  public static SyntheticFunction hartmann(int d, long seed) {
    int[] used = Seeds.random(seed, 3).ints(0, d).distinct().limit(6).toArray();
    return new SyntheticFunction("hartmann6-in-" + d, d, 0, x -> {
      double value = Hartmann.MINIMUM;
      for (int k = 0; k < 4; k++) {
        double exponent = 0;
        for (int i = 0; i < 6; i++) {
          exponent += Hartmann.A[k][i] * square(x.get(used[i]) - 1e-4 * Hartmann.P[k][i]);
        }
        value -= Hartmann.ALPHA[k] * Math.exp(-exponent);
      }
      return value;
    });
  }

  private static final class Hartmann {
    static final double MINIMUM = 3.322368011415515;
    static final double MINIMUM_3 = 3.862779787332663;
    static final double[][] A_3 = {{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}};
    static final int[][] P_3 = {{3689, 1170, 2673}, {4699, 4387, 7470}, {1091, 8732, 5547}, {381, 5743, 8828}};
    static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};
    static final double[][] A = {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}};
    static final int[][] P = {
      {1312, 1696, 5569, 124, 8283, 5886}, {2329, 4135, 8307, 3736, 1004, 9991}, {2348, 1451, 3522, 2883, 3047, 6650}, {4047, 8828, 8732, 5743, 1091, 381}
    };
  }

  private static double[] octaves(Point x, double[] optimum) {
    double[] z = new double[optimum.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = 8 * x.get(i) - 4 - optimum[i];
    }
    return z;
  }

  private static double[] gaussian(int d, RandomGenerator random) {
    double[] v = new double[d];
    Arrays.setAll(v, _ -> random.nextGaussian());
    return v;
  }

  private static double[] unit(double[] v) {
    double norm = Math.sqrt(dot(v, v));
    return Arrays.stream(v).map(a -> a / norm).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double square(double v) {
    return v * v;
  }
}
