package proxima.history;

import java.util.List;
import java.util.Optional;
import proxima.space.SearchSpace;

/// What a user says of a source that it does not say itself.
///
/// @param loss the column or metric that is the loss; empty for the layout's own
/// @param maximizes whether higher values of it are better
/// @param ignored columns that are no parameters
/// @param space of the parameters; empty to take it from the source
/// @param failedDiverged whether a trial that failed counts as one that diverged
public record ImportOptions(Optional<String> loss, boolean maximizes, List<String> ignored, Optional<SearchSpace> space, boolean failedDiverged) {

  public static final ImportOptions NONE = new ImportOptions(Optional.empty(), false, List.of(), Optional.empty(), false);

  public ImportOptions {
    ignored = List.copyOf(ignored);
  }

  /// A value of the metric as a loss.
  double asLoss(double value) {
    return maximizes ? -value : value;
  }
}
