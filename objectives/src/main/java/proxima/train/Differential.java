package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import proxima.module.ModuleSettings;
import proxima.strategy.Seeds;

/// The loss of one training batch and its gradient, at given weights, in 64 bits.
public final class Differential {

  private final double loss;
  private final double[] gradient;

  private Differential(double loss, double[] gradient) {
    this.loss = loss;
    this.gradient = gradient;
  }

  /// @param weights of all modules, in the network's order
  /// @param seed of the batch
  public static Differential at(Problem problem, ModuleSettings settings, double[] weights, long seed) {
    return on(problem, settings, weights, seed, (gradient, batch, manager) -> of(gradient, batch, manager));
  }

  /// The same for targets drawn from the model's own predictions.
  /// @param draw seed of the targets
  public static Differential drawn(Problem problem, ModuleSettings settings, double[] weights, long seed, long draw) {
    return on(
        problem, settings, weights, seed, (gradient, batch, manager) -> of(gradient, gradient.drawn(batch, Seeds.random(draw), manager), manager));
  }

  /// The Hessian of the batch's loss times a direction.
  public static double[] hessianTimes(Problem problem, ModuleSettings settings, double[] weights, double[] direction, long seed) {
    return on(
        problem, settings, weights, seed,
        (gradient, batch, manager) -> {
          try (PtSymbolBlock script = Script.load((PtNDManager) manager)) {
            return gradient.hessianTimes(batch, manager.create(direction, new Shape(direction.length)), script, manager).toDoubleArray();
          }
        });
  }

  private static Differential of(Gradient gradient, NDList batch, NDManager manager) {
    return new Differential(Training.scalar(gradient.add(batch, manager)), gradient.accumulated().toDoubleArray());
  }

  private interface Question<T> {
    T ask(Gradient gradient, NDList batch, NDManager manager);
  }

  private static <T> T on(Problem problem, ModuleSettings settings, double[] weights, long seed, Question<T> question) {
    return Torch.with(
        Device.CPU,
        manager -> {
          NDArray flat = manager.create(weights, new Shape(weights.length));
          flat.setRequiresGradient(true);
          var gradient = new Gradient(problem, manager, flat, settings, DataType.FLOAT64);
          return question.ask(gradient, problem.batch(manager, Seeds.random(seed), DataType.FLOAT64), manager);
        });
  }

  public double loss() {
    return loss;
  }

  /// In the order of the weights.
  public double[] gradient() {
    return gradient.clone();
  }
}
