package proxima.space.learn;

import proxima.space.SearchSpace;

/// Learns where in a space to search from where the optima of earlier tasks lie.
public interface RegionLearner {

  /// The region; that of a simpler learner, with a note that says so, where there are fewer tasks than `needs`.
  LearnedRegion learn(PriorTasks prior);

  /// How many tasks it takes.
  default int needs(SearchSpace space) {
    return 2;
  }
}
