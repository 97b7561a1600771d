package proxima.strategy;

import java.util.List;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.LevelSets;
import proxima.space.learn.PriorTasks;

/// A region that prior tasks teach and that widens: strategies search the best tenth of the space first, and by the 100th trial all of it, so that no prior
/// task can keep the optimum out of reach for good. After n trials the share of the space is 0.1^(1 - n / 100).
public final class Widening {

  private static final double FIRST = LevelSetLearner.tenth().share();
  private static final int WHOLE = 100;

  private final LevelSets sets;

  /// @param prior one task at least
  public Widening(PriorTasks prior) {
    this.sets = new LevelSets(prior);
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
        : new Knowledge(space.within(sets.region(Math.pow(FIRST, 1 - (double) n / WHOLE))), knowledge.seed(), knowledge.evaluations());
  }
}
