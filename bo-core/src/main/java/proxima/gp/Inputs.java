package proxima.gp;

import java.util.List;
import java.util.stream.IntStream;
import proxima.linear.Blas;
import proxima.space.Point;

/// Points as an n x (d + 1) array by rows: coordinates less 1/2, then a one, which sums what it is multiplied by.
final class Inputs {

  final int n;
  final int d;
  final int width;
  final double[] x;

  private Inputs(int n, int d, double[] x) {
    this.n = n;
    this.d = d;
    this.width = d + 1;
    this.x = x;
  }

  /// @throws IllegalArgumentException if a point is not of dimension d.
  static Inputs of(List<Point> points, int d) {
    int n = points.size();
    double[] x = new double[n * (d + 1)];
    for (int i = 0; i < n; i++) {
      Point point = points.get(i);
      if (point.dimension() != d) {
        throw new IllegalArgumentException("points of dimension " + d + " are wanted, point " + i + " has " + point.dimension());
      }
      for (int j = 0; j < d; j++) {
        x[i * (d + 1) + j] = point.get(j) - 0.5;
      }
      x[i * (d + 1) + d] = 1;
    }
    return new Inputs(n, d, x);
  }

  Inputs copy() {
    return new Inputs(n, d, x.clone());
  }

  /// z: warped coordinates over length scales.
  Inputs scaled(Covariance covariance) {
    double[] inverse = covariance.lengthscales().stream().mapToDouble(l -> 1 / l).toArray();
    double[] z = new double[x.length];
    covariance.warp().of(this).scale(inverse, z);
    return new Inputs(n, d, z);
  }

  /// Writes the coordinates times `factors`, and the ones, to `z`.
  void scale(double[] factors, double[] z) {
    for (int i = 0; i < n; i++) {
      int row = i * width;
      for (int j = 0; j < d; j++) {
        z[row + j] = x[row + j] * factors[j];
      }
      z[row + d] = 1;
    }
  }

  Inputs and(Inputs more) {
    double[] both = new double[x.length + more.x.length];
    System.arraycopy(x, 0, both, 0, x.length);
    System.arraycopy(more.x, 0, both, x.length, more.x.length);
    return new Inputs(n + more.n, d, both);
  }

  /// Squared norms of the rows.
  double[] norms() {
    return IntStream.range(0, n).mapToDouble(i -> norm(x, i * width, d)).toArray();
  }

  static double norm(double[] z, int from, int d) {
    double sum = 0;
    for (int j = from; j < from + d; j++) {
      sum += z[j] * z[j];
    }
    return sum;
  }

  /// Squared distances from every row of this to every row of `other`: n x other.n, none negative.
  double[] squaredDistances(Inputs other) {
    double[] r2 = new double[n * other.n];
    if (r2.length == 0) {
      return r2;
    }
    Blas.gemm(false, true, n, other.n, d, -2, x, width, other.x, width, 0, r2, other.n);
    double[] mine = norms();
    double[] theirs = other.norms();
    for (int i = 0; i < n; i++) {
      int row = i * other.n;
      for (int j = 0; j < other.n; j++) {
        r2[row + j] = Math.max(0, r2[row + j] + mine[i] + theirs[j]);
      }
    }
    return r2;
  }

  /// The derivatives sum_i w_i dr2_i / dx_j = 2 / l_j (z_j sum_i w_i - sum_i w_i z_ij) at one of these scaled points, times the slope of the warp there.
  ///
  /// @param unscaled that point of the cube
  /// @param moments rows of width d + 1: sum_i w_i z_ij, then sum_i w_i
  double[] slopes(int point, Point unscaled, double[] moments, int row, Covariance covariance) {
    double[] slopes = new double[d];
    double sum = moments[row * width + d];
    for (int j = 0; j < d; j++) {
      double by = covariance.warp().slope(j, unscaled.get(j)) / covariance.lengthscales().get(j);
      slopes[j] = 2 * by * (x[point * width + j] * sum - moments[row * width + j]);
    }
    return slopes;
  }
}
