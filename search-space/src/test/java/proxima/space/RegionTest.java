package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

  private static Ellipsoid ellipsoid(int d, double size, RandomGenerator random) {
    double[][] factor = new double[d][d];
    double[] centre = new double[d];
    for (int i = 0; i < d; i++) {
      centre[i] = random.nextDouble(0.3, 0.7);
      factor[i][i] = size * random.nextDouble(0.5, 1);
      for (int j = 0; j < i; j++) {
        factor[i][j] = size * random.nextDouble(-0.5, 0.5);
      }
    }
    return Ellipsoid.of(Point.of(centre), factor);
  }

  private static Box box(int d, RandomGenerator random) {
    double[] low = random.doubles(d, 0, 0.5).toArray();
    double[] high = random.doubles(d, 0.5, 1).toArray();
    return new Box(Point.of(low), Point.of(high));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void samplesAndClippedPointsLieInside(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int d = 1 + (int) seed;
    for (Region region : new Region[] {box(d, random), ellipsoid(d, 0.2, random), ellipsoid(d, 1, random)}) {
      for (int i = 0; i < 200; i++) {
        Point inside = region.sample(random);
        assertThat(region.contains(inside)).isTrue();
        assertThat(region.clip(inside)).isEqualTo(inside);
        Point any = Point.of(random.doubles(d).toArray());
        assertThat(region.contains(region.clip(any))).isTrue();
        assertThat(region.clip(any).equals(any)).isEqualTo(region.contains(any));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void theVolumeIsTheShareOfTheCube(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int d = 1 + (int) (seed % 3);
    // 0.12: the ellipsoid lies in the cube, so that its volume is the share.
    for (Region region : new Region[] {box(d, random), ellipsoid(d, 0.12, random)}) {
      int n = 40_000;
      int hits = 0;
      for (int i = 0; i < n; i++) {
        hits += region.contains(Point.of(random.doubles(d).toArray())) ? 1 : 0;
      }
      double share = Math.exp(region.logVolume());
      // 4 standard errors.
      assertThat((double) hits / n).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / n)));
    }
  }

  /// A sample of the region has the same share in any box as those points of the cube's sample that lie in the region.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void samplesAreUniform(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Region region : new Region[] {box(2, random), ellipsoid(2, 0.2, random), ellipsoid(2, 0.8, random)}) {
      Box part = Box.around(region.sample(random), 0.3);
      int inRegion = 0;
      int inBoth = 0;
      int ofSample = 0;
      int n = 20_000;
      while (inRegion < n) {
        Point x = Point.of(random.doubles(2).toArray());
        if (region.contains(x)) {
          inRegion++;
          inBoth += part.contains(x) ? 1 : 0;
        }
      }
      for (int i = 0; i < n; i++) {
        ofSample += part.contains(region.sample(random)) ? 1 : 0;
      }
      double p = (inBoth + ofSample) / (2.0 * n);
      // 4 standard errors of the difference of two shares.
      assertThat((double) ofSample / n).isCloseTo((double) inBoth / n, within(4 * Math.sqrt(2 * p * (1 - p) / n)));
    }
  }

  @Test
  void knownVolumes() {
    assertThat(Ellipsoid.ball(Point.centre(1), 0.5).logVolume()).isCloseTo(0, within(1e-15));
    assertThat(Ellipsoid.ball(Point.centre(2), 0.5).logVolume()).isCloseTo(Math.log(Math.PI / 4), within(1e-15));
    assertThat(Ellipsoid.ball(Point.centre(3), 1).logVolume()).isCloseTo(Math.log(4 * Math.PI / 3), within(1e-15));
    assertThat(Ellipsoid.ball(Point.centre(6), 1).logVolume()).isCloseTo(Math.log(Math.pow(Math.PI, 3) / 6), within(1e-14));
    assertThat(Box.cube(7).logVolume()).isZero();
    assertThat(Box.around(Point.centre(3), 0.5).logVolume()).isCloseTo(3 * Math.log(0.5), within(1e-15));
  }

  @Test
  void aBoxAroundAPointStaysInTheCube() {
    assertThat(Box.around(Point.of(0.1, 0.5), 0.4)).isEqualTo(new Box(Point.of(0, 0.3), Point.of(0.1 + 0.2, 0.7)));
    assertThat(Box.around(Point.of(0.1, 0.5), 9)).isEqualTo(Box.cube(2));
  }

  @Test
  void whatIsNoRegionIsRefused() {
    assertThatThrownBy(() -> new Box(Point.of(0.5), Point.of(0.4))).hasMessageContaining("low <= high, got [0.5, 0.4] in coordinate 0");
    assertThatThrownBy(() -> Ellipsoid.ball(Point.centre(2), Double.NaN)).hasMessageContaining("positive on the diagonal");
    assertThatThrownBy(() -> Ellipsoid.ball(Point.centre(2), 0)).hasMessageContaining("positive on the diagonal");
    assertThatThrownBy(() -> Box.cube(2).contains(Point.centre(3))).hasMessage("the region has 2 dimensions, the point 3");
  }

  @Test
  void anEllipsoidsFactorIsCopied() {
    double[][] factor = {{0.5, 9}, {0.1, 0.5}};
    Ellipsoid e = Ellipsoid.of(Point.centre(2), factor);
    factor[0][0] = 7;
    e.factor()[1][1] = 7;
    assertThat(e).isEqualTo(Ellipsoid.of(Point.centre(2), new double[][] {{0.5, 0}, {0.1, 0.5}}));
  }
}
