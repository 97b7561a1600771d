package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;

/// A problem's loss and its gradient by a flat vector of weights, accumulated in one array.
final class Gradient {

  private final PtNDArray weights;
  private final PtNDArray one;
  private final PtNDArray accumulated;
  private final Loss loss;
  private final long[] sizes;
  private final Shape[] shapes;

  /// @param weights flat, a leaf that requires a gradient
  Gradient(Problem problem, NDManager manager, NDArray weights, ModuleSettings settings, DataType type) {
    this.weights = (PtNDArray) weights;
    one = (PtNDArray) manager.ones(new Shape(), type);
    loss = problem.loss(manager, settings, type);
    List<Layout.Span> spans = problem.layout().spans();
    sizes = spans.stream().mapToLong(s -> s.shape().size()).toArray();
    shapes = spans.stream().map(Layout.Span::shape).toArray(Shape[]::new);
    // The first backward pass makes the array that all later ones add to.
    JniUtils.setGradMode(true);
    try (PtNDArray sum = (PtNDArray) weights.sum()) {
      JniUtils.backward(sum, one, false, false);
    } finally {
      JniUtils.setGradMode(false);
    }
    JniUtils.zeroGrad(this.weights);
    accumulated = JniUtils.getGradient(this.weights);
  }

  NDArray accumulated() {
    return accumulated;
  }

  /// Adds the gradient of a batch's loss; returns the loss.
  NDArray add(NDList batch, NDManager step) {
    return add(batch, step, Probe.NONE);
  }

  /// The same, with a look at the activations.
  NDArray add(NDList batch, NDManager step, Probe probe) {
    JniUtils.setGradMode(true);
    try {
      NDArray value = loss.of(split(step), batch, probe);
      JniUtils.backward((PtNDArray) value, one, false, false);
      return value;
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /// The batch with targets drawn from the model's own predictions.
  NDList drawn(NDList batch, RandomGenerator random, NDManager step) {
    return loss.drawn(split(step), batch, random);
  }

  /// The Hessian of a batch's loss times a direction, exactly: the gradient of the gradient's part along it.
  /// @param direction as long as the weights
  NDArray hessianTimes(NDList batch, NDArray direction, PtSymbolBlock script, NDManager step) {
    JniUtils.setGradMode(true);
    try (NDArray method = step.create(0f)) {
      method.setName("module_method:hessian");
      NDArray value = loss.of(split(step), batch, Probe.NONE);
      return IValueUtils.forward(script, new NDList(value, weights, direction, method), true).singletonOrThrow();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /// Mean loss over batches of equal size.
  double mean(List<NDList> batches) {
    double sum = 0;
    for (NDList batch : batches) {
      try (NDManager step = weights.getManager().newSubManager()) {
        NDList input = new NDList(batch.size());
        batch.forEach(a -> input.add(view(a, step)));
        sum += Training.scalar(loss.of(split(step), input, Probe.NONE));
      }
    }
    return sum / batches.size();
  }

  /// A second handle on an array whose results attach to the step.
  static NDArray view(NDArray array, NDManager step) {
    NDArray view = array.reshape(array.getShape());
    view.attach(step);
    return view;
  }

  private NDList split(NDManager step) {
    NDList parts = JniUtils.split(weights, sizes, 0);
    parts.attach(step);
    NDList shaped = new NDList(shapes.length);
    for (int i = 0; i < shapes.length; i++) {
      shaped.add(shapes[i].dimension() == 1 ? parts.get(i) : parts.get(i).reshape(shapes[i]));
    }
    return shaped;
  }
}
