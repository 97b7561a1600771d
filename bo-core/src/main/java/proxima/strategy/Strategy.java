package proxima.strategy;

import proxima.space.Point;

/// Chooses the next point to try. A function of what is known: the same knowledge gives the same point, bit for bit.
public interface Strategy {

  /// The next point, of the space's dimension.
  Point suggest(Knowledge knowledge);
}
