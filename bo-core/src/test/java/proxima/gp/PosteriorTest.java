package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.linear.Cholesky;
import proxima.linear.Matrix;
import proxima.space.Point;

final class PosteriorTest {

  private static final int D = 4;
  private final List<Point> x = Samples.points(30, D, 1);
  private final double[] y = Samples.targets(x);
  private final List<Point> asked = Samples.points(11, D, 2);

  @ParameterizedTest
  @EnumSource
  void predictionIsTheTextbookFormula(Kernel kernel) {
    Covariance covariance = Samples.covariance(kernel, D);
    double[] noise = new double[30];
    Arrays.fill(noise, covariance.noise());
    predictsByTheTextbook(covariance, noise, GaussianProcess.condition(covariance, x, y));
  }

  @ParameterizedTest
  @EnumSource
  void knownNoiseStandsInPlaceOfTheFittedOne(Kernel kernel) {
    Covariance covariance = Samples.covariance(kernel, D);
    // Of every third target it is not known; of one it is below the least.
    double[] variances = IntStream.range(0, 30).mapToDouble(i -> i % 3 == 0 ? Double.NaN : 0.5 * i * i / 900).toArray();
    variances[1] = 1e-9;
    double[] noise = Arrays.stream(variances).map(v -> Double.isNaN(v) ? covariance.noise() : Math.max(v, 1e-4)).toArray();
    Posterior posterior = GaussianProcess.condition(covariance, x, Targets.of(y, variances));
    predictsByTheTextbook(covariance, noise, posterior);
    assertThat(posterior.noise()).isEqualTo(Arrays.stream(noise).sorted().toArray()[15]);
    assertThat(GaussianProcess.condition(covariance, x, y).noise()).isEqualTo(covariance.noise());
    // Told others with the same noise, and more of fitted noise.
    Posterior retold = GaussianProcess.condition(covariance, x.subList(0, 20), Targets.of(new double[20], Arrays.copyOf(variances, 20))).retold(x.subList(20, 30), y);
    Arrays.fill(noise, 20, 30, covariance.noise());
    predictsByTheTextbook(covariance, noise, retold);
  }

  private void predictsByTheTextbook(Covariance covariance, double[] noise, Posterior posterior) {
    double[] dense = matrix(covariance, x, x, 0).toArray();
    for (int i = 0; i < 30; i++) {
      dense[31 * i] += noise[i];
    }
    Matrix k = Matrix.of(30, 30, dense);
    Matrix inverse = Cholesky.of(k).orElseThrow().inverse();
    Matrix ones = Matrix.of(30, 1, Collections.nCopies(30, 1.0).stream().mapToDouble(v -> v).toArray());
    Matrix targets = Matrix.of(30, 1, y);
    double c = transpose(ones).times(inverse).times(targets).get(0, 0) / transpose(ones).times(inverse).times(ones).get(0, 0);
    Matrix residuals = Matrix.of(30, 1, Arrays.stream(y).map(v -> v - c).toArray());
    Matrix cross = matrix(covariance, asked, x, 0);
    Matrix means = cross.times(inverse).times(residuals);
    Matrix explained = cross.times(inverse).times(transpose(cross));
    for (int i = 0; i < asked.size(); i++) {
      Normal normal = posterior.at(asked).get(i);
      assertThat(normal.mean()).isCloseTo(c + means.get(i, 0), within(1e-9));
      assertThat(normal.sd()).isCloseTo(Math.sqrt(covariance.outputScale() - explained.get(i, i)), within(1e-9));
    }
    assertThat(posterior.constant()).isCloseTo(c, within(1e-9));
    // Each target without its row and column, c as it is; its own noise is in the prediction.
    for (int i : new int[] {0, 1, 29}) {
      int left = i;
      int[] others = IntStream.range(0, 30).filter(j -> j != left).toArray();
      double[] rest = new double[29 * 29];
      for (int a = 0; a < 29; a++) {
        for (int b = 0; b < 29; b++) {
          rest[29 * a + b] = k.get(others[a], others[b]);
        }
      }
      Matrix row = Matrix.of(1, 29, Arrays.stream(others).mapToDouble(j -> k.get(left, j)).toArray());
      Matrix weights = row.times(Cholesky.of(Matrix.of(29, 29, rest)).orElseThrow().inverse());
      Matrix told = Matrix.of(29, 1, Arrays.stream(others).mapToDouble(j -> residuals.get(j, 0)).toArray());
      Normal predicted = posterior.leaveOneOut().get(i);
      assertThat(predicted.mean()).isCloseTo(c + weights.times(told).get(0, 0), within(1e-9));
      assertThat(predicted.sd()).isCloseTo(Math.sqrt(k.get(i, i) - weights.times(transpose(row)).get(0, 0)), within(1e-9));
    }
    // f in the mean of a fantasy whose draws are all at their means: that of the posterior.
    Fantasies fantasies = posterior.fantasies(asked, new double[][] {new double[asked.size()]});
    for (int i = 0; i < asked.size(); i++) {
      assertThat(fantasies.values(0)[i]).isCloseTo(c + means.get(i, 0), within(1e-8));
    }
  }

