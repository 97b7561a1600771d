package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;
import proxima.train.Loss;
import proxima.train.Probe;

/// Mean cross-entropy of a residual convolutional network's classes.
final class ConvolutionLoss implements Loss {

  private static final double EPSILON = 1e-6;

  private final int kernel;
  private final Multiplier[] branches;
  private final Multiplier logits;
  private final Norm norm;

  ConvolutionLoss(ResidualConvolution shape, NDManager manager, ModuleSettings settings, DataType type) {
    kernel = shape.kernel();
    branches = new Multiplier[settings.network().depth()];
    for (int l = 0; l < branches.length; l++) {
      branches[l] = new Multiplier(settings.of("block." + l + ".conv2").multiplier(), manager, type);
    }
    logits = new Multiplier(settings.of("head").multiplier(), manager, type);
    norm = new Norm(settings.network().ofType("norm.final").fanOut(), EPSILON, manager, type);
  }

  @Override
  public NDArray of(NDList weights, NDList batch, Probe probe) {
    NDArray labels = batch.get(1);
    return predictions(weights, batch.get(0), probe).gather(labels.reshape(labels.size(), 1), 1).mean().neg();
  }

  @Override
  public NDList drawn(NDList weights, NDList batch, RandomGenerator random) {
    return new NDList(batch.get(0), Tensors.drawn(predictions(weights, batch.get(0), Probe.NONE), random));
  }

  /// Logarithms of the probabilities of the classes: (images, classes).
  private NDArray predictions(NDList weights, NDArray images, Probe probe) {
    var w = weights.iterator();
    NDArray h = convolved(images, w.next(), 2);
    probe.see(Probe.EMBEDDING, h);
    for (Multiplier branch : branches) {
      NDArray gain = w.next();
      NDArray inner = convolved(norm.of(h, 1), gained(w.next(), gain), 1);
      probe.see("conv.hidden", inner);
      NDArray added = convolved(Activation.gelu(inner), branch.times(w.next()), 1);
      probe.see("conv.branch", added, branch.factor());
      h = h.add(added);
      probe.see(Probe.STREAM, h);
    }
    NDArray gain = logits.times(w.next());
    Shape shape = h.getShape();
    NDArray mean = norm.of(h, 1).reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3)).mean(new int[] {2});
    NDArray scores = Tensors.linear(mean, w.next().mul(gain));
    probe.see(Probe.OUTPUT, scores);
    return scores.logSoftmax(1);
  }

  /// Kernels with the gain of each channel that they see.
  private NDArray gained(NDArray weight, NDArray gain) {
    long out = weight.getShape().get(0);
    long in = gain.size();
    return weight.reshape(out, in, (long) kernel * kernel).mul(gain.reshape(1, in, 1));
  }

  /// @param x (images, channels, height, width)
  /// @param weight (out, in k k), or the same values in another shape
  private NDArray convolved(NDArray x, NDArray weight, int stride) {
    long out = weight.getShape().get(0);
    NDArray kernels = weight.reshape(out, x.getShape().get(1), kernel, kernel);
    long pad = kernel / 2;
    return x.getNDArrayInternal()
        .convolution(x, kernels, null, new Shape(stride, stride), new Shape(pad, pad), new Shape(1, 1), 1)
        .singletonOrThrow();
  }
}
