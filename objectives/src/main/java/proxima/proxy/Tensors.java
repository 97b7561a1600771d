package proxima.proxy;

import ai.djl.ndarray.NDArray;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import proxima.train.Probe;

/// Operations that several networks use.
final class Tensors {

  private Tensors() {}

  /// x W^T, for W in the layout (out, in).
  static NDArray linear(NDArray x, NDArray weight) {
    return x.getNDArrayInternal().linear(x, weight, null).singletonOrThrow();
  }

  /// A class for each row of logarithmic probabilities, drawn from them: with Gumbel noise, the largest is distributed as they say.
  static NDArray drawn(NDArray predictions, RandomGenerator random) {
    float[] noise = new float[Math.toIntExact(predictions.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) -Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
    }
    NDArray gumbel = predictions.getManager().create(noise, predictions.getShape()).toType(predictions.getDataType(), false);
    return predictions.add(gumbel).argMax(1);
  }

  /// The hidden units of an MLP.
  /// @param h (N, d), without the gain of its norm
  static NDArray hidden(Activation activation, NDArray h, NDArray gain, Iterator<NDArray> w, Probe probe) {
    NDArray first = linear(h, w.next().mul(gain));
    probe.see("mlp.hidden", first);
    return switch (activation) {
      case GELU -> ai.djl.nn.Activation.gelu(first);
      case SWIGLU -> first.mul(ai.djl.nn.Activation.sigmoid(first)).mul(linear(h, w.next().mul(gain)));
    };
  }

  /// With normal noise of its own on each entry.
  static NDArray noisy(NDArray x, double deviation, RandomGenerator random) {
    float[] noise = new float[Math.toIntExact(x.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (deviation * random.nextGaussian());
    }
    return x.add(x.getManager().create(noise, x.getShape()).toType(x.getDataType(), false));
  }
}
