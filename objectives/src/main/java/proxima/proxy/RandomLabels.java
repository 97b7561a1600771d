package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import proxima.module.ModuleSettings;
import proxima.strategy.Seeds;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Probe;
import proxima.train.Problem;

/// A `TanhMlp` that fits random labels of 1 or -1 on normal inputs, all of them in every batch; the loss is half the mean square of the errors.
record RandomLabels(TanhMlp mlp, Layout layout, int points) implements Problem {

  /// Of the data.
  private static final long SEED = 0;

  @Override
  public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
    return new Errors(manager, type);
  }

  @Override
  public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
    RandomGenerator data = Seeds.random(SEED);
    double[] x = DoubleStream.generate(data::nextGaussian).limit((long) points * mlp.inputs()).toArray();
    double[] y = data.doubles(points).map(u -> u < 0.5 ? -1 : 1).toArray();
    return new NDList(
        manager.create(x, new Shape(points, mlp.inputs())).toType(type, false), manager.create(y, new Shape(points, 1)).toType(type, false));
  }

  @Override
  public List<NDList> validation(NDManager manager, DataType type) {
    return List.of(batch(manager, Seeds.random(SEED), type));
  }

  /// Of predictions of 0.
  @Override
  public double chance() {
    return 0.5;
  }

  @Override
  public double objective(double validationLoss) {
    return validationLoss;
  }

  private static final class Errors implements Loss {
    private final NDArray half;

    Errors(NDManager manager, DataType type) {
      half = manager.create(0.5).toType(type, false);
    }

    @Override
    public NDArray of(NDList weights, NDList batch, Probe probe) {
      return outputs(weights, batch.get(0), probe).sub(batch.get(1)).square().mean().mul(half);
    }

    @Override
    public NDList drawn(NDList weights, NDList batch, RandomGenerator random) {
      return new NDList(batch.get(0), Tensors.noisy(outputs(weights, batch.get(0), Probe.NONE), 1, random));
    }

    private static NDArray outputs(NDList weights, NDArray inputs, Probe probe) {
      NDArray h = inputs;
      for (int l = 0; l < weights.size() - 1; l++) {
        h = Tensors.linear(h, weights.get(l)).tanh();
        probe.see(l == 0 ? Probe.EMBEDDING : Probe.STREAM, h);
      }
      NDArray y = Tensors.linear(h, weights.getLast());
      probe.see(Probe.OUTPUT, y);
      return y;
    }
  }
}
