package proxima.strategy;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.space.Point;
import proxima.space.Region;
import proxima.space.SearchSpace;
import proxima.space.learn.LearnedRegion;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.LevelSets;
import proxima.space.learn.PriorTasks;

/// A region that prior tasks teach and that widens: strategies search it first, and by the 100th trial the whole space, so that no prior task can keep the optimum out of reach for good.
///
/// A strategy that is kept in it gives up one suggestion in ever more, the 4th, the 8th, the 16th and so on, for a random one of the whole space: where only what prior tasks expect to be good is tried,
/// nothing can show that they are wrong. While losses come in the opposite order of what is expected, the whole space is searched.
public final class Widening {

  private static final double FIRST = LevelSetLearner.tenth().share();
  private static final int WHOLE = 100;

  // A region whose points are all known is searched as if so many more trials had been asked for.
  private static final int STEP = 5;
  private static final int TRIES = 64;

  private static final int FIRST_BLIND = 3;

  /// A rank correlation that is lower is no chance of a few trials.
  private static final double CONTRADICTED = -0.2;

  private final DoubleFunction<Region> regions;
  private final Function<List<Point>, double[]> expected;

  /// The best share of the space by regression over all tasks, from a tenth on: after n trials 0.1^(1 - n / 100).
  /// @param prior one task at least
  public Widening(PriorTasks prior) {
    var sets = new LevelSets(prior);
    this.regions = t -> sets.region(Math.pow(FIRST, 1 - t));
    this.expected = sets.function()::at;
  }

  /// What any learner makes of prior tasks: after n trials n / 100 of the way to the whole space. Losses inside are expected to be lower than outside.
  public Widening(LearnedRegion first) {
    this.regions = first::grown;
    this.expected = points -> points.stream().mapToDouble(x -> first.space().contains(x) ? 0 : 1).toArray();
  }

  /// The strategy, kept within the region.
  public Strategy of(Strategy strategy) {
    return knowledge -> isBlind(knowledge) ? new RandomStrategy().suggest(knowledge) : strategy.suggest(believed(knowledge));
  }

  /// The strategy, kept within the region.
  public Chooser of(Chooser strategy) {
    return new Chooser() {
      @Override
      public Point suggest(Knowledge knowledge) {
        return of((Strategy) strategy).suggest(knowledge);
      }

      @Override
      public Point choose(Knowledge knowledge, List<Point> candidates) {
        return isBlind(knowledge) ? new RandomStrategy().choose(knowledge, candidates) : strategy.choose(believed(knowledge), candidates);
      }
    };
  }

  /// Whether the suggestion is the 4th, 8th, 16th and so on.
  private static boolean isBlind(Knowledge knowledge) {
    return knowledge.asked() >= FIRST_BLIND && Integer.bitCount(knowledge.asked() + 1) == 1;
  }

  /// What is known, in the region unless losses contradict it.
  private Knowledge believed(Knowledge knowledge) {
    Observations viable = Observations.of(knowledge, new Cells(knowledge.space())).viableOnly();
    boolean isContradicted = viable.size() > FIRST_BLIND && Accord.gamma(expected.apply(viable.points()), viable.lossArray()) < CONTRADICTED;
    return isContradicted ? knowledge : within(knowledge);
  }

  /// What is known, in the region; as it is where its space has a region of its own.
  Knowledge within(Knowledge knowledge) {
    if (!knowledge.space().region().isCube()) {
      return knowledge;
    }
    for (int n = knowledge.asked(); n < WHOLE; n += STEP) {
      var within = new Knowledge(knowledge.space().within(regions.apply((double) n / WHOLE)), knowledge.seed(), knowledge.evaluations());
      if (!isUsedUp(within)) {
        return within;
      }
    }
    return knowledge;
  }

  /// Whether nothing new is drawn of the region, as of a few choices that have all been tried.
  private static boolean isUsedUp(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    if (cells.smooth()) {
      return false;
    }
    var seen = new Seen(knowledge, cells);
    RandomGenerator random = Seeds.random(knowledge.seed(), knowledge.asked(), 10);
    return IntStream.range(0, TRIES).allMatch(_ -> seen.contains(cells.sample(random)));
  }
}
