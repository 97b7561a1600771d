package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelSumTest {

  private static final List<Double> FACTORS = List.of(1.0, 0.3, 2.0);

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Point> centres = Stream.generate(() -> Point.of(random.doubles(3).toArray())).limit(20).toList();
  private final List<Double> weights = random.doubles(20, -1, 1).boxed().toList();
  private final KernelSum sum = new KernelSum(centres, weights, 0.7, FACTORS, 0.25);

  @Test
  void isTheSumOfItsKernels() {
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(3).toArray())).limit(10).toList();
    double[] values = sum.at(points);
    for (int p = 0; p < points.size(); p++) {
      double expected = 0.25;
      for (int i = 0; i < centres.size(); i++) {
        double square = 0;
        for (int j = 0; j < 3; j++) {
          square += Math.pow(FACTORS.get(j) * (points.get(p).get(j) - centres.get(i).get(j)), 2);
        }
        double r = Math.sqrt(5 * square) / 0.7;
        expected += weights.get(i) * (1 + r + r * r / 3) * Math.exp(-r);
      }
      assertThat(values[p]).isCloseTo(expected, within(1e-12));
      assertThat(sum.at(points.get(p))).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void slopesAreCentralDifferences() {
    for (int k = 0; k < 20; k++) {
      double[] x = random.doubles(3, 0.01, 0.99).toArray();
      double[] slope = new double[3];
      sum.at(Point.of(x), slope);
      for (int i = 0; i < 3; i++) {
        double[] up = x.clone();
        double[] down = x.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        assertThat(slope[i]).isCloseTo((sum.at(Point.of(up)) - sum.at(Point.of(down))) / 2e-5, within(1e-7));
      }
    }
    // At a centre the kernel is flat.
    double[] slope = new double[3];
    new KernelSum(centres.subList(0, 1), List.of(1.0), 0.5, FACTORS, 0).at(centres.getFirst(), slope);
    assertThat(slope).containsExactly(0, 0, 0);
  }

  @Test
  void whatIsNoSumIsRefused() {
    assertThatThrownBy(() -> new KernelSum(List.of(), List.of(), 1, FACTORS, 0)).hasMessage("each of one or more centres has a weight, got 0 centres and 0 weights");
    assertThatThrownBy(() -> new KernelSum(centres, weights, 0, FACTORS, 0)).hasMessage("a length scale is above 0, got 0.0");
    assertThatThrownBy(() -> new KernelSum(centres, weights, 1, List.of(1.0, 1.0), 0)).hasMessage("each of 3 coordinates has a factor of 0 or more, got [1.0, 1.0]");
    assertThatThrownBy(() -> new KernelSum(centres, weights, 1, List.of(1.0, -1.0, 1.0), 0)).hasMessage("each of 3 coordinates has a factor of 0 or more, got [1.0, -1.0, 1.0]");
  }
}
