package proxima.proxy;

import ai.djl.ndarray.types.DataType;
import proxima.module.Network;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.train.Coordinates;
import proxima.train.Device;
import proxima.train.Layout;
import proxima.train.Schedule;
import proxima.train.Training;

/// Trains a plain multilayer perceptron to fit random labels, with all of its points in every batch: the reference for studies of curvature. A scale's batch is the number of points.
///
/// The loss is half the mean squared error on the same points. Gradients are not clipped, which would hide how they follow the scale.
public final class RandomLabelsObjective implements ProxyObjective {

  private static final int INPUTS = 16;

  private final Device device;
  private final Schedule schedule;

  public RandomLabelsObjective(Device device, Schedule schedule) {
    this.device = device;
    this.schedule = schedule;
  }

  /// The networks it trains.
  public static TanhMlp mlp() {
    return new TanhMlp(INPUTS);
  }

  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    return training(job.scale(), schedule).run(job.settings(), job.seed(), monitor);
  }

  @Override
  public Training training(Scale scale, Schedule shape) {
    return new Training(problem(scale), scale.steps(), shape, Training.UNCLIPPED, device, DataType.FLOAT32, 0);
  }

  @Override
  public Coordinates coordinates(Scale scale) {
    return new Coordinates(problem(scale), device);
  }

  private static RandomLabels problem(Scale scale) {
    Network network = mlp().at(scale);
    return new RandomLabels(mlp(), Layout.of(network), Math.toIntExact(scale.batch()));
  }
}
