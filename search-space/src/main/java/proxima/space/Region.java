package proxima.space;

import java.util.random.RandomGenerator;

/// A part of the unit cube.
public sealed interface Region permits Box, Ellipsoid, LevelSet, Product {

  /// d, of the cube it is a part of.
  int dimension();

  /// @throws IllegalArgumentException if the point has another dimension.
  boolean contains(Point x);

  /// A point drawn uniformly from the region.
  Point sample(RandomGenerator random);

  /// Natural logarithm of the volume; of an ellipsoid's whole volume, inside its box and outside.
  double logVolume();

  /// `x` where the region contains it, else a point at the region's border that each region chooses: the box's nearest one, or one on the way to the centre.
  /// @throws IllegalArgumentException if the point has another dimension.
  Point clip(Point x);

  /// Turns the derivatives at `clip(x)` of a function into those of the function of `clip(x)` by x, in place: none in directions in which the clipped point does not move.
  void pull(Point x, double[] slope);

  /// A box around it, as small as is known.
  Box bounds();

  /// Whether it is the whole cube.
  default boolean isCube() {
    return equals(Box.cube(dimension()));
  }
}
