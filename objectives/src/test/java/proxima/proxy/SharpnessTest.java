package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.module.UpdateRule;
import proxima.objective.EngineFault;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.space.Outcome;
import proxima.train.Coordinates;
import proxima.train.Device;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Probe;
import proxima.train.Problem;
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

  /// A problem whose loss is of its weights alone.
  private interface WithoutData extends Problem {

    @Override
    default NDList batch(NDManager manager, RandomGenerator random, DataType type) {
      return new NDList();
    }

    @Override
    default List<NDList> validation(NDManager manager, DataType type) {
      return List.of(new NDList());
    }

    @Override
    default double chance() {
      return 10;
    }

    @Override
    default double objective(double validationLoss) {
      return validationLoss;
    }
  }

  /// A loss of sum h w^2 / 2 over eight weights that begin at 1, half of them with h = 1 and half with h = 4.
  private record Quadratic(Layout layout) implements WithoutData {

    static final double[] CURVATURES = {1, 4, 1, 4, 1, 4, 1, 4};

    @Override
    public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
      NDArray half = manager.create(Arrays.stream(CURVATURES).map(h -> h / 2).toArray()).toType(type, false);
      return new Loss() {
        @Override
        public NDArray of(NDList weights, NDList batch, Probe probe) {
          return (weights.size() == 1 ? weights.getFirst() : NDArrays.concat(weights)).square().mul(half).sum();
        }

        @Override
        public NDList drawn(NDList weights, NDList batch, RandomGenerator random) {
          throw new UnsupportedOperationException("it predicts nothing");
        }
      };
    }
  }

  /// After t steps of gradient descent a weight is (1 - rate h)^t. The sharpest direction is at the edge where rate h = 2. Along the gradient the loss rises from 2 g^T g / (g^T H g) rates on.
  @ParameterizedTest(name = "rate {0}")
  @ValueSource(doubles = {0.02, 0.1, 0.4, 0.6})
  void whatIsKnownOfAQuadraticIsRead(double rate) throws InterruptedException {
    int steps = 5;
    List<Sharpness> readings = quadratic(steps, descent("w", Quadratic.CURVATURES.length, rate, 0));
    double loss = 0;
    double gg = 0;
    double ghg = 0;
    for (double h : Quadratic.CURVATURES) {
      double w = Math.pow(1 - rate * h, steps);
      loss += h * w * w / 2;
      gg += h * h * w * w;
      ghg += h * h * h * w * w;
    }
    assertThat(readings).hasSize(1);
    Sharpness read = readings.getFirst();
    assertThat(read.loss()).isCloseTo(loss, withinPercentage(1e-9));
    assertThat(read.hessian()).isCloseTo(4, withinPercentage(1));
    assertThat(read.effective()).isCloseTo(rate * 4 / 2, withinPercentage(1));
    assertThat(read.critical()).isCloseTo(rate * ghg / gg / 2, withinPercentage(1));
  }

  private static List<Sharpness> quadratic(int steps, ModuleSetting... modules) throws InterruptedException {
    ModuleSettings settings = new ModuleSettings(List.of(modules));
    var training = new Training(new Quadratic(Layout.of(settings.network())), steps + 1, CONSTANT, 1, Device.CPU, DataType.FLOAT64, 0);
    return Sharpness.along(training, settings, steps, 1);
  }

  private static ModuleSetting descent(String name, int length, double rate, double momentum) {
    Module module = new Module(name, name, ModuleRole.HIDDEN_VECTOR, 1, length, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    UpdateRule.SGD.hyperparameters().forEach(h -> values.put(h, 0.0));
    values.putAll(Map.of(Hyperparameter.LEARNING_RATE, rate, Hyperparameter.MOMENTUM, momentum, Hyperparameter.MULTIPLIER, 1.0));
    return new ModuleSetting(module, UpdateRule.SGD, values);
  }

  /// Heavy ball is stable up to 2 + 2 * 0.9, whatever moves the other weights.
  @Test
  void eachModuleHasItsOwnThreshold() throws InterruptedException {
    Sharpness read = quadratic(1, descent("slow", 4, 0.02, 0), descent("heavy", 4, 0.1, 0.9)).getFirst();
    assertThat(read.effective()).isCloseTo(0.1 * 4 / 3.8, withinPercentage(1));
  }

  /// A heavy ball overshoots: after three steps its next one is of 1.42 times the critical length, after five it goes uphill.
  @Test
  void aStepThatGoesUphillOrChangesNothingHasACriticalNumberBeyondWhatIsTried() throws InterruptedException {
    Sharpness downhill = quadratic(3, descent("w", Quadratic.CURVATURES.length, 0.05, 0.9)).getFirst();
    assertThat(downhill.critical()).isCloseTo(1.418, withinPercentage(1));
    assertThat(downhill.isCriticalKnown()).isTrue();
    Sharpness uphill = quadratic(5, descent("w", Quadratic.CURVATURES.length, 0.05, 0.9)).getFirst();
    assertThat(uphill.critical()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(uphill.isCriticalKnown()).isFalse();
    // The loss falls up to 2 / 4e-4 steps and further.
    Sharpness slow = quadratic(5, descent("w", Quadratic.CURVATURES.length, 1e-4, 0)).getFirst();
    assertThat(slow.critical()).isZero();
    assertThat(slow.isCriticalKnown()).isFalse();
  }

  /// The ends of what is tried are read as well.
  @ParameterizedTest(name = "rate {0}")
  @ValueSource(doubles = {1.5e-4, 2e-4})
  void aCriticalNumberNearTheEndOfWhatIsTriedIsKnownAsWell(double rate) throws InterruptedException {
    // With steps this short all weights still are near 1: 2 g^T g / (g^T H g) = 2 * 17 / 65.
    double critical = rate * 65 / (2 * 17);
    assertThat(critical).isGreaterThan(1.0 / Sharpness.FURTHEST);
    assertThat(quadratic(1, descent("w", Quadratic.CURVATURES.length, rate, 0)).getFirst().critical()).isCloseTo(critical, withinPercentage(1));
  }

  /// Below the edge a step can be longer by as much: on a quadratic a step of s times the rate lets the loss rise from s = 1 / effective on, along the sharpest direction.
  @Test
  void aSmallRateIsFarFromTheEdgeAndItsStepFromTheCriticalOne() throws InterruptedException {
    Sharpness last = along(settings(Optimizer.SGD, Map.of(Hyperparameter.LEARNING_RATE, 0.01, Hyperparameter.MOMENTUM, 0.0)), 101, 100).getLast();
    assertThat(last.effective()).isPositive().isLessThan(0.2);
    // The actual step is of all directions, not of the sharpest alone.
    assertThat(last.critical()).isPositive().isLessThan(1.05 * last.effective());
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

  /// The loss, 8 * 1.4^(2 t) and more, is finite all the way; it is above three times the first one's from the third step on, for ten steps at the twelfth.
  @Test
  void readingsEndWhereTheLossIsFarAboveChance() throws InterruptedException {
    ModuleSettings settings = new ModuleSettings(List.of(descent("w", Quadratic.CURVATURES.length, 0.6, 0)));
    var training = new Training(new Quadratic(Layout.of(settings.network())), 40, CONSTANT, 1, Device.CPU, DataType.FLOAT64, 0);
    assertThat(Sharpness.along(training, settings, 5, 1)).extracting(Sharpness::step).containsExactly(5L, 10L);
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

  /// A problem whose loss the engine can not work out, as where the device has no memory left.
  private record Impossible(Layout layout) implements WithoutData {

    @Override
    public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
      throw new EngineException("CUDA out of memory.\nmore of it");
    }
  }

  @Test
  void whatTheEngineCanNotDoIsAFaultOfItsOwn() throws InterruptedException {
    ModuleSettings settings = new ModuleSettings(List.of(descent("w", 4, 0.1, 0)));
    var problem = new Impossible(Layout.of(settings.network()));
    var training = new Training(problem, 10, CONSTANT, 1, Device.CPU, DataType.FLOAT64, 0);
    assertThatThrownBy(() -> Sharpness.along(training, settings, 5, 1)).isInstanceOf(EngineFault.class).hasMessage("the engine failed: CUDA out of memory.");
    assertThatThrownBy(() -> new Coordinates(problem, Device.CPU).run(settings, 5, 1)).isInstanceOf(EngineFault.class).hasMessage("the engine failed: CUDA out of memory.");
    assertThat(training.run(settings, 1, Monitor.NONE)).isEqualTo(new Outcome.Failed("the engine failed: CUDA out of memory."));
  }

  @Test
  void aRuleWithoutThresholdIsRefused() {
    assertThatThrownBy(() -> along(settings(Optimizer.LION, Map.of()), 10, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sharpness has a threshold for adamw and sgd");
  }
}
