package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Seeds;
import proxima.strategy.Strategy;

/// One suggestion in 40 dimensions on one thread, a tenth of the trials diverged.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class AskSpeed {

  private static final int D = 40;

  @Param({"100", "200", "300"})
  int n;

  private final Strategy remembering = new GpStrategy(InitialDesign.cube(0), GpOptions.smooth());
  private Knowledge knowledge = new Knowledge(SyntheticFunctions.quadratic(D, 1).space(), 1, List.of());

  @Setup
  public void make() {
    SyntheticFunction function = SyntheticFunctions.quadratic(D, 1);
    var random = Seeds.random(2);
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = new RandomStrategy().suggest(new Knowledge(function.space(), 1, known));
      var outcome = i % 10 == 9 ? new Outcome.Diverged(1) : function.observe(x, random);
      known.add(new Evaluation(x, Optional.of(outcome), true));
    }
    knowledge = new Knowledge(function.space(), 1, known);
  }

  /// Warp, kernel and covariance chosen and fitted anew: one suggestion in ten.
  @Benchmark
  public Point fresh() {
    return new GpStrategy(InitialDesign.cube(0), GpOptions.smooth()).suggest(knowledge);
  }

  /// The covariance known from an earlier suggestion: two in three.
  @Benchmark
  public Point remembering() {
    return remembering.suggest(knowledge);
  }
}
