package proxima.space;

import java.util.random.RandomGenerator;

/// Spaces and points for tests.
final class Spaces {

  /// One of every kind, with conditions two deep.
  static final SearchSpace MIXED =
      SearchSpace.of(
          Parameter.log("learningRate", 1e-4, 1e-1),
          Parameter.real("dropout", -0.5, 0.5),
          Parameter.integer("layers", -1, 4),
          Parameter.logInteger("width", 1, 1000),
          Parameter.categorical("activation", "gelu", "relu", "swiglu"),
          Parameter.real("ratio", 2, 4).when("activation", "swiglu"),
          Parameter.categorical("norm", "none", "rms").when("activation", "gelu", "swiglu"),
          Parameter.logInteger("groups", 2, 3).when("norm", "rms"));

  private Spaces() {}

  static Point point(SearchSpace space, RandomGenerator random) {
    return Point.of(random.doubles(space.dimension()).toArray());
  }
}
