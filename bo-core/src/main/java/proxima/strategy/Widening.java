package proxima.strategy;

import java.util.List;
import java.util.function.DoubleFunction;
import proxima.space.Point;
import proxima.space.Region;
import proxima.space.SearchSpace;
import proxima.space.learn.LearnedRegion;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.LevelSets;
import proxima.space.learn.PriorTasks;

/// A region that prior tasks teach and that widens: strategies search it first, and by the 100th trial the whole space, so that no prior task can keep the optimum out of reach for good.
public final class Widening {

  private static final double FIRST = LevelSetLearner.tenth().share();
  private static final int WHOLE = 100;

  private final DoubleFunction<Region> regions;

  /// The best share of the space by regression over all tasks, from a tenth on: after n trials 0.1^(1 - n / 100).
  /// @param prior one task at least
  public Widening(PriorTasks prior) {
    var sets = new LevelSets(prior);
    this.regions = t -> sets.region(Math.pow(FIRST, 1 - t));
  }

  /// What any learner makes of prior tasks: after n trials n / 100 of the way to the whole space.
  public Widening(LearnedRegion first) {
    this.regions = first::grown;
  }

  /// The strategy, kept within the region.
  public Strategy of(Strategy strategy) {
    return knowledge -> strategy.suggest(within(knowledge));
  }

  /// The strategy, kept within the region.
  public Chooser of(Chooser strategy) {
    return new Chooser() {
      @Override
      public Point suggest(Knowledge knowledge) {
        return strategy.suggest(within(knowledge));
      }

      @Override
      public Point choose(Knowledge knowledge, List<Point> candidates) {
        return strategy.choose(within(knowledge), candidates);
      }
    };
  }

  /// What is known, in the region; as it is where its space has a region of its own.
  Knowledge within(Knowledge knowledge) {
    int n = knowledge.asked();
    SearchSpace space = knowledge.space();
    return n >= WHOLE || !space.region().isCube()
        ? knowledge
        : new Knowledge(space.within(regions.apply((double) n / WHOLE)), knowledge.seed(), knowledge.evaluations());
  }
}
