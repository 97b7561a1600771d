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
import proxima.gp.Evidence;
import proxima.gp.GaussianProcess;
import proxima.gp.Gradient;
import proxima.gp.Kernel;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.space.Point;

/// The parts of a suggestion that take its time, in 40 dimensions on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GaussianProcessSpeed {

  private static final int D = 40;

  @Param({"100", "200", "300", "1000"})
  int n;

  @Param({"MATERN52", "RBF"})
  Kernel kernel = Kernel.MATERN52;

  private List<Point> points = List.of();
  private List<Point> candidates = List.of();
  private double[] y = new double[0];
  private Prior prior = Prior.of(Kernel.MATERN52, D);
  private Evidence evidence = Evidence.of(prior, List.of(), y);
  private Posterior posterior = GaussianProcess.fit(prior, List.of(), y, Optional.empty(), 1);
  private final double[] theta = new double[D + 1];
  private final double[] gradient = new double[D + 1];

  @Setup
  public void make() {
    Random random = new Random(1);
    points = Stream.generate(() -> Point.of(random.doubles(D).toArray())).limit(n).toList();
    candidates = Stream.generate(() -> Point.of(random.doubles(D).toArray())).limit(1000).toList();
    y = points.stream().mapToDouble(p -> Math.sin(4 * p.get(0)) + p.get(1) + 0.1 * random.nextGaussian()).toArray();
    prior = Prior.of(kernel, D);
    evidence = Evidence.of(prior, points, y);
    Covariance covariance = prior.mode();
    for (int i = 0; i < D; i++) {
      theta[i] = Math.log(covariance.lengthscales().get(i));
    }
    theta[D] = Math.log(covariance.noise());
    posterior = GaussianProcess.condition(covariance, points, y);
  }

  @Benchmark
  public double likelihoodAndGradient() {
    return evidence.at(theta, gradient);
  }

  @Benchmark
  public List<Normal> thousandPredictions() {
    return posterior.at(candidates);
  }

  @Benchmark
  public Gradient predictionAndGradient() {
    return posterior.gradient(candidates.getFirst());
  }

  @Benchmark
  public Posterior onePointMore() {
    return posterior.pending(candidates.subList(0, 1));
  }

  @Benchmark
  public Posterior fit() {
    return GaussianProcess.fit(prior, points, y, Optional.empty(), 1);
  }
}
