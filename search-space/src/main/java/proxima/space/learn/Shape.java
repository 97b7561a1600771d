package proxima.space.learn;

/// Which correlations an ellipsoid has.
public enum Shape {
  /// All.
  FULL,
  /// The strongest few, and a variance of its own for each coordinate.
  LOW_RANK,
  /// Those between parameters of one module, alike in all modules with the same hyperparameters; one ellipsoid for each module.
  MODULES
}
