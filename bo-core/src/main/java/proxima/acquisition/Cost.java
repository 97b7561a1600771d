package proxima.acquisition;

import proxima.space.Point;

/// What a trial costs, where that is known before it runs: the logarithm, up to a constant, of seconds, or of tokens times parameters.
public interface Cost {

  /// Finite; its derivatives by the coordinates are added to `slope`.
  double log(Point x, double[] slope);
}
