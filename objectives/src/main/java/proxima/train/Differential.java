package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
    boolean before = Torch.enter();
    try (NDManager manager = Torch.manager(Device.CPU)) {
      NDArray flat = manager.create(weights, new Shape(weights.length));
      flat.setRequiresGradient(true);
      var gradient = new Gradient(problem, manager, flat, settings, DataType.FLOAT64);
      NDList batch = problem.batch(manager, Seeds.random(seed), DataType.FLOAT64);
      double loss = Training.scalar(gradient.add(batch, manager));
      return new Differential(loss, gradient.accumulated().toDoubleArray());
    } finally {
      Torch.leave(before);
    }
  }

  public double loss() {
    return loss;
  }

  /// In the order of the weights.
  public double[] gradient() {
    return gradient.clone();
  }
}
