package proxima.gp;

/// A correlation as a function of the squared scaled distance r2, k(0) = 1 (Rasmussen and Williams 2006, section 4.2).
public enum Kernel {
  /// exp(-r2 / 2).
  RBF {
    @Override
    void evaluate(double[] r2, int from, int to, double[] dk) {
      for (int i = from; i < to; i++) {
        double k = Math.exp(-0.5 * r2[i]);
        r2[i] = k;
        dk[i] = -0.5 * k;
      }
    }
  },

  /// (1 + t + t^2 / 3) exp(-t) with t = sqrt(5 r2); its derivative is -5/6 (1 + t) exp(-t).
  MATERN52 {
    @Override
    void evaluate(double[] r2, int from, int to, double[] dk) {
      for (int i = from; i < to; i++) {
        double t = Math.sqrt(5 * r2[i]);
        double e = Math.exp(-t);
        r2[i] = (1 + t + t * t / 3) * e;
        dk[i] = -5.0 / 6 * (1 + t) * e;
      }
    }
  };

  /// Replaces `r2[from, to)` by k and writes the derivatives to the same places of `dk`.
  abstract void evaluate(double[] r2, int from, int to, double[] dk);
}
