package proxima.space.learn;

import proxima.space.SearchSpace;

/// The share of the space where `PooledRegression` expects the lowest losses: it follows any shape that good points have in common, and regards bad ones too.
///
/// @param share of the space, in (0, 1)
public record LevelSetLearner(double share) implements RegionLearner {

  public LevelSetLearner {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("a level set keeps a share in (0, 1) of the space, got " + share);
    }
  }

  /// A tenth.
  public static LevelSetLearner tenth() {
    return new LevelSetLearner(0.1);
  }

  @Override
  public int needs(SearchSpace space) {
    return 1;
  }

  @Override
  public LearnedRegion learn(PriorTasks prior) {
    return LearnedRegion.of(prior, text(), needs(prior.space()), () -> new LevelSets(prior).within(share));
  }

  private String text() {
    return "best " + LearnedRegion.percent(share) + " by regression over all tasks";
  }
}
