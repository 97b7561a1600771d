package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.linear.Cholesky;
import proxima.linear.Matrix;

class MinimumVolumeTest {

  private static final double[] NO_PRIOR = {};

  private static double[][] cloud(int n, int d, long seed) {
    var random = new SplittableRandom(seed);
    double[][] stretch = IntStream.range(0, d).mapToObj(_ -> random.doubles(d, -1, 1).toArray()).toArray(double[][]::new);
    double[][] points = new double[n][d];
    for (double[] x : points) {
      double[] g = IntStream.range(0, d).mapToDouble(_ -> random.nextGaussian()).toArray();
      for (int i = 0; i < d; i++) {
        x[i] = 0.5 + 0.1 * (g[i] + IntStream.range(0, d).mapToDouble(at(stretch[i], g)).sum() / d);
      }
    }
    return points;
  }

  private static IntToDoubleFunction at(double[] a, double[] b) {
    return j -> a[j] * b[j];
  }

  /// (x - c)^T S^-1 (x - c) of each point, from the definition.
  private static double[] distances(MinimumVolume e, double[][] points) {
    int d = points[0].length;
    Matrix inverse = Cholesky.of(Matrix.of(d, d, e.scatter())).orElseThrow().inverse();
    double[] c = e.centre();
    return Arrays.stream(points)
        .mapToDouble(x -> {
          double sum = 0;
          for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
              sum += (x[i] - c[i]) * inverse.get(i, j) * (x[j] - c[j]);
            }
          }
          return sum;
        })
        .toArray();
  }

  /// John's conditions are necessary and sufficient: no point has a distance above d, and c and S are the weighted mean and scatter of points that have d.
  @ParameterizedTest(name = "{0} points in {1} dimensions")
  @CsvSource({"3, 2", "10, 2", "34, 7", "100, 7", "60, 20", "200, 40"})
  void satisfiesTheOptimalityConditions(int n, int d) {
    double[][] points = cloud(n, d, n + d);
    MinimumVolume e = MinimumVolume.of(points, 0, 0, NO_PRIOR);
    assertThat(e.gap()).isLessThan(MinimumVolume.TOLERANCE);
    double[] distances = distances(e, points);
    // The gap is relative to d + 1.
    assertThat(Arrays.stream(distances).max().orElseThrow()).isLessThan(d + 2e-7 * (d + 1));
    assertThat(e.level()).isCloseTo(d, within(2e-7 * (d + 1)));
    double[][] border = IntStream.range(0, n).filter(k -> distances[k] > d - 2e-7 * (d + 1)).mapToObj(k -> moment(points[k])).toArray(double[][]::new);
    double[] expected = moment(e.centre());
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        expected[index(i, j)] += e.scatter()[i * d + j];
      }
    }
    RealMatrix moments = new Array2DRowRealMatrix(border, false).transpose();
    double[] weights = new QRDecomposition(moments).getSolver().solve(new ArrayRealVector(expected, false)).toArray();
    assertThat(Arrays.stream(weights).min().orElseThrow()).isGreaterThan(-1e-9);
    assertThat(moments.operate(weights)).containsExactly(expected, within(1e-10));
  }

  /// The lower half of q q^T, q = (x, 1), by rows.
  private static double[] moment(double[] x) {
    int d = x.length;
    double[] moment = new double[index(d, d) + 1];
    for (int i = 0; i <= d; i++) {
      for (int j = 0; j <= i; j++) {
        moment[index(i, j)] = (i < d ? x[i] : 1) * (j < d ? x[j] : 1);
      }
    }
    return moment;
  }

  private static int index(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  @Test
  void aSquareHasItsCircle() {
    MinimumVolume e = MinimumVolume.of(new double[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {0.4, 0.6}}, 0, 0, NO_PRIOR);
    assertThat(e.centre()).containsExactly(new double[] {0.5, 0.5}, within(1e-7));
    double[] shape = Arrays.stream(e.scatter()).map(s -> s * e.level()).toArray();
    assertThat(shape).containsExactly(new double[] {0.5, 0, 0, 0.5}, within(1e-6));
  }

  /// An affine map of the points maps the ellipsoid.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void movesWithItsPoints(long seed) {
    double[][] points = cloud(30, 3, seed);
    double[][] moved = Arrays.stream(points).map(x -> new double[] {2 * x[0] + x[1], 3 * x[1], x[2] - x[0] + 5}).toArray(double[][]::new);
    double[] before = distances(MinimumVolume.of(points, 0.2, 0, NO_PRIOR), points);
    double[] after = distances(MinimumVolume.of(moved, 0.2, 0, NO_PRIOR), moved);
    // 1e-5: two descents to a gap of 1e-7.
    assertThat(after).containsExactly(before, within(1e-5));
  }

  @ParameterizedTest(name = "nu {0}")
  @ValueSource(doubles = {0.05, 0.1, 0.2, 0.4})
  void leavesOutAtMostItsShare(double nu) {
    int n = 100;
    double[][] points = cloud(n, 4, 5);
    points[0] = new double[] {3, 3, 3, 3};
    MinimumVolume soft = MinimumVolume.of(points, nu, 0, NO_PRIOR);
    double[] distances = distances(soft, points);
    long outside = Arrays.stream(distances).filter(v -> v > soft.level() * (1 + 1e-6)).count();
    assertThat(outside).isLessThanOrEqualTo(Math.round(nu * n));
    // nu n > d + 1 leaves the outlier out.
    assertThat(distances[0] > soft.level() * 1.01).isEqualTo(nu * n > 5);
  }

  /// A cap above 1 / (d + 1) binds nothing, as no weight exceeds that.
  @Test
  void aSmallShareChangesNothing() {
    double[][] points = cloud(100, 20, 9);
    MinimumVolume hard = MinimumVolume.of(points, 0, 0, NO_PRIOR);
    MinimumVolume soft = MinimumVolume.of(points, 0.2, 0, NO_PRIOR);
    assertThat(soft.scatter()).containsExactly(hard.scatter(), within(1e-6));
  }

  @Test
  void duplicatesChangeNothing() {
    double[][] points = cloud(20, 3, 2);
    double[][] doubled = IntStream.range(0, 40).mapToObj(k -> points[k % 20]).toArray(double[][]::new);
    assertThat(MinimumVolume.of(doubled, 0, 0, NO_PRIOR).scatter()).containsExactly(MinimumVolume.of(points, 0, 0, NO_PRIOR).scatter(), within(1e-7));
  }

  @Test
  void pointsInAHyperplaneAreRefused() {
    assertThatThrownBy(() -> MinimumVolume.of(new double[][] {{0, 0}, {0.5, 0.5}, {1, 1}}, 0, 0, NO_PRIOR))
        .hasMessage("an ellipsoid needs points that are not all in one hyperplane, got 3 in 2 dimensions");
  }
}
