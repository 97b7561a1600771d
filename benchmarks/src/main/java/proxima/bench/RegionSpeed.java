package proxima.bench;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.BoxLearner;
import proxima.space.learn.EllipsoidLearner;
import proxima.space.learn.LearnedRegion;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.space.learn.Shape;

/// Learning a region from prior tasks, each with its best point and 20 others.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class RegionSpeed {

  /// Numbers of tasks and of dimensions.
  @Param({"34x7", "200x40", "300x100"})
  String size = "200x40";

  private PriorTasks prior = new PriorTasks(SearchSpace.of(Parameter.real("x", 0, 1)), List.of(), List.of());

  @Setup
  public void make() {
    int by = size.indexOf('x');
    int tasks = Integer.parseInt(size.substring(0, by));
    int d = Integer.parseInt(size.substring(by + 1));
    var random = new Random(1);
    SearchSpace space = new SearchSpace(IntStream.range(0, d).<Parameter>mapToObj(i -> Parameter.real("x" + i, 0, 1)).toList());
    prior = new PriorTasks(space, IntStream.range(0, tasks).mapToObj(t -> task("t" + t, d, random)).toList(), List.of());
  }

  private static PriorTask task(String name, int d, Random random) {
    List<Point> points = IntStream.range(0, 21).mapToObj(_ -> Point.clip(IntStream.range(0, d).mapToDouble(_ -> 0.5 + 0.15 * random.nextGaussian()).toArray())).toList();
    return new PriorTask(name, points, IntStream.range(0, 21).mapToObj(i -> (double) i).toList());
  }

  /// The ellipsoid of least volume around the tasks' best points, with a share of their box's shape.
  @Benchmark
  public LearnedRegion ellipsoid() {
    return EllipsoidLearner.hard(Shape.FULL).learn(prior);
  }

  @Benchmark
  public LearnedRegion box() {
    return BoxLearner.slack().learn(prior);
  }

  @Benchmark
  public LearnedRegion levelSet() {
    return LevelSetLearner.tenth().learn(prior);
  }
}
