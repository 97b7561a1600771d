package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;

/// AdamW with values of its own for each module, on slices of flat vectors, in one native call a step.
///
/// For each module: w -= lr decay w; m and v are the moments; w -= lr / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + epsilon).
/// Before that, the whole gradient is scaled by min(1, clip / (|g| + 1e-6)); after it, the gradient is zeroed.
final class AdamW implements AutoCloseable {

  private final PtNDManager manager;
  private final PtSymbolBlock script;
  private final List<IValue> fixed = new ArrayList<>();
  private final double clip;

  /// @param weights flat, a leaf
  /// @param gradient flat, the leaf's accumulated gradient
  AdamW(NDManager manager, NDArray weights, NDArray gradient, ModuleSettings settings, double clip) {
    this.manager = (PtNDManager) manager;
    this.clip = clip;
    script = Script.load(this.manager);
    Shape shape = weights.getShape();
    DataType type = weights.getDataType();
    List<Module> modules = settings.network().modules();
    fixed.add(slices(modules, weights));
    fixed.add(slices(modules, gradient));
    fixed.add(slices(modules, manager.zeros(shape, type)));
    fixed.add(slices(modules, manager.zeros(shape, type)));
    fixed.add(IValue.from((PtNDArray) gradient));
    fixed.add(IValue.listFrom((PtNDArray) manager.zeros(new Shape(), DataType.FLOAT32)));
    fixed.add(values(settings, ModuleSetting::learningRate));
    fixed.add(values(settings, ModuleSetting::weightDecay));
    fixed.add(values(settings, ModuleSetting::beta1));
    fixed.add(values(settings, ModuleSetting::beta2));
    fixed.add(values(settings, ModuleSetting::epsilon));
  }

  /// A list of one slice for each module. Each slice is a list of its own: the script's compiler drops an update of lists that it makes
  /// itself, as if nobody could see it.
  private IValue slices(List<Module> modules, NDArray flat) {
    IValue[] slices = new IValue[modules.size()];
    long start = 0;
    for (int i = 0; i < slices.length; i++) {
      long end = start + Layout.size(modules.get(i));
      PtNDArray slice = (PtNDArray) flat.get(start + ":" + end);
      slice.attach(manager);
      slices[i] = IValue.listFrom(slice);
      start = end;
    }
    IValue list = IValue.listFrom(slices);
    for (IValue slice : slices) {
      slice.close();
    }
    return list;
  }

  private static IValue values(ModuleSettings settings, ToDoubleFunction<ModuleSetting> value) {
    return IValue.listFrom(settings.settings().stream().mapToDouble(value).toArray());
  }

  /// One update; the thread's autograd must be off.
  /// @param factor of the schedule on all learning rates
  /// @return the gradient's norm before the clipping, on `step`
  NDArray update(double factor, NDManager step) {
    IValue[] arguments = new IValue[fixed.size() + 2];
    fixed.toArray(arguments);
    arguments[fixed.size()] = IValue.from(factor);
    arguments[fixed.size() + 1] = IValue.from(clip);
    try (IValue norm = IValueUtils.runMethod(script, "adamw", arguments)) {
      return norm.toTensor((PtNDManager) step);
    } finally {
      arguments[fixed.size()].close();
      arguments[fixed.size() + 1].close();
    }
  }

  @Override
  public void close() {
    fixed.forEach(IValue::close);
    script.close();
  }
}
