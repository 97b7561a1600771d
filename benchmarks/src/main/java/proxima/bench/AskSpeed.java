package proxima.bench;

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
import proxima.space.Point;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// One suggestion on one thread, a tenth of the trials diverged. benchmarks/peers/suggestion_time.py times Python packages on the same data.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class AskSpeed {

  /// Numbers of trials and of dimensions.
  @Param({"100x40", "200x40", "300x40", "500x100"})
  String size = "100x40";

  private final Strategy remembering = new GpStrategy(InitialDesign.cube(0), GpOptions.smooth());
  private Knowledge knowledge = AskData.of(0, 1);

  @Setup
  public void make() {
    int cross = size.indexOf('x');
    knowledge = AskData.of(Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)));
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
