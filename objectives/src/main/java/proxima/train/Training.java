package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.objective.Monitor;
import proxima.space.Outcome;
import proxima.strategy.Seeds;

/// Training of one problem: the same bits for the same seed, whatever the thread and whatever runs beside it.
///
/// @param steps S
/// @param clip bound on the gradient's norm
/// @param checks validations on the way; where 0, the curve is of the training loss
public record Training(Problem problem, long steps, Schedule schedule, double clip, Device device, DataType type, int checks) {

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
  }

  /// 32 bits, gradients clipped to norm 1, a curve of the training loss.
  public static Training of(Problem problem, long steps, Schedule schedule, Device device) {
    return new Training(problem, steps, schedule, 1.0, device, DataType.FLOAT32, 0);
  }

  /// This with so many validations on the way.
  public Training withChecks(int number) {
    return new Training(problem, steps, schedule, clip, device, type, number);
  }

  /// Trains from the initial values of a seed.
  /// @throws InterruptedException if the thread was interrupted; native memory is freed.
  public Outcome run(ModuleSettings settings, long seed, Monitor monitor) throws InterruptedException {
    boolean before = Torch.gradientMode();
    try (NDManager manager = Torch.manager(device)) {
      Torch.setGradientMode(false);
      return train(manager, settings, seed, monitor);
    } finally {
      Torch.setGradientMode(before);
    }
  }

  private Outcome train(NDManager manager, ModuleSettings settings, long seed, Monitor monitor) throws InterruptedException {
    NDArray weights = initial(manager, settings, Seeds.random(seed, 0));
    weights.setRequiresGradient(true);
    Gradient gradient = new Gradient(problem, manager, weights, settings, type);
    RandomGenerator random = Seeds.random(seed, 1);
    int reads = manager.getDevice().isGpu() ? GPU_READS : 1;
    var watch = new Watch(problem.chance());
    var curve = new Curve(Math.max(1, steps / POINTS), checks == 0 ? monitor : (s, l) -> {});
    List<Outcome.CurvePoint> checked = new ArrayList<>();
    List<NDList> validation = problem.validation(manager, type);
    try (AdamW optimizer = new AdamW(manager, weights, gradient.accumulated(), settings, clip)) {
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
            curve.add(t, value, t == steps);
          }
        }
        if (checks > 0 && (t * checks) / steps > ((t - 1) * checks) / steps && t < steps) {
          double value = problem.objective(gradient.mean(validation));
          if (Double.isFinite(value)) {
            checked.add(new Outcome.CurvePoint(t, value));
            monitor.report(t, value);
          }
        }
      }
    }
    double loss = problem.objective(gradient.mean(validation));
    if (!Double.isFinite(loss)) {
      return new Outcome.Diverged(steps);
    }
    if (checks > 0) {
      checked.add(new Outcome.CurvePoint(steps, loss));
      monitor.report(steps, loss);
    }
    return new Outcome.Finished(loss, checks > 0 ? checked : curve.points());
  }

  /// The initial values, in the network's order: 1 for vectors, normal with the module's standard deviation for the rest.
  private NDArray initial(NDManager manager, ModuleSettings settings, RandomGenerator random) {
    float[] values = new float[problem.layout().size()];
    int i = 0;
    for (ModuleSetting s : settings.settings()) {
      Module module = s.module();
      int end = i + Math.toIntExact(Layout.size(module));
      while (i < end) {
        values[i++] = module.role().isVector() ? 1 : (float) (s.initStd() * random.nextGaussian());
      }
    }
    NDArray flat = manager.create(values, new Shape(values.length));
    return type == DataType.FLOAT32 ? flat : flat.toType(type, false);
  }

  static double scalar(NDArray array) {
    return array.getDataType() == DataType.FLOAT64 ? array.toDoubleArray()[0] : array.toFloatArray()[0];
  }
}
