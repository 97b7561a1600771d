package proxima.space;

import java.util.random.RandomGenerator;

/// A convex part of the unit cube.
public sealed interface Region permits Box, Ellipsoid {

  /// d, of the cube it is a part of.
  int dimension();

  /// @throws IllegalArgumentException if the point has another dimension.
  boolean contains(Point x);

  /// A point drawn uniformly from the region.
  Point sample(RandomGenerator random);

  /// Natural logarithm of the volume; of an ellipsoid's whole volume, inside the cube and outside.
  double logVolume();

  /// `x` where the region contains it, else a point at the region's border.
  /// @throws IllegalArgumentException if the point has another dimension.
  Point clip(Point x);
}
