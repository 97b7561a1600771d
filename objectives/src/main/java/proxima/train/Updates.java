package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;

/// The steps of an optimizer: each module by its rule with values of its own, on slices of flat vectors, in one native call for each kind of rule.
///
/// Before them the whole gradient is scaled by min(1, clip / (|g| + 1e-6)); after them it is zeroed.
final class Updates implements AutoCloseable {

  private final PtSymbolBlock script;
  private final NDArray gradient;
  private final double clip;
  private final ModuleSettings settings;
  private final NDArray squares;
  private final List<Step> steps = new ArrayList<>();
  private long t;

  /// @param weights flat, a leaf
  /// @param gradient flat, the leaf's accumulated gradient
  /// @param settings of the layout's modules
  Updates(NDManager manager, Layout layout, NDArray weights, NDArray gradient, ModuleSettings settings, double clip) {
    this.gradient = gradient;
    this.clip = clip;
    script = Script.load((PtNDManager) manager);
    this.settings = settings;
    squares = manager.zeros(weights.getShape(), weights.getDataType());
    List<PtNDArray> ws = layout.views(weights);
    List<PtNDArray> gs = layout.views(gradient);
    List<PtNDArray> ms = layout.views(manager.zeros(weights.getShape(), weights.getDataType()));
    List<PtNDArray> vs = layout.views(squares);
    Map<Kernel, List<Tensor>> byKernel = new LinkedHashMap<>();
    for (int i = 0; i < ws.size(); i++) {
      ModuleSetting setting = settings.settings().get(i);
      byKernel.computeIfAbsent(Kernel.of(setting.rule()), _ -> new ArrayList<>()).add(new Tensor(setting, ws.get(i), gs.get(i), ms.get(i), vs.get(i)));
    }
    byKernel.forEach((kernel, tensors) -> steps.add(new Step(kernel, tensors)));
  }

  /// A module's values, and its parts of the flat vectors.
  record Tensor(ModuleSetting setting, PtNDArray weight, PtNDArray gradient, PtNDArray mean, PtNDArray square) {}

  /// What each weight would move by for each unit of the mean gradient, the diagonal of D in w -= D m, over the threshold of stability.
  /// @param factor of the schedule
  /// @throws IllegalArgumentException if a rule's step is no multiple of a mean gradient, weight by weight.
  double[] gains(double factor) {
    double[] gains = squares.toType(DataType.FLOAT64, true).toDoubleArray();
    int start = 0;
    for (ModuleSetting s : settings.settings()) {
      int end = start + Math.toIntExact(Layout.size(s.module()));
      for (int i = start; i < end; i++) {
        gains[i] = Stability.gain(s, gains[i], t) * factor;
      }
      start = end;
    }
    return gains;
  }

  /// One step; the thread's autograd must be off.
  /// @param factor of the schedule on all learning rates
  /// @return the gradient's norm before the clipping, on `step`
  NDArray update(double factor, NDManager step) {
    t++;
    NDArray norm = clip(step);
    steps.forEach(s -> s.run(script, factor, t));
    zero();
    return norm;
  }

  /// The estimate of curvature that is due after the last step.
  Optional<Curvature> due() {
    return t % Curvature.INTERVAL == 0 ? steps.stream().flatMap(s -> s.kernel().curvature().stream()).findFirst() : Optional.empty();
  }

  /// Estimates curvature on a batch.
  /// @param loss whose accumulated gradient is this one's
  void estimate(Curvature curvature, Gradient loss, NDList batch, RandomGenerator random, NDManager step) {
    switch (curvature) {
      case BARTLETT -> loss.add(loss.drawn(batch, random, step), step);
      case HUTCHINSON -> {
        float[] u = new float[Math.toIntExact(gradient.size())];
        for (int i = 0; i < u.length; i++) {
          u[i] = (float) random.nextGaussian();
        }
        NDArray direction = step.create(u).toType(gradient.getDataType(), false);
        gradient.addi(loss.hessianTimes(batch, direction, script, step).mul(direction));
      }
    }
    see(curvature, (double) batch.get(0).getShape().get(0), step);
  }

  /// Takes in an estimate, which stands in place of the gradient: that of a batch with targets drawn from the model, which is clipped as others are, or u times (H u).
  /// @param examples of that batch, each with a loss of its own in the mean
  void see(Curvature curvature, double examples, NDManager step) {
    double factor =
        switch (curvature) {
          case BARTLETT -> {
            clip(step).close();
            gradient.muli(gradient);
            yield examples;
          }
          case HUTCHINSON -> 1;
        };
    steps.stream().filter(s -> s.kernel().curvature().isPresent()).forEach(s -> s.see(script, factor));
    zero();
  }

  private void zero() {
    try (IValue g = IValue.from((PtNDArray) gradient)) {
      IValueUtils.runMethod(script, "zero", g).close();
    }
  }

  private NDArray clip(NDManager step) {
    try (IValue g = IValue.from((PtNDArray) gradient);
        IValue bound = IValue.from(clip);
        IValue norm = IValueUtils.runMethod(script, "clip", g, bound)) {
      return norm.toTensor((PtNDManager) step);
    }
  }

  @Override
  public void close() {
    steps.forEach(Step::close);
    script.close();
  }
}
