package proxima.proxy;

import proxima.module.Network;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.strategy.Seeds;
import proxima.train.Coordinates;
import proxima.train.Device;
import proxima.train.Layout;
import proxima.train.Schedule;
import proxima.train.Training;

/// Trains a residual convolutional network to tell ten figures apart in generated images; a scale's batch and tokens are images.
///
/// The loss is nats an image on a validation set that all trainings share.
public final class ConvolutionObjective implements ProxyObjective {

  /// Of the validation set.
  private static final long SEED = 0;

  private final ResidualConvolution convolution;
  private final Device device;
  private final Schedule schedule;
  private final int checks;
  private final Shapes held = Shapes.draw(Shapes.VALIDATION, Seeds.random(SEED));

  /// A network with kernels of 3 x 3 for the built-in images.
  public static ResidualConvolution network() {
    return new ResidualConvolution(1, 3, Shapes.CLASSES);
  }

  /// @param checks validations on the way, for the curve; where 0, the curve is of the training loss
  /// @throws IllegalArgumentException if the network does not have the images' channel and classes.
  public ConvolutionObjective(ResidualConvolution convolution, Device device, Schedule schedule, int checks) {
    if (convolution.channels() != 1 || convolution.classes() != Shapes.CLASSES) {
      throw new IllegalArgumentException(
          "the images have 1 channel and " + Shapes.CLASSES + " classes, the network " + convolution.channels() + " and " + convolution.classes());
    }
    if (!(checks >= 0)) {
      throw new IllegalArgumentException("checks must be >= 0, got " + checks);
    }
    this.convolution = convolution;
    this.device = device;
    this.schedule = schedule;
    this.checks = checks;
  }

  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    Scale scale = job.scale();
    Network network = convolution.at(scale);
    if (!job.settings().network().equals(network)) {
      throw new IllegalArgumentException("the settings of job " + job.id() + " are of another network than a " + convolution + " at " + scale);
    }
    return training(scale, schedule).withChecks(checks).run(job.settings(), job.seed(), monitor);
  }

  @Override
  public Training training(Scale scale, Schedule shape) {
    return Training.of(problem(scale), scale.steps(), shape, device);
  }

  @Override
  public Coordinates coordinates(Scale scale) {
    return new Coordinates(problem(scale), device);
  }

  private ConvolutionProblem problem(Scale scale) {
    return new ConvolutionProblem(convolution, Layout.of(convolution.at(scale)), Math.toIntExact(scale.batch()), held);
  }
}
