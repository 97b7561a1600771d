package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoxMinimizerTest {

  private static final BoxMinimizer MINIMIZER = new BoxMinimizer(1e-9, 0, 2000);

  /// sum_i 100 (x_(i+1) - x_i^2)^2 + (1 - x_i)^2.
  static double rosenbrock(double[] x, double[] gradient) {
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double a = x[i + 1] - x[i] * x[i];
      double b = 1 - x[i];
      sum += 100 * a * a + b * b;
      gradient[i] += -400 * x[i] * a - 2 * b;
      gradient[i + 1] += 200 * a;
    }
    return sum;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void boundedQuadraticsSatisfyTheOptimalityConditions(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(15);
    double[][] g = new double[n][];
    for (int i = 0; i < n; i++) {
      g[i] = random.doubles(n).map(u -> 2 * u - 1).toArray();
    }
    double[] centre = random.doubles(n).map(u -> 4 * u - 2).toArray();
    Smooth quadratic =
        (x, gradient) -> {
          // |G (x - centre)|^2 / 2 + |x - centre|^2 / 20
          Arrays.fill(gradient, 0);
          double sum = 0;
          for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
              row += g[i][j] * (x[j] - centre[j]);
            }
            sum += 0.5 * row * row + 0.05 * Math.pow(x[i] - centre[i], 2);
            gradient[i] += 0.1 * (x[i] - centre[i]);
            for (int j = 0; j < n; j++) {
              gradient[j] += row * g[i][j];
            }
          }
          return sum;
        };
    double[] lower = new double[n];
    double[] upper = new double[n];
    Arrays.fill(lower, -1);
    Arrays.fill(upper, 1);
    Minimum minimum = MINIMIZER.minimize(quadratic, new double[n], lower, upper);
    double[] gradient = new double[n];
    assertThat(quadratic.at(minimum.x(), gradient)).isEqualTo(minimum.value());
    for (int i = 0; i < n; i++) {
      double x = minimum.x()[i];
      assertThat(x).isBetween(-1.0, 1.0);
      assertThat(Math.clamp(x - gradient[i], -1, 1)).isCloseTo(x, within(1e-8));
    }
  }

  @Test
  void aCornerIsReachedAndFixedCoordinatesStay() {
    Smooth plane =
        (x, gradient) -> {
          gradient[0] = 1;
          gradient[1] = -2;
          gradient[2] = 3;
          return x[0] - 2 * x[1] + 3 * x[2];
        };
    Minimum minimum = MINIMIZER.minimize(plane, new double[] {5, 0, 0.3}, new double[] {0, 0, 0.5}, new double[] {1, 7, 0.5});
    assertThat(minimum.x()).containsExactly(0, 7, 0.5);
  }

  @Test
  void holesInTheDomainAreSteppedBackFrom() {
    Smooth hole =
        (x, gradient) -> {
          gradient[0] = 1 / (x[0] - 0.2) * -1 + 1;
          return x[0] <= 0.2 ? Double.NaN : x[0] - Math.log(x[0] - 0.2);
        };
    assertThat(MINIMIZER.minimize(hole, new double[] {9}, new double[] {-10}, new double[] {10}).x()[0]).isCloseTo(1.2, within(1e-6));
    Minimum nowhere = MINIMIZER.minimize(hole, new double[] {0}, new double[] {-10}, new double[] {0.1});
    assertThat(nowhere.value()).isInfinite();
  }

  @Test
  void noVariablesAreAMinimum() {
    assertThat(MINIMIZER.minimize((x, gradient) -> 3, new double[0], new double[0], new double[0]).value()).isEqualTo(3);
  }

  @Test
  void anEmptyBoxIsRefused() {
    assertThatThrownBy(() -> MINIMIZER.minimize((x, gradient) -> 0, new double[1], new double[] {1}, new double[] {0}))
        .hasMessageContaining("coordinate 0 has 1.0 and 0.0");
  }
}
