package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import proxima.linear.Lanczos;
import proxima.module.ModuleSettings;
import proxima.strategy.Seeds;

/// How sharp the loss is along a training: the largest eigenvalues of its Hessian on a batch that stays the same.
///
/// @param step taken when it was read
/// @param loss of the batch
/// @param hessian the largest eigenvalue of H
/// @param hessianResidual relative error bound of `hessian`
/// @param effective the largest eigenvalue of D^(1/2) H D^(1/2), D holding each weight's step for each unit of mean gradient over its module's threshold of stability: 1 is the edge
/// @param residual relative error bound of `effective`
/// @param critical 1 over the multiple of the actual step at which the batch's loss begins to rise above what it was, found by forward passes alone; 1 where the step
///     itself is that long; 0 where a step `FURTHEST` times as long lets it rise no more, infinite where one `FURTHEST` times as short still does
public record Sharpness(long step, double loss, double hessian, double hessianResidual, double effective, double residual, double critical) {

  /// Products of the Hessian and a vector, for each eigenvalue.
  private static final int PRODUCTS = 20;

  /// Relative residual that ends a search for an eigenvalue.
  private static final double TOLERANCE = 0.01;

  /// How many times as long, or as short, as the actual step those at the ends are of what is tried. What is shorter changes a loss by little more than its rounding in 32 bits.
  public static final int FURTHEST = 1 << 12;

  /// Of the octave in which the loss begins to rise: to 0.4 %.
  private static final int HALVINGS = 7;

  /// Of a step that is not read.
  private static final Lanczos NONE = new Lanczos(0, 0, 0);

  /// The steps after which a training of so many is read.
  public static List<Long> steps(long all, long every) {
    return LongStream.rangeClosed(1, (all - 1) / every).mapToObj(i -> i * every).toList();
  }

  /// @throws IllegalArgumentException if no threshold is known for a rule.
  public static void check(ModuleSettings settings) {
    settings.settings().forEach(s -> Stability.gain(s, 1, 1));
  }

  /// Readings before the step after each `every` steps, from the first on, up to where the training has diverged or its curvature is not finite.
  /// @throws IllegalArgumentException if no threshold is known for the optimizer.
  /// @throws proxima.objective.EngineFault if the engine can not do it.
  /// @throws InterruptedException if the thread was interrupted.
  public static List<Sharpness> along(Training training, ModuleSettings settings, long every, long seed) throws InterruptedException {
    return Torch.with(training.device(), manager -> along(manager, training, settings, every, seed));
  }

  private static List<Sharpness> along(NDManager manager, Training training, ModuleSettings settings, long every, long seed)
      throws InterruptedException {
    Problem problem = training.problem();
    NDArray weights = Initial.values(manager, settings, Seeds.random(seed, 0), training.type());
    weights.setRequiresGradient(true);
    Gradient gradient = new Gradient(problem, manager, weights, settings, training.type());
    var random = Seeds.random(seed, 1);
    NDList batch = problem.batch(manager, Seeds.random(seed, 3), training.type());
    List<Sharpness> readings = new ArrayList<>();
    var watch = new Watch(problem.chance());
    try (PtSymbolBlock script = Script.load((PtNDManager) manager);
        Updates optimizer = new Updates(manager, problem.layout(), weights, gradient.accumulated(), settings, training.bound(settings))) {
      for (long t = 1; t <= training.steps(); t++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted at step " + t + " of " + training.steps());
        }
        boolean read = t > 1 && (t - 1) % every == 0;
        double factor = training.schedule().factor(t, training.steps());
        double[] gains = read ? optimizer.gains(factor) : new double[0];
        double[] start = read ? doubles(weights) : new double[0];
        double loss = read ? gradient.mean(List.of(batch)) : 0;
        try (NDManager step = manager.newSubManager()) {
          Lanczos hessian = read ? largest(gradient, batch, script, ones(gains.length), step) : NONE;
          Lanczos effective = read ? largest(gradient, batch, script, gains, step) : NONE;
          double seen = Training.scalar(gradient.add(problem.batch(step, random, training.type()), step));
          if (!Double.isFinite(seen + hessian.value() + effective.value())) {
            return readings;
          }
          double norm = Training.scalar(optimizer.update(factor, step));
          if (watch.diverged(seen, norm, 1)) {
            return readings;
          }
          if (read) {
            double critical = critical(gradient, weights, start, batch, loss, step);
            // A clipped gradient moves weights by as much less.
            double clipped = Math.min(1, training.bound(settings) / norm);
            readings.add(new Sharpness(t - 1, loss, hessian.value(), relative(hessian), clipped * effective.value(), relative(effective), critical));
          }
        }
      }
    }
    return readings;
  }

  /// The largest eigenvalue of D^(1/2) H D^(1/2).
  private static Lanczos largest(Gradient gradient, NDList batch, PtSymbolBlock script, double[] d, NDManager step) {
    UnaryOperator<double[]> product =
        z -> {
          scale(z, d);
          try (NDManager inner = step.newSubManager()) {
            NDArray direction = inner.create(z, new Shape(z.length)).toType(gradient.accumulated().getDataType(), false);
            double[] hz = doubles(gradient.hessianTimes(views(batch, inner), direction, script, inner));
            scale(hz, d);
            return hz;
          }
        };
    return Lanczos.largest(product, d.length, PRODUCTS, TOLERANCE, Seeds.random(0));
  }

  private static double relative(Lanczos found) {
    return found.residual() / Math.abs(found.value());
  }

  private static void scale(double[] z, double[] d) {
    for (int i = 0; i < z.length; i++) {
      z[i] *= Math.sqrt(d[i]);
    }
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// The weights are left where the step has put them.
  private static double critical(Gradient gradient, NDArray weights, double[] start, NDList batch, double loss, NDManager step) {
    NDArray from = step.create(start, new Shape(start.length)).toType(weights.getDataType(), false);
    NDArray end = weights.duplicate();
    end.attach(step);
    NDArray move = end.sub(from);
    DoublePredicate rises = s -> !(at(gradient, weights, from.add(move.mul(s)), batch) <= loss);
    double critical = critical(rises);
    at(gradient, weights, end, batch);
    return critical;
  }

  /// @param rises whether the loss is higher after a step of so many times the actual one
  private static double critical(DoublePredicate rises) {
    boolean shorter = rises.test(1);
    double factor = shorter ? 0.5 : 2;
    double s = 1;
    do {
      if (s == FURTHEST || s * FURTHEST == 1) {
        return shorter ? Double.POSITIVE_INFINITY : 0;
      }
      s *= factor;
    } while (rises.test(s) == shorter);
    double below = Math.min(s, s / factor);
    double above = 2 * below;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (below + above) / 2;
      if (rises.test(middle)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return 2 / (below + above);
  }

  /// Whether the loss begins to rise within the steps that are tried.
  public boolean isCriticalKnown() {
    return critical > 0 && critical < Double.POSITIVE_INFINITY;
  }

  private static double at(Gradient gradient, NDArray weights, NDArray values, NDList batch) {
    weights.subi(weights).addi(values);
    return gradient.mean(List.of(batch));
  }

  private static NDList views(NDList batch, NDManager step) {
    NDList views = new NDList(batch.size());
    batch.forEach(a -> views.add(Gradient.view(a, step)));
    return views;
  }

  private static double[] doubles(NDArray a) {
    return a.toType(DataType.FLOAT64, true).toDoubleArray();
  }
}
