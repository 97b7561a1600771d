package proxima.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.gp.GaussianProcess;
import proxima.gp.Gradient;
import proxima.gp.Kernel;
import proxima.gp.Mean;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.gp.Warp;
import proxima.space.Point;
import proxima.space.learn.PriorTask;

/// What one prior task expects by itself: the mean of a Gaussian process fitted to its trials alone, whose length scales tell what mattered there. Losses are standardised:
/// ranks, as the regression over all tasks has them, would make as much of what is nearly as good as the best as of what is much worse.
record TaskProcess(Posterior posterior) implements Mean {

  static TaskProcess of(PriorTask task) {
    double[] scores = Warp.of(Warp.Kind.STANDARD, task.losses().stream().mapToDouble(Double::doubleValue).toArray()).targets();
    // A fit takes time cubic in them.
    int[] chosen = task.some(Agreement.MOST);
    List<Point> x = Arrays.stream(chosen).mapToObj(task.points()::get).toList();
    double[] y = Arrays.stream(chosen).mapToDouble(i -> scores[i]).toArray();
    return new TaskProcess(GaussianProcess.fit(Prior.of(Kernel.MATERN52, x.getFirst().dimension()), x, y, Optional.empty(), 0));
  }

  @Override
  public double[] at(List<Point> points) {
    return posterior.at(points).stream().mapToDouble(Normal::mean).toArray();
  }

  @Override
  public double at(Point x, double[] slope) {
    Gradient gradient = posterior.gradient(x);
    double[] mean = gradient.mean();
    IntStream.range(0, slope.length).forEach(i -> slope[i] += mean[i]);
    return gradient.value().mean();
  }
}
