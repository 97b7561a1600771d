package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

final class MultiTaskStrategyTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return of(d, StrategyContract::bowl);
  }

  @Override
  Strategy strategy(SearchSpace space) {
    return of(space, StrategyContract::bowl);
  }

  @Override
  int length() {
    return 12;
  }

  private static MultiTaskStrategy of(int d, ToDoubleFunction<Point> loss) {
    return of(cube(d), loss);
  }

  private static MultiTaskStrategy of(SearchSpace space, ToDoubleFunction<Point> loss) {
    List<PriorTask> tasks = IntStream.range(0, 3).mapToObj(t -> {
      var random = new SplittableRandom(t);
      List<Point> points = Stream.generate(() -> Point.of(random.doubles(space.dimension()).toArray())).limit(30).toList();
      return new PriorTask("t" + t, points, points.stream().map(x -> Math.pow(10, t) * loss.applyAsDouble(x)).toList());
    }).toList();
    return new MultiTaskStrategy(new PriorTasks(space, tasks, List.of()), Threads.ONE);
  }

  private static double best(Strategy strategy, int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = strategy.suggest(new Knowledge(cube(4), 3, known));
      known.add(finished(x, bowl(x)));
    }
    return known.stream().mapToDouble(e -> e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : Double.NaN).min().orElseThrow();
  }

  @ParameterizedTest(name = "of {0} trials")
  @ValueSource(ints = {1, 5})
  void beginsWhereOtherTasksWereGood(int n) {
    // Of 5 uniform points the best is near 0.1.
    assertThat(best(of(4, StrategyContract::bowl), n)).isLessThan(n == 1 ? 0.1 : 0.05);
  }

  @Test
  void tasksOfNothingButNoiseAreLearnedToTellNothing() {
    var noise = new SplittableRandom(9);
    assertThat(best(of(4, _ -> noise.nextDouble()), 30)).isLessThan(0.02);
  }
}
