package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrimTest {

  private static double cost(double lambda, double[] x, double low, double high) {
    return 0.5 * lambda * (high - low) * (high - low) + Arrays.stream(x).map(v -> Math.max(0, low - v) + Math.max(0, v - high)).sum() / (2 * x.length);
  }

  /// The cost is convex: where no small step of either end makes it less, it is the least.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void slackIsExact(long seed) {
    var random = new SplittableRandom(seed);
    for (double lambda : new double[] {0.01, 0.05, 0.1, 0.2, 0.3, 1, 10}) {
      int n = 1 + random.nextInt(30);
      double[] x = random.doubles(n).map(v -> seed % 2 == 0 ? Math.rint(4 * v) / 4 : v).sorted().toArray();
      Trim.Range range = new Trim.Slack(lambda).range(x);
      assertThat(range.low()).isLessThanOrEqualTo(range.high());
      double least = cost(lambda, x, range.low(), range.high());
      for (double low = 0; low <= 1; low += 0.01) {
        for (double high = low; high <= 1; high += 0.01) {
          assertThat(cost(lambda, x, low, high)).isGreaterThanOrEqualTo(least - 1e-12);
        }
      }
      for (double step : new double[] {1e-3, 1e-6}) {
        for (int a = -1; a <= 1; a++) {
          for (int b = -1; b <= 1; b++) {
            double low = range.low() + a * step;
            double high = range.high() + b * step;
            assertThat(low > high || cost(lambda, x, low, high) >= least - 1e-15).isTrue();
          }
        }
      }
    }
  }

  @Test
  void aWideRangeLosesMoreThanANarrowOne() {
    double[] wide = new double[21];
    Arrays.setAll(wide, i -> i / 20.0);
    double[] narrow = Arrays.stream(wide).map(v -> 0.45 + 0.1 * v).toArray();
    var slack = new Trim.Slack(0.05);
    assertThat(slack.range(wide)).isEqualTo(new Trim.Range(0.05, 0.95));
    assertThat(slack.range(narrow)).isEqualTo(new Trim.Range(narrow[0], narrow[20]));
  }

  @Test
  void quantilesAreInterpolated() {
    double[] x = {0, 0.1, 0.2, 0.3, 1};
    Trim.Range range = new Trim.Quantile(0.1).range(x);
    assertThat(range.low()).isCloseTo(0.04, within(1e-15));
    assertThat(range.high()).isCloseTo(0.72, within(1e-15));
    assertThat(new Trim.Quantile(0).range(x)).isEqualTo(new Trim.None().range(x));
  }

  @Test
  void rareChoicesGo() {
    int[] counts = {10, 0, 1, 9};
    assertThat(new Trim.None().choices(counts)).containsExactly(0, 2, 3);
    assertThat(new Trim.Quantile(0.05).choices(counts)).containsExactly(0, 3);
    assertThat(new Trim.Quantile(0.04).choices(counts)).containsExactly(0, 2, 3);
    // One of 20 costs 1/40 when it goes; a length of 3/4 instead of 2/4 costs 0.156 lambda.
    assertThat(new Trim.Slack(0.1).choices(counts)).containsExactly(0, 2, 3);
    assertThat(new Trim.Slack(0.2).choices(counts)).containsExactly(0, 3);
    assertThat(new Trim.Slack(100).choices(counts)).containsExactly(0);
  }

  @Test
  void whatIsNoShareIsRefused() {
    assertThatThrownBy(() -> new Trim.Quantile(0.5)).hasMessage("a box leaves out a share in [0, 0.5) at either end, got 0.5");
    assertThatThrownBy(() -> new Trim.Slack(0)).hasMessage("slack has a weight lambda > 0, got 0.0");
  }
}
