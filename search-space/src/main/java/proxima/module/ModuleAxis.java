package proxima.module;

import java.util.List;

/// How far the per-module space reaches in one hyperparameter.
///
/// @param octaves o: factors lie in [2^-o, 2^o]; 0 for none by type
/// @param scope who shares a factor
/// @param depthOctaves the same for one factor a block, on the modules inside the blocks; 0 for none
/// @param only the types (branches, for the multiplier) that have a factor; all where empty
public record ModuleAxis(Hyperparameter hyperparameter, double octaves, Scope scope, double depthOctaves, List<String> only) {

  /// Who shares a factor.
  public enum Scope {
    /// All modules of a type; all modules of a branch for the multiplier.
    TYPE,
    /// All modules of the network.
    SHARED
  }

  public ModuleAxis {
    only = List.copyOf(only);
    check(hyperparameter, octaves);
    check(hyperparameter, depthOctaves);
    if (octaves + depthOctaves == 0) {
      throw new IllegalArgumentException("the axis of " + hyperparameter.id() + " needs octaves > 0; leave it out where it is not searched");
    }
  }

  private static void check(Hyperparameter h, double octaves) {
    // 2^40: beyond it a factor has no use.
    if (!(octaves >= 0 && octaves <= 40)) {
      throw new IllegalArgumentException("the axis of " + h.id() + " needs octaves in [0, 40], got " + octaves);
    }
  }

  /// One factor a type, in [2^-octaves, 2^octaves].
  public static ModuleAxis of(Hyperparameter hyperparameter, double octaves) {
    return new ModuleAxis(hyperparameter, octaves, Scope.TYPE, 0, List.of());
  }

  /// One factor for all modules, in [2^-octaves, 2^octaves].
  public static ModuleAxis shared(Hyperparameter hyperparameter, double octaves) {
    return new ModuleAxis(hyperparameter, octaves, Scope.SHARED, 0, List.of());
  }

  /// This with one more factor a block, in [2^-depthOctaves, 2^depthOctaves].
  public ModuleAxis withDepth(double depthOctaves) {
    return new ModuleAxis(hyperparameter, octaves, scope, depthOctaves, only);
  }

  /// This for some types (branches, for the multiplier) alone.
  public ModuleAxis withOnly(List<String> types) {
    return new ModuleAxis(hyperparameter, octaves, scope, depthOctaves, types);
  }
}
