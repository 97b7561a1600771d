package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;
import proxima.module.UpdateRule;
import proxima.objective.EngineFault;
import proxima.objective.Monitor;
import proxima.space.Outcome;
import proxima.strategy.Seeds;
import proxima.study.Decision;

/// Training of one problem: the same bits for the same seed, whatever the thread and whatever runs beside it.
///
/// @param steps S
/// @param clip bound on the norm of the whole gradient, for rules that normalise their steps
/// @param checks validations on the way; where 0, the curve is of the training loss
public record Training(Problem problem, long steps, Schedule schedule, double clip, Device device, DataType type, int checks) {

  /// No bound on a gradient's norm.
  public static final double UNCLIPPED = Double.POSITIVE_INFINITY;

  /// Points of a curve of the training loss, each a mean over the steps since the last.
  private static final int POINTS = 40;

  /// Steps between readings of the loss on a GPU, where each reading waits for the device.
  private static final int GPU_READS = 10;

  public Training {
    if (!(steps > 0)) {
      throw new IllegalArgumentException("a training needs at least one step, got " + steps);
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException("clip must be positive, got " + clip);
    }
    // Half precision ends the process in this engine.
    if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
      throw new IllegalArgumentException("a training is in 32 or 64 bits, got " + type);
    }
  }

  /// 32 bits, gradients clipped to norm 1, a curve of the training loss.
  public static Training of(Problem problem, long steps, Schedule schedule, Device device) {
    return new Training(problem, steps, schedule, 1.0, device, DataType.FLOAT32, 0);
  }

  /// The bound for these settings. There is none where a step is in proportion to its gradient: the whole gradient's norm grows with the width, and a bound on it would take the rate's place.
  double bound(ModuleSettings settings) {
    return settings.settings().stream().anyMatch(s -> s.rule() == UpdateRule.SGD) ? UNCLIPPED : clip;
  }

  /// This with so many validations on the way.
  public Training withChecks(int number) {
    return new Training(problem, steps, schedule, clip, device, type, number);
  }

  /// Trains from the initial values of a seed, to the end or until the monitor stops it. What the engine can not do, as where the device has no memory left, is a failure.
  /// @throws InterruptedException if the thread was interrupted; native memory is freed.
  public Outcome run(ModuleSettings settings, long seed, Monitor monitor) throws InterruptedException {
    try {
      return Torch.with(device, manager -> train(manager, settings, seed, monitor));
    } catch (EngineFault e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private Outcome train(NDManager manager, ModuleSettings settings, long seed, Monitor monitor) throws InterruptedException {
    NDArray weights = Initial.values(manager, settings, Seeds.random(seed, 0), type);
    weights.setRequiresGradient(true);
    Gradient gradient = new Gradient(problem, manager, weights, settings, type);
    RandomGenerator random = Seeds.random(seed, 1);
    RandomGenerator probes = Seeds.random(seed, 2);
    int reads = manager.getDevice().isGpu() ? GPU_READS : 1;
    var watch = new Watch(problem.chance());
    var curve = new Curve(Math.max(1, steps / POINTS), monitor);
    List<NDList> validation = problem.validation(manager, type);
    try (Updates optimizer = new Updates(manager, problem.layout(), weights, gradient.accumulated(), settings, bound(settings))) {
      for (long t = 1; t <= steps; t++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted at step " + t + " of " + steps);
        }
        try (NDManager step = manager.newSubManager()) {
          NDArray loss = gradient.add(problem.batch(step, random, type), step);
          NDArray norm = optimizer.update(schedule.factor(t, steps), step);
          if (t % reads == 0 || t == 1 || t == steps) {
            double value = scalar(loss);
            if (watch.diverged(value, scalar(norm), reads)) {
              return new Outcome.Diverged(t);
            }
            if (checks == 0 && curve.add(t, problem.objective(value), t == steps) == Decision.STOP && t < steps) {
              return curve.stopped();
            }
          }
        }
        if (optimizer.due().isPresent()) {
          try (NDManager step = manager.newSubManager()) {
            optimizer.estimate(optimizer.due().get(), gradient, problem.batch(step, probes, type), probes, step);
          }
        }
        if (t * checks / steps > (t - 1) * checks / steps && t < steps
            && curve.add(t, problem.objective(gradient.mean(validation)), true) == Decision.STOP) {
          return curve.stopped();
        }
      }
    }
    double loss = problem.objective(gradient.mean(validation));
    if (!Double.isFinite(loss)) {
      return new Outcome.Diverged(steps);
    }
    if (checks > 0) {
      curve.add(steps, loss, true);
    }
    return new Outcome.Finished(loss, curve.points());
  }

  static double scalar(NDArray array) {
    return array.getDataType() == DataType.FLOAT64 ? array.toDoubleArray()[0] : array.toFloatArray()[0];
  }
}
