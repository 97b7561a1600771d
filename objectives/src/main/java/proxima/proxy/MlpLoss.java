package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.train.Loss;
import proxima.train.Probe;

/// Mean squared error of a residual MLP, relative to the targets' variance.
final class MlpLoss implements Loss {

  private static final double EPSILON = 1e-6;

  private final Multiplier[] branches;
  private final Multiplier outputs;
  private final Norm norm;
  private final double variance;
  private final NDArray precision;

  /// @param variance of the targets
  MlpLoss(double variance, NDManager manager, ModuleSettings settings, DataType type) {
    Network network = settings.network();
    this.variance = variance;
    branches = new Multiplier[network.depth()];
    for (int l = 0; l < branches.length; l++) {
      branches[l] = new Multiplier(settings.of("block." + l + ".down").multiplier(), manager, type);
    }
    outputs = new Multiplier(settings.of("out").multiplier(), manager, type);
    norm = new Norm(network.ofType("norm.final").fanOut(), EPSILON, manager, type);
    precision = manager.create(1 / variance).toType(type, false);
  }

  @Override
  public NDArray of(NDList weights, NDList batch, Probe probe) {
    return outputs(weights, batch.get(0), probe).sub(batch.get(1)).square().mean().mul(precision);
  }

  @Override
  public NDList drawn(NDList weights, NDList batch, RandomGenerator random) {
    NDArray outputs = outputs(weights, batch.get(0), Probe.NONE);
    // The loss is of mean squares over examples and outputs: half its Hessian by the outputs is the identity over their number times the variance.
    double deviation = Math.sqrt(outputs.getShape().get(1) * variance / 2);
    return new NDList(batch.get(0), Tensors.noisy(outputs, deviation, random));
  }

  private NDArray outputs(NDList weights, NDArray inputs, Probe probe) {
    var w = weights.iterator();
    NDArray h = Tensors.linear(inputs, w.next());
    probe.see(Probe.EMBEDDING, h);
    for (Multiplier branch : branches) {
      NDArray gain = w.next();
      NDArray up = Tensors.linear(norm.of(h), w.next().mul(gain));
      probe.see("mlp.hidden", up);
      NDArray added = Tensors.linear(Activation.gelu(up), branch.times(w.next()));
      probe.see("mlp.branch", added, branch.factor());
      h = h.add(added);
      probe.see(Probe.STREAM, h);
    }
    NDArray gain = outputs.times(w.next());
    NDArray y = Tensors.linear(norm.of(h), w.next().mul(gain));
    probe.see(Probe.OUTPUT, y);
    return y;
  }
}
