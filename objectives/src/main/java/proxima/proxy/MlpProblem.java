package proxima.proxy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;
import proxima.strategy.Seeds;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Problem;

/// A residual MLP that learns a teacher from an endless stream of examples.
final class MlpProblem implements Problem {

  private final Layout layout;
  private final Teacher teacher;
  private final int examples;
  private final float[] inputs;
  private final float[] targets;
  private final double variance;

  /// @param examples in a batch
  MlpProblem(Layout layout, Teacher teacher, int examples, long seed) {
    this.layout = layout;
    this.teacher = teacher;
    this.examples = examples;
    inputs = teacher.inputs(Teacher.VALIDATION, Seeds.random(seed, 1));
    targets = teacher.outputs(inputs);
    variance = Teacher.variance(targets);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
    return new MlpLoss(variance, manager, settings, type);
  }

  @Override
  public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
    float[] x = teacher.inputs(examples, random);
    return rows(manager, x, teacher.outputs(x), type);
  }

  @Override
  public List<NDList> validation(NDManager manager, DataType type) {
    return List.of(rows(manager, inputs, targets, type));
  }

  private static NDList rows(NDManager manager, float[] x, float[] y, DataType type) {
    long n = x.length / Teacher.INPUTS;
    return new NDList(
        manager.create(x, new Shape(n, Teacher.INPUTS)).toType(type, false),
        manager.create(y, new Shape(n, Teacher.OUTPUTS)).toType(type, false));
  }

  @Override
  public double chance() {
    return 1;
  }

  @Override
  public double objective(double validationLoss) {
    return Math.log(validationLoss);
  }
}
