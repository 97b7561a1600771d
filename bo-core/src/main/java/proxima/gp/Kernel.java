package proxima.gp;

/// A correlation as a function of the squared scaled distance r2, k(0) = 1 (Rasmussen and Williams 2006, section 4.2).
public enum Kernel {
  /// exp(-r2 / 2).
  RBF {
    @Override
    void evaluate(double[] r2, int from, int to, double[] dk) {
      for (int i = from; i < to; i++) {
        r2[i] = decay(Math.min(0.5 * r2[i], FARTHEST));
      }
      for (int i = from; i < to; i++) {
        dk[i] = -0.5 * r2[i];
      }
    }
  },

  /// (1 + t + t^2 / 3) exp(-t) with t = sqrt(5 r2); its derivative is -5/6 (1 + t) exp(-t).
  MATERN52 {
    @Override
    void evaluate(double[] r2, int from, int to, double[] dk) {
      // Three loops, each simple enough to be vectorised.
      for (int i = from; i < to; i++) {
        r2[i] = Math.min(Math.sqrt(5 * r2[i]), FARTHEST);
      }
      for (int i = from; i < to; i++) {
        dk[i] = decay(r2[i]);
      }
      for (int i = from; i < to; i++) {
        double t = r2[i];
        double e = dk[i];
        r2[i] = (1 + t + t * t * (1.0 / 3)) * e;
        dk[i] = -5.0 / 6 * (1 + t) * e;
      }
    }
  };

  /// Replaces `r2[from, to)` by k and writes the derivatives to the same places of `dk`.
  abstract void evaluate(double[] r2, int from, int to, double[] dk);

  // Exponents stop here, where correlations are below 1e-16 for both kernels: the same as none.
  private static final double FARTHEST = 44;

  /// exp(-t) for t in [0, 44]; exact at 0, relative error below 5e-14, less than that of factoring K.
  ///
  /// The 64th power, by six squarings, of a Taylor polynomial of exp(-t / 64): without branches or table, a loop of it is vectorised.
  static double decay(double t) {
    double r = -t / 64; // at most 0.69 in size: the first term left out is below 2e-16
    double p = 1.0 / 87178291200L + r * (1.0 / 1307674368000L);
    p = 1.0 / 6227020800L + r * p;
    p = 1.0 / 479001600 + r * p;
    p = 1.0 / 39916800 + r * p;
    p = 1.0 / 3628800 + r * p;
    p = 1.0 / 362880 + r * p;
    p = 1.0 / 40320 + r * p;
    p = 1.0 / 5040 + r * p;
    p = 1.0 / 720 + r * p;
    p = 1.0 / 120 + r * p;
    p = 1.0 / 24 + r * p;
    p = 1.0 / 6 + r * p;
    p = 1.0 / 2 + r * p;
    p = 1 + r * p;
    p = 1 + r * p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    return p;
  }
}
