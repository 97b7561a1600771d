package proxima.bench.bbob;

/// The random numbers that make an instance, drawn as COCO draws them, so that instances are the same.
final class Draws {

  private static final long MODULUS = 2147483647;
  private static final int SHUFFLED = 32;

  private Draws() {}

  /// n numbers in (0, 1): Park and Miller's minimal standard generator with a shuffle of 32 (Bays and Durham).
  static double[] uniform(int n, long seed) {
    long state = Math.max(1, Math.abs(seed));
    long[] shuffled = new long[SHUFFLED];
    for (int i = 39; i >= 0; i--) {
      state = next(state);
      if (i < SHUFFLED) {
        shuffled[i] = state;
      }
    }
    long drawn = shuffled[0];
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      state = next(state);
      int at = (int) (drawn / 67108865);
      drawn = shuffled[at];
      shuffled[at] = state;
      u[i] = drawn / (double) MODULUS;
    }
    return u;
  }

  private static long next(long state) {
    return 16807 * state % MODULUS;
  }

  /// n standard normal numbers (Box and Muller).
  static double[] normal(int n, long seed) {
    double[] u = uniform(2 * n, seed);
    double[] g = new double[n];
    for (int i = 0; i < n; i++) {
      g[i] = Math.sqrt(-2 * Math.log(u[i])) * Math.cos(2 * Math.PI * u[n + i]);
    }
    return g;
  }

  /// A place for the optimum, in [-4, 4]^d on a grid of 0.0008, nowhere 0.
  static double[] optimum(int d, long seed) {
    double[] x = uniform(d, seed);
    for (int i = 0; i < d; i++) {
      x[i] = 8 * Math.floor(1e4 * x[i]) / 1e4 - 4;
      x[i] = x[i] == 0 ? -1e-5 : x[i];
    }
    return x;
  }

  /// A random orthogonal matrix, d x d, by rows: the columns of a normal one made orthonormal in turn.
  static double[][] rotation(int d, long seed) {
    double[] g = normal(d * d, seed);
    double[][] b = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        b[i][j] = g[j * d + i];
      }
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double along = product(b, i, j);
        for (int k = 0; k < d; k++) {
          b[k][i] -= along * b[k][j];
        }
      }
      double length = Math.sqrt(product(b, i, i));
      for (int k = 0; k < d; k++) {
        b[k][i] /= length;
      }
    }
    return b;
  }

  /// Of two columns.
  private static double product(double[][] b, int i, int j) {
    double sum = 0;
    for (double[] row : b) {
      sum += row[i] * row[j];
    }
    return sum;
  }

  /// The function's lowest value: a ratio of normal numbers, within 1,000 of 0, to two digits.
  static double lowest(long seed) {
    double ratio = normal(1, seed)[0] / normal(1, seed + 1)[0];
    return Math.clamp(Math.floor(100 * 100 * ratio + 0.5) / 100, -1000.0, 1000.0);
  }
}
