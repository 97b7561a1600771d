package proxima.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CholeskyTest {

  @ParameterizedTest(name = "n {0}")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 65, 300})
  void factorTimesItsTransposeIsTheMatrix(int n) {
    Matrix a = definite(n, n);
    Matrix l = Cholesky.of(a).orElseThrow().factor();
    assertClose(l.times(transpose(l)), a, 1e-13 * (n + 1));
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        assertThat(l.get(i, j)).isZero();
      }
    }
  }

  @ParameterizedTest(name = "n {0}")
  @ValueSource(ints = {0, 1, 2, 5, 9, 300})
  void solutionsAndInverseSatisfyTheirEquations(int n) {
    Matrix a = definite(n, 2 * n);
    Cholesky cholesky = Cholesky.of(a).orElseThrow();
    Matrix b = normal(3, n, 7);
    assertClose(cholesky.inverse().times(a), identity(n), 1e-11);
    double[] rows = b.toArray();
    cholesky.solveInPlace(rows, 3);
    assertClose(Matrix.of(3, n, rows).times(a), b, 1e-11);
    double[] lower = b.toArray();
    cholesky.solveLowerInPlace(lower, 3);
    assertClose(Matrix.of(3, n, lower).times(transpose(cholesky.factor())), b, 1e-11);
    double[] single = b.row(1);
    cholesky.solveLowerInPlace(single, 1);
    cholesky.solveUpperInPlace(single, 1);
    assertThat(single).usingComparatorWithPrecision(1e-11).containsExactly(Matrix.of(3, n, rows).row(1));
  }

  @Test
  void logDeterminantIsThatOfKnownMatrices() {
    assertThat(Cholesky.of(Matrix.of(0, 0)).orElseThrow().logDeterminant()).isZero();
    assertThat(Cholesky.of(Matrix.of(2, 2, 4, 1, 1, 3)).orElseThrow().logDeterminant()).isCloseTo(Math.log(11), within(1e-14));
  }

  @ParameterizedTest(name = "n {0}")
  @ValueSource(ints = {0, 1, 2, 9, 120})
  void appendingRowsIsFactoringTheWhole(int n) {
    for (int m : new int[] {0, 1, 3}) {
      Matrix whole = definite(n + m, n + m);
      Cholesky appended = Cholesky.of(part(whole, 0, n, 0, n)).orElseThrow().append(part(whole, n, m, 0, n), part(whole, n, m, n, m)).orElseThrow();
      assertClose(appended.factor(), Cholesky.of(whole).orElseThrow().factor(), 1e-11);
    }
  }

  @Test
  void whatIsNotPositiveDefiniteHasNoFactor() {
    assertThat(Cholesky.of(Matrix.of(1, 1, 0))).isEmpty();
    assertThat(Cholesky.of(Matrix.of(2, 2, 1, 2, 2, 1))).isEmpty();
    assertThat(Cholesky.of(Matrix.of(1, 1, Double.NaN))).isEmpty();
    assertThat(Cholesky.of(Matrix.of(2, 2, Double.NaN, 0, 0, 1))).isEmpty();
    assertThat(Cholesky.of(Matrix.of(3, 3, 1, 0, 0, Double.NaN, 1, 0, 0, 0, 1))).isEmpty();
    Cholesky one = Cholesky.of(Matrix.of(1, 1, 1)).orElseThrow();
    assertThat(one.append(Matrix.of(1, 1, 1), Matrix.of(1, 1, 1))).isEmpty();
  }

  @Test
  void longCallsGiveWhatShortOnesGive() {
    int n = 1500; // n^3 / 3 is above the length at which arrays are copied out of the heap
    Matrix a = definite(n, n + 10);
    Cholesky cholesky = Cholesky.of(a).orElseThrow();
    Matrix b = normal(2, n, 5);
    double[] rows = b.toArray();
    cholesky.solveInPlace(rows, 2);
    assertClose(Matrix.of(2, n, rows).times(a), b, 1e-6);
    assertThat(cholesky.factor().get(0, 0)).isCloseTo(Math.sqrt(a.get(0, 0)), within(1e-12));
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Cholesky.of(Matrix.of(1, 2, 1, 2))).hasMessageContaining("1 x 2");
    assertThatThrownBy(() -> Matrix.of(2, 2, 1, 2, 3)).hasMessageContaining("got 3");
    assertThatThrownBy(() -> identity(2).times(identity(3))).hasMessageContaining("3 x 3");
    assertThatThrownBy(() -> Blas.cholesky(3, new double[8])).hasMessageContaining("length 8");
  }

  /// G G^T / m with G normal, n x m, plus a hundredth of the identity.
  private static Matrix definite(int n, int m) {
    Matrix g = normal(n, m, n);
    double[] a = g.times(transpose(g)).toArray();
    for (int i = 0; i < n * n; i++) {
      a[i] = a[i] / Math.max(1, m) + (i % (n + 1) == 0 ? 0.01 : 0);
    }
    return Matrix.of(n, n, a);
  }

  private static Matrix identity(int n) {
    return Matrix.of(n, n, IntStream.range(0, n * n).mapToDouble(i -> i % (n + 1) == 0 ? 1 : 0).toArray());
  }

  private static Matrix transpose(Matrix a) {
    return Matrix.of(a.columns(), a.rows(), IntStream.range(0, a.columns()).boxed().flatMapToDouble(j -> IntStream.range(0, a.rows()).mapToDouble(i -> a.get(i, j))).toArray());
  }

  private static Matrix normal(int n, int m, long seed) {
    return Matrix.of(n, m, new Random(seed).doubles((long) n * m).map(u -> 2 * u - 1).toArray());
  }

  private static Matrix part(Matrix a, int row, int rows, int column, int columns) {
    double[] entries = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        entries[i * columns + j] = a.get(row + i, column + j);
      }
    }
    return Matrix.of(rows, columns, entries);
  }

  private static void assertClose(Matrix actual, Matrix expected, double tolerance) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    assertThat(actual.columns()).isEqualTo(expected.columns());
    assertThat(actual.toArray()).usingComparatorWithPrecision(tolerance).containsExactly(expected.toArray());
  }
}
