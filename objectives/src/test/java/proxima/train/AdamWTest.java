package proxima.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import proxima.module.Hyperparameter;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.strategy.Seeds;

final class AdamWTest {

  /// An epsilon of 1e-2 tells PyTorch's convention from the one that adds it before the bias correction.
  private static final ModuleSettings SETTINGS =
      new ModuleSettings(
          List.of(
              setting("a", 2, 3, 0.1, 0.1, 0.9, 0.98, 1e-2),
              setting("b", 1, 4, 0.02, 0, 0.5, 0.999, 1e-8),
              setting("c", 5, 1, 1.5, 0.3, 0, 0.9, 0.3)));

  private static final int N = 15;

  @Test
  void agreesWithTheDefinitionEachModuleWithItsOwnValues() {
    double[] weights = normals(0);
    try (var run = new Run(weights, 1e9)) {
      var oracle = new Oracle(weights, 1e9);
      for (int t = 1; t <= 10; t++) {
        double[] gradient = normals(t);
        run.step(gradient, 1.0 / t);
        oracle.step(gradient, 1.0 / t);
        // Rounding of ten updates in 64 bits.
        assertThat(run.weights()).as("step " + t).containsExactly(oracle.w, within(1e-12));
      }
    }
  }

  @Test
  void clipsTheNormOfTheWholeGradient() {
    double[] weights = normals(0);
    try (var run = new Run(weights, 1)) {
      var oracle = new Oracle(weights, 1);
      for (int t = 1; t <= 10; t++) {
        double[] gradient = normals(t);
        double norm = run.step(gradient, 1);
        oracle.step(gradient, 1);
        assertThat(norm).isCloseTo(norm(gradient), within(1e-12));
        assertThat(run.weights()).as("step " + t).containsExactly(oracle.w, within(1e-12));
      }
    }
  }

  @Test
  void zeroesTheGradient() {
    try (var run = new Run(normals(0), 1)) {
      run.step(normals(1), 1);
      assertThat(run.gradient.toDoubleArray()).containsOnly(0);
    }
  }

  /// The definition, number by number.
  private static final class Oracle {
    final double[] w;
    final double[] m = new double[N];
    final double[] v = new double[N];
    final double clip;
    int t;

    Oracle(double[] weights, double clip) {
      w = weights.clone();
      this.clip = clip;
    }

    void step(double[] gradient, double factor) {
      t++;
      double scale = Math.min(1, clip / (norm(gradient) + 1e-6));
      int i = 0;
      for (ModuleSetting s : SETTINGS.settings()) {
        double rate = factor * s.learningRate();
        for (int end = i + (int) (s.module().fanIn() * s.module().fanOut()); i < end; i++) {
          double g = scale * gradient[i];
          w[i] -= rate * s.get(Hyperparameter.WEIGHT_DECAY) * w[i];
          m[i] = s.get(Hyperparameter.BETA1) * m[i] + (1 - s.get(Hyperparameter.BETA1)) * g;
          v[i] = s.get(Hyperparameter.BETA2) * v[i] + (1 - s.get(Hyperparameter.BETA2)) * g * g;
          double corrected = m[i] / (1 - Math.pow(s.get(Hyperparameter.BETA1), t));
          w[i] -= rate * corrected / (Math.sqrt(v[i] / (1 - Math.pow(s.get(Hyperparameter.BETA2), t))) + s.get(Hyperparameter.EPSILON));
        }
      }
    }
  }

  private static final class Run implements AutoCloseable {
    final boolean before = Torch.enter();
    final NDManager manager = Torch.manager(Device.CPU);
    final NDArray weights;
    final NDArray gradient;
    final Updates optimizer;

    Run(double[] start, double clip) {
      weights = manager.create(start, new Shape(N));
      gradient = manager.create(new double[N], new Shape(N));
      optimizer = new Updates(manager, Layout.of(SETTINGS.network()), weights, gradient, SETTINGS, clip);
    }

    double step(double[] g, double factor) {
      // Not set(): it gives the array new memory, which the slices do not see.
      gradient.addi(manager.create(g, new Shape(N)));
      return Training.scalar(optimizer.update(factor, manager));
    }

    double[] weights() {
      return weights.toDoubleArray();
    }

    @Override
    public void close() {
      optimizer.close();
      manager.close();
      Torch.leave(before);
    }
  }

  private static ModuleSetting setting(
      String name, int fanIn, int fanOut, double rate, double decay, double beta1, double beta2, double epsilon) {
    var module =
        new Module(name, name, ModuleRole.HIDDEN, fanIn, fanOut, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    return new ModuleSetting(module, rate, decay, beta1, beta2, epsilon, 1, 1);
  }

  private static double[] normals(long seed) {
    RandomGenerator random = Seeds.random(seed);
    return random.doubles(N).map(u -> 4 * u - 2).toArray();
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double xi : x) {
      sum += xi * xi;
    }
    return Math.sqrt(sum);
  }
}
