package proxima.scaling;

/// How a beta follows the number of steps.
public enum BetaForm {
  /// 1 - beta' = f (1 - beta). Complete(d)P, arXiv 2512.22382, table 1. Without meaning where f (1 - beta) reaches 1.
  LINEAR {
    @Override
    double scale(double beta, double factor) {
      double scaled = 1 - (1 - beta) * factor;
      // 1 - (1 - beta) is not beta to the last bit below 1/2. 1e-9: what rounding leaves of 1 - 10 (1 - 0.9) is 2e-16.
      return factor == 1 ? beta : Math.abs(scaled) < 1e-9 ? 0 : scaled;
    }
  },
  /// beta' = beta^f: the same half-life in tokens, for every f.
  EXPONENT {
    @Override
    double scale(double beta, double factor) {
      return Math.pow(beta, factor);
    }
  };

  /// The beta at which the factor on 1 - beta is `factor`; not positive where there is none.
  abstract double scale(double beta, double factor);
}
