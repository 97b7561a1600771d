package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.train.Device;
import proxima.train.Layout;
import proxima.train.Schedule;
import proxima.train.Sharpness;
import proxima.train.Training;

final class SharpnessTest {

  private static final Scale SCALE = new Scale(32, 1, 48, 48 * 400);
  private static final Network NETWORK = new TanhMlp(16).at(SCALE);
  private static final Schedule CONSTANT = new Schedule(Schedule.Shape.CONSTANT, 0, 0);

  private static ModuleSettings settings(Optimizer optimizer, Map<Hyperparameter, Double> some) {
    Map<Hyperparameter, Double> values = new EnumMap<>(optimizer.defaults());
    values.put(Hyperparameter.WEIGHT_DECAY, 0.0);
    values.putAll(some);
    return new Transfer(ScalingRule.of(ScalingTable.MUP, 1), SCALE, NETWORK, new Hyperparameters(optimizer, values), Factors.NONE).base();
  }

  private static List<Sharpness> along(ModuleSettings settings, long steps, long every) throws InterruptedException {
    var problem = new RandomLabels(new TanhMlp(16), Layout.of(NETWORK), 48);
    return Sharpness.along(new Training(problem, steps, CONSTANT, 1e9, Device.CPU, DataType.FLOAT64, 0), settings, every, 1);
  }

  /// Gradient descent sharpens until it is at the edge of stability, where it stays: Cohen et al. 2021.
  @Test
  void gradientDescentComesToTheEdge() throws InterruptedException {
    List<Sharpness> readings = along(settings(Optimizer.SGD, Map.of(Hyperparameter.LEARNING_RATE, 0.4, Hyperparameter.MOMENTUM, 0.0)), 400, 50);
    assertThat(readings).extracting(Sharpness::step).containsExactly(50L, 100L, 150L, 200L, 250L, 300L, 350L);
    Sharpness last = readings.getLast();
    assertThat(last.effective()).isCloseTo(1, within(0.1));
    // One rate for all: D is the rate, and the threshold 2 over it.
    assertThat(last.hessian() * 0.4 / 2).isCloseTo(last.effective(), within(0.02));
    assertThat(last.residual()).isLessThan(0.05);
    assertThat(readings.getFirst().loss()).isGreaterThan(last.loss());
  }

  /// Below the edge a step can be longer by as much: on a quadratic a step of s times the rate lets the loss rise from s = 1 / effective on, along the sharpest direction.
  @Test
  void aSmallRateIsFarFromTheEdgeAndItsStepFromTheCriticalOne() throws InterruptedException {
    Sharpness last = along(settings(Optimizer.SGD, Map.of(Hyperparameter.LEARNING_RATE, 0.01, Hyperparameter.MOMENTUM, 0.0)), 101, 100).getLast();
    assertThat(last.effective()).isBetween(0.0, 0.2);
    // The actual step is of all directions, not of the sharpest alone.
    assertThat(last.critical()).isBetween(0.0, 1.05 * last.effective());
  }

  @Test
  void adamsPreconditionedSharpnessIsReadAgainstItsOwnThreshold() throws InterruptedException {
    List<Sharpness> readings = along(settings(Optimizer.ADAMW, Map.of(Hyperparameter.LEARNING_RATE, 3e-3, Hyperparameter.BETA2, 0.99)), 401, 100);
    // At the edge or short of it, while the raw eigenvalue says nothing: it is far above 2 over the rate's reciprocal.
    assertThat(readings.getLast().effective()).isBetween(0.3, 1.2);
    assertThat(readings).allSatisfy(r -> assertThat(r.hessian()).isPositive());
  }

  @Test
  void readingsEndWhereATrainingDiverges() throws InterruptedException {
    for (double rate : new double[] {1e20, 1e80, 1e150, 1e300}) {
      assertThat(along(settings(Optimizer.SGD, Map.of(Hyperparameter.LEARNING_RATE, rate, Hyperparameter.MOMENTUM, 0.0)), 40, 10)).as("rate " + rate).hasSizeLessThan(3);
    }
  }

  /// Under the standard parameterisation the weights of a wide network grow until products with the Hessian overflow, where the loss has not yet.
  @Test
  void readingsEndWhereCurvatureIsNotFinite() throws InterruptedException {
    Scale narrow = new Scale(64, 1, 48, 48 * 400);
    Scale wide = new Scale(256, 1, 48, 48 * 400);
    Network network = new TanhMlp(16).at(wide);
    Hyperparameters sgd = new Hyperparameters(Optimizer.SGD, Map.of(Hyperparameter.LEARNING_RATE, 0.2, Hyperparameter.WEIGHT_DECAY, 0.0, Hyperparameter.MOMENTUM, 0.0));
    ModuleSettings settings = new Transfer(ScalingRule.of(ScalingTable.SP, 1), narrow, new TanhMlp(16).at(narrow), sgd, Factors.NONE).at(wide, network);
    var problem = new RandomLabels(new TanhMlp(16), Layout.of(network), 48);
    var warm = new Schedule(Schedule.Shape.CONSTANT, 0.1, 0);
    List<Sharpness> readings = Sharpness.along(new Training(problem, 400, warm, 1, Device.CPU, DataType.FLOAT32, 0), settings, 5, 0);
    assertThat(readings).hasSizeBetween(1, 20).allSatisfy(r -> assertThat(r.loss() + r.hessian() + r.effective()).isFinite());
  }

  @Test
  void aRuleWithoutThresholdIsRefused() {
    assertThatThrownBy(() -> along(settings(Optimizer.LION, Map.of()), 10, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sharpness has a threshold for adamw and sgd");
  }
}
