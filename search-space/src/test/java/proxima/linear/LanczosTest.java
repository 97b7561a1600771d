package proxima.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanczosTest {

  private static double[][] symmetric(int n, SplittableRandom random) {
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = random.nextDouble(-1, 1);
        a[j][i] = a[i][j];
      }
    }
    return a;
  }

  private static UnaryOperator<double[]> products(double[][] a) {
    return x -> new Array2DRowRealMatrix(a, false).operate(x);
  }

  @ParameterizedTest(name = "n {0}")
  @ValueSource(ints = {1, 2, 3, 10, 50})
  void asManyProductsAsThereAreDimensionsAreExact(int n) {
    double[][] a = symmetric(n, new SplittableRandom(n));
    double exact = Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(a)).getRealEigenvalues()).max().orElseThrow();
    Lanczos found = Lanczos.largest(products(a), n, n, 0, new SplittableRandom(7));
    assertThat(found.value()).isCloseTo(exact, within(1e-10));
    assertThat(found.products()).isLessThanOrEqualTo(n);
  }

  @Test
  void fewProductsFindALargeEigenvalueAndSayHowNear() {
    double[] spectrum = new SplittableRandom(1).doubles(2000, -1, 1).toArray();
    spectrum[17] = 5;
    UnaryOperator<double[]> diagonal = x -> {
      for (int i = 0; i < x.length; i++) {
        x[i] *= spectrum[i];
      }
      return x;
    };
    Lanczos found = Lanczos.largest(diagonal, spectrum.length, 30, 1e-3, new SplittableRandom(3));
    assertThat(found.value()).isCloseTo(5, within(found.residual())).isLessThanOrEqualTo(5 + 1e-12);
    assertThat(found.residual()).isLessThanOrEqualTo(5e-3);
    assertThat(found.products()).isLessThan(30);
  }

  /// Power iteration finds the eigenvalue of largest size, not the largest.
  @Test
  void aNegativeEigenvalueOfLargerSizeIsNoMatter() {
    double[][] a = {{-9, 0, 0}, {0, 2, 0}, {0, 0, 1}};
    assertThat(Lanczos.largest(products(a), 3, 3, 0, new SplittableRandom(1)).value()).isCloseTo(2, within(1e-12));
  }

  @Test
  void theIdentityNeedsOneProduct() {
    assertThat(Lanczos.largest(x -> x, 40, 10, 0, new SplittableRandom(1)).products()).isEqualTo(1);
  }

  @Test
  void knowsNothingOfWhatIsNotFinite() {
    Lanczos found = Lanczos.largest(x -> new double[] {Double.NaN, 1}, 2, 2, 0, new SplittableRandom(1));
    assertThat(found.value()).isNaN();
    assertThat(found.products()).isEqualTo(1);
  }
}
