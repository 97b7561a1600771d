package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proxima.bench.result.Run;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Strategy;

/// Several workers on one game.
class GameTest {

  private static final TaskEntry CLIFF = Catalogue.synthetic("cliff-22").getFirst();
  private static final int INITIAL = 4;
  private static final int TRIALS = 40;

  /// Random points, and what was known at each.
  private static final class Watched implements Strategy {

    private final List<Knowledge> known = new ArrayList<>();
    private final RandomStrategy random = new RandomStrategy();

    @Override
    public Point suggest(Knowledge knowledge) {
      known.add(knowledge);
      return random.suggest(knowledge);
    }

    private Strategy on(SearchSpace space, InitialDesign design) {
      assertThat(space.dimension()).isEqualTo(22);
      assertThat(design.size()).isEqualTo(INITIAL);
      return this;
    }
  }

  private static Run play(Watched strategy, int workers) throws InterruptedException {
    return new Game(CLIFF, StrategyContender.of("watched", strategy::on), workers, 0, INITIAL, TRIALS).play();
  }

  private static int pending(Knowledge knowledge) {
    return (int) knowledge.evaluations().stream().filter(e -> e.outcome().isEmpty()).count();
  }

  @Test
  void eachWorkerAsksWhenItsTrialHasEndedWhileThoseOfTheOthersArePending() throws InterruptedException {
    Watched strategy = new Watched();
    Run run = play(strategy, 3);
    assertThat(run.contender()).isEqualTo("watched (3 workers)");
    assertThat(run.steps()).hasSize(TRIALS);
    assertThat(strategy.known).extracting(Knowledge::asked).containsExactlyElementsOf(IntStream.range(INITIAL, TRIALS).boxed().toList());
    List<Integer> pending = strategy.known.stream().map(GameTest::pending).toList();
    assertThat(pending.subList(0, 3)).containsExactly(0, 1, 2);
    assertThat(pending.subList(3, pending.size())).containsOnly(2);
  }

  @Test
  void whatIsTriedAndReportedIsTheSameAndOnlyItsOrderDiffers() throws InterruptedException {
    List<Run.Step> one = play(new Watched(), 1).steps();
    List<Run.Step> eight = play(new Watched(), 8).steps();
    assertThat(eight).extracting(Run.Step::loss).containsExactlyInAnyOrderElementsOf(one.stream().map(Run.Step::loss).toList());
    assertThat(eight).extracting(Run.Step::loss).isNotEqualTo(one.stream().map(Run.Step::loss).toList());
    assertThat(eight.getLast().regret()).isEqualTo(one.getLast().regret());
    assertThat(play(new Watched(), 8).steps()).extracting(Run.Step::loss).as("again").isEqualTo(eight.stream().map(Run.Step::loss).toList());
  }

  @Test
  void aContenderThatThrowsFailsItsRunAndKeepsWhatItHas() throws InterruptedException {
    Strategy fragile = knowledge -> {
      if (knowledge.asked() == INITIAL + 2) {
        throw new IllegalStateException("no luck, twice");
      }
      return new RandomStrategy().suggest(knowledge);
    };
    Run run = new Game(CLIFF, StrategyContender.of("fragile", (_, _) -> fragile), 1, 0, INITIAL, TRIALS).play();
    assertThat(run.failure().orElseThrow()).startsWith("threw java.lang.IllegalStateException: no luck; twice at ").contains("GameTest");
    assertThat(run.steps()).hasSize(INITIAL + 2);
    Run unable = new Game(CLIFF, StrategyContender.of("unable", (_, _) -> { throw new IllegalArgumentException("needs more"); }), 1, 0, INITIAL, TRIALS).play();
    assertThat(unable.failure().orElseThrow()).startsWith("threw java.lang.IllegalArgumentException: needs more at ");
    assertThat(unable.steps()).isEmpty();
  }

  private static Point deeper(int n) {
    return n < 0 ? Point.of() : deeper(n + 1);
  }

  @Test
  void aContenderThatNeedsTooMuchMemoryFailsItsRunAlone() throws InterruptedException {
    Run deep = new Game(CLIFF, StrategyContender.of("deep", (_, _) -> _ -> deeper(0)), 1, 0, INITIAL, TRIALS).play();
    assertThat(deep.failure().orElseThrow()).startsWith("threw java.lang.StackOverflowError at ");
    assertThat(deep.steps()).hasSize(INITIAL);
    Strategy large = _ -> {
      throw new OutOfMemoryError("Java heap space");
    };
    assertThat(new Game(CLIFF, StrategyContender.of("large", (_, _) -> large), 1, 0, INITIAL, TRIALS).play().failure().orElseThrow()).startsWith("threw java.lang.OutOfMemoryError: Java heap space at ");
  }

  @Test
  void timesAreThoseOfTrainingsThatEndedAlike() {
    assertThat(TrialTimes.RECORDED.finished()).hasSize(72).allMatch(t -> t > 0.3 && t < 2);
    assertThat(TrialTimes.RECORDED.diverged()).hasSizeGreaterThan(300).allMatch(t -> t > 0 && t < 0.7);
    assertThat(TrialTimes.RECORDED.diverged()).contains(TrialTimes.RECORDED.draw(new Outcome.Diverged(0), new Random(0)));
    assertThat(TrialTimes.RECORDED.finished()).contains(TrialTimes.RECORDED.draw(Outcome.of(1), new Random(0)));
  }
}
