package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  private static Ellipsoid cut(int d, double size, RandomGenerator random) {
    Ellipsoid whole = ellipsoid(d, size, random);
    double[] low = whole.centre().toArray();
    double[] high = whole.centre().toArray();
    for (int i = 0; i < d; i++) {
      low[i] -= random.nextDouble(size);
      high[i] += random.nextDouble(size);
    }
    return whole.within(new Box(Point.clip(low), Point.clip(high)));
  }

  private static LevelSet levelSet(int d, RandomGenerator random) {
    List<Point> centres = Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(12).toList();
    var function = new KernelSum(centres, random.doubles(12, -1, 1).boxed().toList(), 0.4, random.doubles(d, 0.2, 1).boxed().toList(), 0.2);
    Box box = box(d, random);
    Point lowest = Stream.generate(() -> box.sample(random)).limit(200).min(Comparator.comparingDouble(function::at)).orElseThrow();
    double[] values = function.at(Stream.generate(() -> box.sample(random)).limit(200).toList());
    return new LevelSet(function, Math.max(function.at(lowest), Arrays.stream(values).sorted().toArray()[60]), lowest, box);
  }

  /// An ellipsoid of the even coordinates, a box of the odd ones.
  private static Product product(int d, RandomGenerator random) {
    List<Integer> even = IntStream.range(0, d).filter(i -> i % 2 == 0).boxed().toList();
    List<Integer> odd = IntStream.range(0, d).filter(i -> i % 2 == 1).boxed().toList();
    List<Product.Part> parts = new ArrayList<>(List.of(new Product.Part(even, ellipsoid(even.size(), 0.1, random))));
    if (!odd.isEmpty()) {
      parts.add(new Product.Part(odd, box(odd.size(), random)));
    }
    return new Product(parts);
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
    for (Region region : new Region[] {box(d, random), ellipsoid(d, 0.2, random), ellipsoid(d, 1, random), cut(d, 0.3, random), product(d, random), levelSet(d, random)}) {
      for (int i = 0; i < 200; i++) {
        Point inside = region.sample(random);
        assertThat(region.contains(inside)).isTrue();
        assertThat(region.bounds().contains(inside)).isTrue();
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
    for (Region region : new Region[] {box(d, random), ellipsoid(d, 0.12, random), product(d, random)}) {
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
    for (Region region : new Region[] {box(2, random), ellipsoid(2, 0.2, random), ellipsoid(2, 0.8, random), cut(2, 0.3, random), product(2, random), levelSet(2, random)}) {
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

  /// Against central differences of a smooth function of the clipped point.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void pulledSlopesAreThoseOfClippedPoints(long seed) {
    var random = new SplittableRandom(seed);
    int d = 4;
    double[] weights = random.doubles(d, -1, 1).toArray();
    for (Region region : new Region[] {box(d, random), ellipsoid(d, 0.1, random), cut(d, 0.1, random), product(d, random), levelSet(d, random)}) {
      for (int k = 0; k < 20; k++) {
        double[] x = random.doubles(d, 0.01, 0.99).toArray();
        double[] slope = new double[d];
        double[] at = region.clip(Point.of(x)).toArray();
        for (int i = 0; i < d; i++) {
          slope[i] = weights[i] * Math.cos(3 * at[i]);
        }
        region.pull(Point.of(x), slope);
        for (int i = 0; i < d; i++) {
          double h = 1e-6;
          double[] up = x.clone();
          double[] down = x.clone();
          up[i] += h;
          down[i] -= h;
          // 1e-6: the error of a central difference; borders are not met by chance.
          assertThat(slope[i]).isCloseTo((value(region, up, weights) - value(region, down, weights)) / (2 * h), within(1e-6));
        }
      }
    }
  }

  private static double value(Region region, double[] x, double[] weights) {
    double[] at = region.clip(Point.of(x)).toArray();
    return IntStream.range(0, at.length).mapToDouble(i -> weights[i] * Math.sin(3 * at[i]) / 3).sum();
  }

  /// In 40 dimensions neither points of this ellipsoid lie in the cube nor points of the cube in it; by symmetry about the centre each coordinate's mean is 1/2.
  @Test
  void samplesWhereRejectionFails() {
    int d = 40;
    Ellipsoid wide = Ellipsoid.ball(Point.centre(d), 1.5);
    var random = new SplittableRandom(1);
    int n = 20;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      Point x = wide.sample(random);
      assertThat(wide.contains(x)).isTrue();
      sum += Arrays.stream(x.toArray()).sum();
    }
    // 4 standard errors of the mean of n d numbers, each of a variance below 1/12.
    assertThat(sum / (n * d)).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / (n * d))));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void jsonKeepsRegions(long seed) {
    var random = new SplittableRandom(seed);
    for (Region region : new Region[] {box(3, random), ellipsoid(3, 0.2, random), cut(3, 0.2, random), product(5, random), levelSet(3, random)}) {
      assertThat(RegionJson.region(RegionJson.of(region))).isEqualTo(region);
    }
  }

  @Test
  void aProductHasEachCoordinateOnce() {
    assertThatThrownBy(() -> new Product(List.of(new Product.Part(List.of(0, 2), Box.cube(2))))).hasMessage("a product's parts have each coordinate from 0 once, got [0, 2]");
    assertThatThrownBy(() -> new Product.Part(List.of(0), Box.cube(2))).hasMessage("a region of 2 dimensions takes as many coordinates, got [0]");
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
    assertThatThrownBy(() -> Ellipsoid.ball(Point.centre(1), 0.1).within(new Box(Point.of(0.6), Point.of(1)))).hasMessageContaining("contains its centre");
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

  @Test
  void anEllipsoidWithoutARowForEachCoordinateIsRefused() throws JsonProcessingException {
    String centre = "0.5,".repeat(100_000) + "0.5";
    JsonNode node = new ObjectMapper().readTree("{\"ellipsoid\":{\"centre\":[" + centre + "],\"factor\":[[1]]}}");
    assertThatThrownBy(() -> RegionJson.region(node)).hasMessage("an ellipsoid's factor has a row for each of the 100001 coordinates of its centre, got 1");
  }

  @Test
  void anEllipsoidInABoxWithoutDepthIsSampledInTheRest() {
    int d = 20;
    double[] low = new double[d];
    double[] high = new double[d];
    Arrays.fill(high, 1);
    low[0] = 0.5;
    high[0] = 0.5;
    Region flat = Ellipsoid.ball(Point.centre(d), 0.3).within(new Box(Point.of(low), Point.of(high)));
    var random = new SplittableRandom(1);
    Point one = flat.sample(random);
    Point other = flat.sample(random);
    assertThat(one.get(0)).isEqualTo(0.5);
    assertThat(flat.contains(one) && flat.contains(other)).isTrue();
    assertThat(one).isNotEqualTo(other);
  }
}
