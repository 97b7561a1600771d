package proxima.proxy;

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

/// Trains a residual MLP to imitate a fixed random network, from an endless stream of examples; a scale's batch and tokens are examples.
///
/// The loss is the logarithm of the mean squared error over the targets' variance, on a validation set that all trainings share.
public final class MlpObjective implements ProxyObjective {

  /// Of the teacher and of the validation set.
  private static final long SEED = 0;

  private final ResidualMlp mlp;
  private final Device device;
  private final Schedule schedule;
  private final int checks;
  private final Teacher teacher = new Teacher(SEED);

  /// The student for the built-in teacher.
  public static ResidualMlp student(int expansion) {
    return new ResidualMlp(Teacher.INPUTS, Teacher.OUTPUTS, expansion);
  }

  /// @param checks validations on the way, for the curve; where 0, the curve is of the training loss
  /// @throws IllegalArgumentException if the network does not have the teacher's inputs and outputs.
  public MlpObjective(ResidualMlp mlp, Device device, Schedule schedule, int checks) {
    if (mlp.inputs() != Teacher.INPUTS || mlp.outputs() != Teacher.OUTPUTS) {
      throw new IllegalArgumentException(
          "the teacher has " + Teacher.INPUTS + " inputs and " + Teacher.OUTPUTS + " outputs, the student " + mlp.inputs() + " and "
              + mlp.outputs());
    }
    if (!(checks >= 0)) {
      throw new IllegalArgumentException("checks must be >= 0, got " + checks);
    }
    this.mlp = mlp;
    this.device = device;
    this.schedule = schedule;
    this.checks = checks;
  }

  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    Network network = mlp.at(job.scale());
    if (!job.settings().network().equals(network)) {
      throw new IllegalArgumentException("the settings of job " + job.id() + " are of another network than a " + mlp + " at " + job.scale());
    }
    return training(job.scale(), schedule).withChecks(checks).run(job.settings(), job.seed(), monitor);
  }

  @Override
  public Training training(Scale scale, Schedule shape) {
    return Training.of(problem(scale, mlp.at(scale)), scale.steps(), shape, device);
  }

  private MlpProblem problem(Scale scale, Network network) {
    return new MlpProblem(Layout.of(network), teacher, Math.toIntExact(scale.batch()), SEED);
  }

  @Override
  public Coordinates coordinates(Scale scale) {
    return new Coordinates(problem(scale, mlp.at(scale)), device);
  }
}
