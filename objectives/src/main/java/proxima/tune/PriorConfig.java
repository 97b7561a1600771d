package proxima.tune;

import java.nio.file.Path;
import java.util.List;

/// The earlier runs that a run is told to learn from.
///
/// @param from run folders, files that `learn-space` wrote, task histories
/// @param shared whether runs over other parameters are used for those that both have
record PriorConfig(List<Path> from, boolean shared) {

  PriorConfig {
    from = List.copyOf(from);
  }
}
