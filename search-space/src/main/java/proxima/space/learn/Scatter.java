package proxima.space.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import proxima.linear.Cholesky;
import proxima.linear.Matrix;

/// An ellipsoid (x - c)^T S^-1 (x - c) <= level around points.
///
/// S is mixed with that of a box around the points or, of low rank, with their variances alone, so that few points do not make it flat.
final class Scatter {

  // Of the cube's side: where points do not differ in a coordinate.
  static final double SHORTEST = 0.01;

  private static final double ROUNDING = 1e-9;

  private final double[] centre;
  private final double[] scatter;
  private final double level;

  /// @param level of points that all lie in one place it is but rounding: then that of 1 stands for it, whose axes are short
  private Scatter(double[] centre, double[] scatter, double level) {
    this.centre = centre;
    this.scatter = scatter;
    this.level = level > ROUNDING ? level : 1;
  }

  /// Of least volume.
  /// @param nu the largest share of the points outside
  /// @param mixed share of the box
  static Scatter leastVolume(double[][] points, double nu, double mixed) {
    MinimumVolume least = MinimumVolume.of(points, nu, mixed, boxMoment(points));
    return new Scatter(least.centre(), least.scatter(), least.level());
  }

  /// Of the sample's covariance, of whose correlations the strongest directions are kept, out to the farthest point that is not left out.
  /// @param rank how many directions
  /// @param nu the share of the points left out
  /// @param mixed by how much the correlations are made smaller
  static Scatter lowRank(double[][] points, int rank, double nu, double mixed) {
    int d = points[0].length;
    double[] mean = mean(points);
    double[] sd = IntStream.range(0, d)
        .mapToDouble(i -> Math.max(SHORTEST, Math.sqrt(Arrays.stream(points).mapToDouble(x -> (x[i] - mean[i]) * (x[i] - mean[i])).average().orElseThrow())))
        .toArray();
    double[][] standard =
        Arrays.stream(points).map(x -> IntStream.range(0, d).mapToDouble(i -> (x[i] - mean[i]) / sd[i]).toArray()).toArray(double[][]::new);
    var z = new Array2DRowRealMatrix(standard, false);
    var eigen = new EigenDecomposition(z.transpose().multiply(z).scalarMultiply(1.0 / points.length));
    double[] scatter = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double kept = 0;
        for (int k = 0; k < Math.min(rank, d); k++) {
          kept += eigen.getRealEigenvalue(k) * eigen.getV().getEntry(i, k) * eigen.getV().getEntry(j, k);
        }
        scatter[i * d + j] = (i == j ? 1 : (1 - mixed) * kept) * sd[i] * sd[j];
      }
    }
    double[] distances = distances(standard, scatter, sd);
    return new Scatter(mean, scatter, distances[distances.length - 1 - (int) Math.floor(nu * distances.length)]);
  }

  /// Coordinate by coordinate.
  static double[] mean(double[][] points) {
    return IntStream.range(0, points[0].length).mapToDouble(i -> Arrays.stream(points).mapToDouble(x -> x[i]).average().orElseThrow()).toArray();
  }

  /// Squared, by S^-1, ascending.
  private static double[] distances(double[][] standard, double[] scatter, double[] sd) {
    int d = sd.length;
    double[] rows = Arrays.stream(standard).flatMapToDouble(x -> IntStream.range(0, d).mapToDouble(i -> x[i] * sd[i])).toArray();
    cholesky(d, scatter).solveLowerInPlace(rows, standard.length);
    return IntStream.range(0, standard.length)
        .mapToDouble(k -> Arrays.stream(rows, k * d, (k + 1) * d).map(v -> v * v).sum())
        .sorted()
        .toArray();
  }

  /// The second moment of (x, 1), x uniform in the smallest box around the points.
  private static double[] boxMoment(double[][] points) {
    int d = points[0].length;
    double[] moment = new double[(d + 1) * (d + 1)];
    double[] middle = new double[d];
    for (int i = 0; i < d; i++) {
      int column = i;
      var range = Arrays.stream(points).mapToDouble(x -> x[column]).summaryStatistics();
      double side = Math.max(SHORTEST, range.getMax() - range.getMin());
      middle[i] = 0.5 * (range.getMin() + range.getMax());
      for (int j = 0; j < i; j++) {
        moment[i * (d + 1) + j] = middle[i] * middle[j];
      }
      moment[i * (d + 1) + i] = middle[i] * middle[i] + side * side / 12;
      moment[d * (d + 1) + i] = middle[i];
    }
    moment[d * (d + 1) + d] = 1;
    return moment;
  }

  private static Cholesky cholesky(int d, double[] scatter) {
    return Cholesky.of(Matrix.of(d, d, scatter)).orElseThrow(() -> new IllegalStateException("the scatter of points is not positive definite: " + Arrays.toString(scatter)));
  }

  /// c, of length d.
  double[] centre() {
    return centre.clone();
  }

  /// The lower triangular F with F F^T = S level: that of the ellipsoid {c + F z : |z| <= 1}.
  /// @param inflation times its volume
  double[][] factor(double inflation) {
    int d = centre.length;
    double scale = Math.sqrt(level) * Math.pow(inflation, 1.0 / d);
    Matrix l = cholesky(d, scatter).factor();
    return IntStream.range(0, d).mapToObj(i -> Arrays.stream(l.row(i)).map(v -> scale * v).toArray()).toArray(double[][]::new);
  }
}