  private static final Mean WAVE = new Mean() {
    @Override
    public double[] at(List<Point> points) {
      return points.stream().mapToDouble(p -> at(p, new double[D])).toArray();
    }

    @Override
    public double at(Point p, double[] slope) {
      slope[0] += 3 * Math.cos(3 * p.get(0));
      return Math.sin(3 * p.get(0));
    }
  };

  /// Around a mean everything is that of the residuals, plus the mean.
  @ParameterizedTest
  @EnumSource
  void aKnownMeanIsAdded(Kernel kernel) {
    Covariance covariance = Samples.covariance(kernel, D);
    Posterior plain = GaussianProcess.condition(covariance, x, y);
    Posterior around = plain.around(WAVE, x);
    double[] at = WAVE.at(asked);
    double[] told = WAVE.at(x);
    double[][] normals = {{0.3, -1, 0.5}, {1, 0, -0.2}};
    List<Point> some = asked.subList(0, 3);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(around.at(asked).get(i).mean()).isCloseTo(plain.at(asked).get(i).mean() + at[i], within(1e-12));
      assertThat(around.at(asked).get(i).sd()).isEqualTo(plain.at(asked).get(i).sd());
      assertThat(around.joint(asked).mean().get(i)).isCloseTo(plain.joint(asked).mean().get(i) + at[i], within(1e-12));
      Gradient gradient = around.gradient(inner(asked.get(i)));
      assertThat(gradient.value().mean()).isCloseTo(around.at(inner(asked.get(i))).mean(), within(1e-9));
      double[] difference = CentralDifference.of(p -> around.at(Point.of(p)).mean(), inner(asked.get(i)).toArray(), 1e-3);
      assertThat(gradient.mean()).containsExactly(difference, within(1e-5));
      for (int s = 0; s < 2; s++) {
        assertThat(around.fantasies(some, normals).at(asked).means(i)[s]).isCloseTo(plain.fantasies(some, normals).at(asked).means(i)[s] + at[i], within(1e-9));
      }
    }
    for (int i = 0; i < x.size(); i++) {
      assertThat(around.leaveOneOut().get(i).mean()).isCloseTo(plain.leaveOneOut().get(i).mean() + told[i], within(1e-12));
    }
    assertThat(around.fantasies(some, normals).values(1)[2]).isCloseTo(plain.fantasies(some, normals).values(1)[2] + at[2], within(1e-9));
  }

  /// Not at the cube's faces, so that there is room for differences.
  private static Point inner(Point p) {
    return Point.of(Arrays.stream(p.toArray()).map(v -> 0.01 + 0.98 * v).toArray());
  }

  /// So that a configuration that was trained with several seeds may be told as so many trials, or as their mean and its standard error.
  @ParameterizedTest
  @EnumSource
  void targetsOfOnePointCountAsTheirMeanWithTheNoiseOverTheirNumber(Kernel kernel) {
    int n = 8;
    Covariance covariance = Samples.covariance(kernel, D);
    Random random = new Random(4);
    List<Point> rows = new ArrayList<>();
    List<Double> targets = new ArrayList<>();
    double[] mean = new double[n];
    double[] variance = new double[n];
    // ln of the density of each point's targets around their mean, which is what they tell of the noise by themselves.
    double scatter = 0;
    for (int i = 0; i < n; i++) {
      int m = 1 + i % 4;
      double[] own = random.doubles(m, y[i] - 0.2, y[i] + 0.2).toArray();
      mean[i] = Arrays.stream(own).average().orElseThrow();
      variance[i] = covariance.noise() / m;
      double squares = 0;
      for (double target : own) {
        rows.add(x.get(i));
        targets.add(target);
        squares += (target - mean[i]) * (target - mean[i]);
      }
      scatter -= 0.5 * ((m - 1) * Math.log(2 * Math.PI * covariance.noise()) + squares / covariance.noise() + Math.log(m));
    }
    Posterior posterior = GaussianProcess.condition(covariance, rows, targets.stream().mapToDouble(v -> v).toArray());
    Posterior ofMeans = GaussianProcess.condition(covariance, x.subList(0, n), Targets.of(mean, variance));
    for (Point point : asked) {
      assertThat(posterior.at(point).mean()).isCloseTo(ofMeans.at(point).mean(), within(1e-10));
      assertThat(posterior.at(point).sd()).isCloseTo(ofMeans.at(point).sd(), within(1e-10));
    }
    Prior prior = Prior.of(kernel, D);
    double single = Samples.logLikelihood(prior, covariance, rows, Targets.of(targets.stream().mapToDouble(v -> v).toArray()));
    assertThat(single).isCloseTo(Samples.logLikelihood(prior, covariance, x.subList(0, n), Targets.of(mean, variance)) + scatter, within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreCentralDifferences(Kernel kernel) {
    Posterior posterior = GaussianProcess.condition(Samples.covariance(kernel, D), x, y);
    for (Point point : Samples.inner(100, D, 4)) {
      Gradient gradient = posterior.gradient(point);
      assertThat(gradient.value().mean()).isCloseTo(posterior.at(point).mean(), within(1e-10));
      assertThat(gradient.value().sd()).isCloseTo(posterior.at(point).sd(), within(1e-10));
      double[] mean = CentralDifference.of(at -> posterior.at(Point.of(at)).mean(), point.toArray(), 1e-3);
      double[] sd = CentralDifference.of(at -> posterior.at(Point.of(at)).sd(), point.toArray(), 1e-3);
      assertThat(gradient.mean()).usingComparatorWithPrecision(1e-6).containsExactly(mean);
      assertThat(gradient.sd()).usingComparatorWithPrecision(1e-6).containsExactly(sd);
    }
  }

  @Test
  void gradientsOfABatchAreThoseOfItsPoints() {
    Posterior posterior = GaussianProcess.condition(Samples.covariance(Kernel.MATERN52, D), x, y);
    List<Gradient> batch = posterior.gradients(asked);
    for (int i = 0; i < asked.size(); i++) {
      Gradient single = posterior.gradient(asked.get(i));
      assertThat(batch.get(i).mean()).usingComparatorWithPrecision(1e-12).containsExactly(single.mean());
      assertThat(batch.get(i).sd()).usingComparatorWithPrecision(1e-12).containsExactly(single.sd());
    }
  }

  @Test
  void conditioningInStepsIsConditioningAtOnce() {
    Covariance covariance = Samples.covariance(Kernel.MATERN52, D);
    Posterior whole = GaussianProcess.condition(covariance, x, y);
    Posterior steps =
        GaussianProcess.condition(covariance, List.of(), new double[0])
            .retold(x.subList(0, 20), Arrays.copyOf(y, 20))
            .retold(x.subList(20, 21), Arrays.copyOf(y, 21))
            .retold(x.subList(21, 30), y);
    assertSame(steps, whole);
  }

  @ParameterizedTest(name = "{0} points first")
  @ValueSource(ints = {0, 1, 29, 30})
  void otherTargetsAtThePointsToldGiveThePosteriorOfThose(int m) {
    Covariance covariance = Samples.covariance(Kernel.MATERN52, D);
    Posterior whole = GaussianProcess.condition(covariance, x, y);
    Posterior factored = GaussianProcess.condition(covariance, x.subList(0, m), new double[m]);
    Posterior retold = factored.retold(x.subList(m, 30), y);
    assertSame(retold, whole);
    assertThat(retold.size()).isEqualTo(30);
    // The same rows appended to the same factor, whatever was told before: bit for bit.
    Posterior once = factored.retold(x.subList(m, 30), new double[30]).retold(List.of(), y);
    assertThat(once.at(asked)).isEqualTo(retold.at(asked));
    assertThatThrownBy(() -> factored.retold(x.subList(m, 30), new double[29])).hasMessageContaining("each point has a finite target");
  }

  @Test
  void orderOfDataDoesNotMatter() {
    Covariance covariance = Samples.covariance(Kernel.RBF, D);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
    Collections.shuffle(order, new java.util.Random(5));
    Posterior shuffled =
        GaussianProcess.condition(covariance, order.stream().map(x::get).toList(), order.stream().mapToDouble(i -> y[i]).toArray());
    assertSame(shuffled, GaussianProcess.condition(covariance, x, y));
  }

  @ParameterizedTest
  @EnumSource
  void dataNeverAddUncertainty(Kernel kernel) {
    Covariance covariance = Samples.covariance(kernel, D);
    Posterior few = GaussianProcess.condition(covariance, x.subList(0, 12), Arrays.copyOf(y, 12));
    Posterior more = few.retold(x.subList(12, 30), y);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(more.at(asked).get(i).sd()).isLessThanOrEqualTo(few.at(asked).get(i).sd() + 1e-12);
    }
  }

  @Test
  void jointHasTheMarginalsOfItsPoints() {
    Posterior posterior = GaussianProcess.condition(Samples.covariance(Kernel.MATERN52, D), x, y);
    Joint joint = posterior.joint(asked);
    for (int i = 0; i < asked.size(); i++) {
      Normal marginal = posterior.at(asked.get(i));
      assertThat(joint.mean().get(i)).isCloseTo(marginal.mean(), within(1e-12));
      assertThat(Math.sqrt(joint.covariance().get(i, i))).isCloseTo(marginal.sd(), within(1e-10));
    }
    // Being told f at one point moves the others by their covariance.
    Posterior told = posterior.retold(asked.subList(0, 1), Arrays.copyOf(y, 31));
    double noisy = joint.covariance().get(0, 0) + posterior.noise();
    for (int i = 1; i < asked.size(); i++) {
      double expected = joint.covariance().get(i, i) - Math.pow(joint.covariance().get(i, 0), 2) / noisy;
      assertThat(Math.pow(told.at(asked.get(i)).sd(), 2)).isCloseTo(expected, within(1e-10));
    }
  }

  @Test
  void leaveOneOutIsLeavingOneOut() {
    Covariance covariance = Samples.covariance(Kernel.MATERN52, D);
    Posterior posterior = GaussianProcess.condition(covariance, x, y);
    double c = posterior.constant();
    for (int i : new int[] {0, 7, 29}) {
      List<Point> others = new ArrayList<>(x);
      others.remove(i);
      double[] residuals = IntStream.range(0, 30).filter(j -> j != i).mapToDouble(j -> y[j] - c).toArray();
      Matrix inverse = Cholesky.of(matrix(covariance, others, others, covariance.noise())).orElseThrow().inverse();
      Matrix cross = matrix(covariance, List.of(x.get(i)), others, 0);
      double mean = c + cross.times(inverse).times(Matrix.of(29, 1, residuals)).get(0, 0);
      double variance = covariance.outputScale() + covariance.noise() - cross.times(inverse).times(transpose(cross)).get(0, 0);
      assertThat(posterior.leaveOneOut().get(i).mean()).isCloseTo(mean, within(1e-9));
      assertThat(posterior.leaveOneOut().get(i).sd()).isCloseTo(Math.sqrt(variance), within(1e-9));
    }
  }

  @Test
  void nothingToldIsThePrior() {
    Posterior prior = GaussianProcess.condition(Samples.covariance(Kernel.RBF, D), List.of(), new double[0]);
    assertThat(prior.at(asked)).allSatisfy(n -> assertThat(n).isEqualTo(new Normal(0, Math.sqrt(1.7))));
    assertThat(prior.leaveOneOut()).isEmpty();
    assertThat(prior.gradient(asked.get(0)).mean()).usingComparatorWithPrecision(0.0).containsOnly(0.0);
  }

  @Test
  void oneTargetIsTheMeanEverywhere() {
    Posterior one = GaussianProcess.condition(Samples.covariance(Kernel.RBF, D), x.subList(0, 1), new double[] {3});
    assertThat(one.at(asked)).allSatisfy(n -> assertThat(n.mean()).isCloseTo(3, within(1e-12)));
  }

  @Test
  void repeatedPointsAverageTheirNoise() {
    Covariance covariance = Samples.isotropic(Kernel.MATERN52, D, 0.5);
    Posterior posterior = GaussianProcess.condition(covariance, Collections.nCopies(50, x.get(0)), new double[50]);
    assertThat(posterior.at(x.get(0)).sd()).isCloseTo(Math.sqrt(0.01 / (50 + 0.01)), within(1e-6));
    assertThatThrownBy(
            () ->
                GaussianProcess.condition(
                    new Covariance(Kernel.RBF, covariance.lengthscales(), 1, 0), Collections.nCopies(2, x.get(0)), new double[2]))
        .hasMessageContaining("noise");
  }

  private static Matrix transpose(Matrix a) {
    return Matrix.of(a.columns(), a.rows(), IntStream.range(0, a.columns()).boxed().flatMapToDouble(j -> IntStream.range(0, a.rows()).mapToDouble(i -> a.get(i, j))).toArray());
  }

  private void assertSame(Posterior actual, Posterior expected) {
    List<Normal> a = actual.at(asked);
    List<Normal> e = expected.at(asked);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(a.get(i).mean()).isCloseTo(e.get(i).mean(), within(1e-9));
      assertThat(a.get(i).sd()).isCloseTo(e.get(i).sd(), within(1e-9));
    }
  }

  /// s k + noise where a and b are the same list, term by term.
  static Matrix matrix(Covariance covariance, List<Point> a, List<Point> b, double noise) {
    double[] k = new double[a.size() * b.size()];
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        double r2 = 0;
        for (int c = 0; c < covariance.dimension(); c++) {
          r2 += Math.pow((a.get(i).get(c) - b.get(j).get(c)) / covariance.lengthscales().get(c), 2);
        }
        double t = Math.sqrt(5 * r2);
        double value = covariance.kernel() == Kernel.RBF ? Math.exp(-r2 / 2) : (1 + t + 5 * r2 / 3) * Math.exp(-t);
        k[i * b.size() + j] = covariance.outputScale() * value + (i == j ? noise : 0);
      }
    }
    return Matrix.of(a.size(), b.size(), k);
  }
}
