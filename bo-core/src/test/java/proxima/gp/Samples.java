package proxima.gp;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.space.Point;

/// Points, targets and covariances for tests.
final class Samples {

  private Samples() {}

  static List<Point> points(int n, int d, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(n).toList();
  }

  /// Points not at the cube's faces, for differences at both sides of them.
  static List<Point> inner(int n, int d, long seed) {
    return points(n, d, seed).stream().map(p -> Point.of(Arrays.stream(p.toArray()).map(x -> 0.01 + 0.98 * x).toArray())).toList();
  }

  /// A bowl with a wave on it, of about unit variance.
  static double[] targets(List<Point> points) {
    return points.stream()
        .mapToDouble(
            p -> IntStream.range(0, p.dimension()).mapToDouble(j -> Math.pow(p.get(j) - 0.4, 2) * 6 / (1 + j)).sum() + 0.5 * Math.sin(9 * p.get(0)) - 1)
        .toArray();
  }

  static Covariance covariance(Kernel kernel, int d) {
    return new Covariance(kernel, IntStream.range(0, d).mapToObj(j -> 0.3 + 0.25 * j).toList(), 1.7, 0.02);
  }

  static Covariance isotropic(Kernel kernel, int d, double lengthscale) {
    return new Covariance(kernel, Collections.nCopies(d, lengthscale), 1, 0.01);
  }

  /// ln N(y | c 1, K), K of these length scales and this noise, and of output scale 1.
  static double logLikelihood(Prior prior, Covariance covariance, List<Point> x, Targets y) {
    double[] theta = prior.encode(covariance);
    return -Evidence.of(prior, x, y).at(theta, new double[theta.length]) - prior.logDensity(theta, new double[theta.length]);
  }

  static Point moved(Point point, int j, double by) {
    double[] x = point.toArray();
    x[j] += by;
    return Point.of(x);
  }
}
