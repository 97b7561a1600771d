package proxima.space.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import proxima.space.Box;
import proxima.space.Region;
import proxima.space.SearchSpace;

/// A space within a region, and where the region comes from.
///
/// @param space that was to be searched, within the region
/// @param method of the learner that it comes from in the end
/// @param tasks how many it is learned from
/// @param fallbacks one line for each learner, or part of one, that had too few tasks, and on numbers that have one value alone in the region
public record LearnedRegion(SearchSpace space, String method, int tasks, List<String> fallbacks) {

  public LearnedRegion {
    fallbacks = List.copyOf(fallbacks);
  }

  /// What a learner makes of prior tasks; the whole space, where there are fewer than it needs.
  static LearnedRegion of(PriorTasks prior, String method, int needs, Supplier<SearchSpace> learned) {
    int tasks = prior.tasks().size();
    if (tasks < needs) {
      Box whole = Box.cube(prior.space().dimension());
      return new LearnedRegion(prior.space().within(whole), "whole space", tasks, List.of()).insteadOf(method, needs);
    }
    return new LearnedRegion(learned.get(), method, tasks, List.of());
  }

  /// A share, as methods tell it.
  static String percent(double share) {
    return Math.round(1000 * share) / 10.0 + " %";
  }

  /// The same, with a line that says what it stands for.
  LearnedRegion insteadOf(String other, int needs) {
    List<String> all = new ArrayList<>(List.of(other + " needs " + needs + " tasks, got " + tasks + ": " + method + " instead"));
    all.addAll(fallbacks);
    return new LearnedRegion(space, method, tasks, all);
  }

  /// The same, with more lines behind the others.
  LearnedRegion noting(List<String> lines) {
    List<String> all = new ArrayList<>(fallbacks);
    all.addAll(lines);
    return new LearnedRegion(space, method, tasks, all);
  }

  /// The region on its way to the whole space, so that what it leaves out is searched in the end.
  /// @param t in [0, 1]: at 0 the region itself, at 1 the whole space; each contains those of smaller t
  public Region grown(double t) {
    return new Growth(space).grown(space.region(), t);
  }

  /// The share of the space that is kept, as a natural logarithm: in many dimensions shares are small.
  public double logShare() {
    return Volume.logShare(space);
  }
}
