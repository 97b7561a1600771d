package proxima.scaling;

import proxima.module.ModuleSettings;

/// Settings of a network at one scale, and where they came from: what the exporters write.
///
/// @param table name of the scaling table
/// @param from the scale at which the values were tuned
/// @param to the scale at which they hold
public record ScaledSettings(String table, Scale from, Scale to, ModuleSettings settings) {

  /// Optimizer steps of the whole training at the target.
  public long steps() {
    return to.steps();
  }
}
