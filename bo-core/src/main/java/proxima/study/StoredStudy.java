package proxima.study;

import java.util.List;
import proxima.space.SearchSpace;
import proxima.strategy.Knowledge;

/// A study as its journal has it, to look at.
///
/// @param strategy the label of the strategy that asked its points
public record StoredStudy(String name, SearchSpace space, long seed, String strategy, List<TrialResult> trials) {

  public StoredStudy {
    trials = List.copyOf(trials);
  }

  /// What its strategy would be given now.
  public Knowledge knowledge() {
    return new Knowledge(space, seed, Evaluations.of(trials));
  }
}
