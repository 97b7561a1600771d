package proxima.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The steps of the modules that one kernel moves.
final class Step implements AutoCloseable {

  private final Kernel kernel;
  private final List<IValue> fixed = new ArrayList<>();

  Step(Kernel kernel, List<Updates.Tensor> tensors) {
    this.kernel = kernel;
    fixed.add(list(tensors, Updates.Tensor::weight));
    fixed.add(list(tensors, Updates.Tensor::gradient));
    kernel.states().forEach(state -> fixed.add(list(tensors, t -> state(t, state))));
    kernel.numbers().forEach(number -> fixed.add(IValue.listFrom(tensors.stream().mapToDouble(t -> number.applyAsDouble(t.setting())).toArray())));
  }

  private static PtNDArray state(Updates.Tensor t, Kernel.State state) {
    NDManager manager = t.weight().getManager();
    Shape shape = t.weight().getShape();
    return switch (state) {
      case MEAN -> t.mean();
      case SQUARE -> t.square();
      case ROWS -> (PtNDArray) manager.zeros(new Shape(shape.get(0), shape.get(0)), t.weight().getDataType());
      case COLUMNS -> (PtNDArray) manager.zeros(new Shape(shape.get(1), shape.get(1)), t.weight().getDataType());
    };
  }

  private IValue list(List<Updates.Tensor> tensors, Function<Updates.Tensor, PtNDArray> part) {
    if (kernel != Kernel.ADAMW) {
      return IValue.listFrom(tensors.stream().map(part).toArray(PtNDArray[]::new));
    }
    // Its native step takes lists. Each tensor is a list of its own: the script's compiler drops an update of lists that it makes itself, as if nobody could see it.
    IValue[] lists = tensors.stream().map(t -> IValue.listFrom(part.apply(t))).toArray(IValue[]::new);
    IValue all = IValue.listFrom(lists);
    for (IValue list : lists) {
      list.close();
    }
    return all;
  }

  Kernel kernel() {
    return kernel;
  }

  /// @param t the step, from 1
  void run(PtSymbolBlock script, double factor, long t) {
    call(script, kernel.method(), factor, t);
  }

  /// Takes in an estimate of the curvature that stands in place of the gradient.
  void see(PtSymbolBlock script, double factor) {
    call(script, "curvature", factor, 0);
  }

  private void call(PtSymbolBlock script, String method, double factor, long t) {
    IValue[] arguments = new IValue[fixed.size() + 2];
    fixed.toArray(arguments);
    try (IValue f = IValue.from(factor);
        IValue step = IValue.from(t)) {
      arguments[fixed.size()] = f;
      arguments[fixed.size() + 1] = step;
      IValueUtils.runMethod(script, method, arguments).close();
    }
  }

  @Override
  public void close() {
    fixed.forEach(IValue::close);
  }
}
