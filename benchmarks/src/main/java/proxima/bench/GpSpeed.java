package proxima.bench;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import proxima.gp.Covariance;
import proxima.gp.GaussianProcess;
import proxima.gp.Gradient;
import proxima.gp.Kernel;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.gp.Threads;
import proxima.gp.Warp;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;

/// A suggestion and the parts that take its time, on one thread. `benchmarks/peers/suggestion_time.py` times Python packages on the same data.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class GpSpeed {

  /// Numbers of trials and of dimensions.
  @Param({"50x40", "200x40", "500x40", "500x100", "1000x40"})
  String size = "50x40";

  private Knowledge knowledge = AskData.of(0, 1);
  private GpStrategy remembering = strategy();
  private List<Point> points = List.of();
  private double[] targets = new double[0];
  private List<Point> candidates = List.of();
  private Prior prior = Prior.narrow(Kernel.RBF, 1);
  private Covariance covariance = prior.mode();
  private Posterior posterior = GaussianProcess.condition(covariance, points, targets);

  @Setup
  public void make() {
    int by = size.indexOf('x');
    int d = Integer.parseInt(size.substring(by + 1));
    knowledge = AskData.of(Integer.parseInt(size.substring(0, by)), d);
    remembering = strategy();
    points = knowledge.evaluations().stream().map(Evaluation::point).toList();
    targets = Warp.of(Warp.Kind.STANDARD, knowledge.evaluations().stream().mapToDouble(GpSpeed::loss).toArray()).targets();
    Random random = new Random(1);
    candidates = Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(1000).toList();
    prior = Prior.narrow(Kernel.RBF, d);
    covariance = prior.mode();
    posterior = GaussianProcess.condition(covariance, points, targets);
  }

  private static GpStrategy strategy() {
    return new GpStrategy(InitialDesign.cube(0), GpOptions.smooth(), Threads.ONE);
  }

  private static double loss(Evaluation e) {
    return e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : Double.NaN;
  }

  @Benchmark
  public Posterior fit() {
    return GaussianProcess.fit(prior, points, targets, Optional.empty(), 1);
  }

  @Benchmark
  public Posterior condition() {
    return GaussianProcess.condition(covariance, points, targets);
  }

  /// One more observation, and all targets warped anew.
  @Benchmark
  public Posterior append() {
    double[] more = new double[targets.length + 1];
    System.arraycopy(targets, 0, more, 0, targets.length);
    return posterior.retold(candidates.subList(0, 1), more);
  }

  /// 1,000 points.
  @Benchmark
  public List<Normal> predict() {
    return posterior.at(candidates);
  }

  @Benchmark
  public Gradient predictWithGradient() {
    return posterior.gradient(candidates.getFirst());
  }

  /// Warp and covariance chosen and fitted from nothing, as when a study is resumed.
  @Benchmark
  public Point suggest() {
    return strategy().suggest(knowledge);
  }

  /// The covariance known from an earlier suggestion.
  @Benchmark
  public Point suggestRemembering() {
    return remembering.suggest(knowledge);
  }
}
