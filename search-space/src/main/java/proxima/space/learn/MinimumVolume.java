package proxima.space.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import proxima.linear.Blas;

/// The ellipsoid of the least volume around points, or around all but a share of them.
///
/// It is found in the dual: weights u of the points with the largest ln det M, M = sum u q q^T, each weight at most a cap. Without a cap all points lie inside
/// and those with weight on the border (John 1948; Khachiyan 1996). With the cap 1 / (nu n) at most a share nu of the n points lies outside, those at the cap
/// (the dual of a volume plus 1 / (nu n) for each unit of distance beyond the border). As u kappa <= 1 and kappa = d + 1 on the border, a weight never exceeds
/// 1 / (d + 1): a cap above that, nu n < d + 1, changes nothing.
///
/// Steps move weight from the point of the smallest kappa to that of the largest, by exact line search (pairwise Frank-Wolfe: Lacoste-Julien and Jaggi 2015);
/// M's inverse and all kappa follow by a rank-two update.
final class MinimumVolume {

  static final double TOLERANCE = 1e-7;

  // Some ten times what 300 points in 100 dimensions take.
  private static final int MOST = 10_000;

  // Rounding of the updates stays below the tolerance for so many.
  private static final int REFRESH = 200;

  private final double[] centre;
  private final double[] scatter;
  private final double level;
  private final double gap;

  private MinimumVolume(double[] centre, double[] scatter, double level, double gap) {
    this.centre = centre;
    this.scatter = scatter;
    this.level = level;
    this.gap = gap;
  }

  /// c, of length d.
  double[] centre() {
    return centre.clone();
  }

  /// S, d x d by rows.
  double[] scatter() {
    return scatter.clone();
  }

  /// The ellipsoid is (x - c)^T S^-1 (x - c) <= level.
  double level() {
    return level;
  }

  /// The largest kappa of a weight below its cap less the smallest of a weight above 0, over d + 1: 0 where u is optimal.
  double gap() {
    return gap;
  }

  /// @param points n x d by rows, n > d, not all in one hyperplane unless `mixed` > 0
  /// @param nu the largest share of the points outside, in [0, 1); 0 for none
  /// @param mixed share of `prior` in M, in [0, 1): above 0 it keeps the ellipsoid from collapsing where points are few
  /// @param prior a second moment of q, (d + 1) x (d + 1) by rows, of which the lower half is read
  /// @throws IllegalArgumentException if the points lie in a hyperplane and nothing is mixed in.
  static MinimumVolume of(double[][] points, double nu, double mixed, double[] prior) {
    return new Descent(points, nu > 0 ? 1 / (nu * points.length) : 1, mixed, prior).run();
  }

  private static final class Descent {
    private final int n;
    private final int m; // d + 1
    private final double[][] q;
    private final double cap;
    private final double mixed;
    private final double[] prior;
    private final double[] u;
    private final double[] kappa;
    private double[] p;

    Descent(double[][] points, double cap, double mixed, double[] prior) {
      n = points.length;
      m = points[0].length + 1;
      q = Arrays.stream(points).map(x -> Arrays.copyOf(x, m)).toArray(double[][]::new);
      Arrays.stream(q).forEach(row -> row[m - 1] = 1);
      this.cap = cap;
      this.mixed = mixed;
      this.prior = prior;
      u = new double[n];
      Arrays.fill(u, 1.0 / n);
      kappa = new double[n];
      p = refreshed();
    }

    MinimumVolume run() {
      double gap = Double.POSITIVE_INFINITY;
      for (int steps = 0; steps < MOST; steps++) {
        int i = extreme(1);
        int j = extreme(-1);
        gap = i < 0 || j < 0 ? 0 : (kappa[i] - kappa[j]) / m;
        if (gap < TOLERANCE) {
          break;
        }
        if (steps > 0 && steps % REFRESH == 0) {
          p = refreshed();
        }
        move(i, j);
      }
      p = refreshed();
      return result(gap);
    }

    /// The largest kappa of a weight that can grow (sign 1), the smallest of one that can shrink (-1); -1 where there is none.
    private int extreme(int sign) {
      int best = -1;
      for (int i = 0; i < n; i++) {
        boolean movable = sign > 0 ? u[i] < cap : u[i] > 0;
        if (movable && (best < 0 || sign * kappa[i] > sign * kappa[best])) {
          best = i;
        }
      }
      return best;
    }

    /// Moves the weight that makes ln det M largest: its derivative (kappa_i - kappa_j - 2 t (kappa_i kappa_j - kappa_ij^2)) / det vanishes there.
    private void move(int i, int j) {
      double[] a = times(q[i]);
      double[] b = times(q[j]);
      double ij = dot(q[i], b);
      double curvature = kappa[i] * kappa[j] - ij * ij;
      double t = (kappa[i] - kappa[j]) / (2 * Math.max(curvature, Double.MIN_NORMAL)) / (1 - mixed);
      t = Math.min(t, Math.min(cap - u[i], u[j]));
      u[i] = t == cap - u[i] ? cap : u[i] + t;
      u[j] = t == u[j] ? 0 : u[j] - t;
      // Woodbury: P - [a b] W [a b]^T, W = ([1/s 0; 0 -1/s] + [kappa_i kappa_ij; kappa_ij kappa_j])^-1.
      double s = (1 - mixed) * t;
      double w11 = 1 / s + kappa[i];
      double w22 = -1 / s + kappa[j];
      double determinant = w11 * w22 - ij * ij;
      double v11 = w22 / determinant;
      double v22 = w11 / determinant;
      double v12 = -ij / determinant;
      for (int row = 0; row < m; row++) {
        double ra = v11 * a[row] + v12 * b[row];
        double rb = v12 * a[row] + v22 * b[row];
        for (int column = 0; column < m; column++) {
          p[row * m + column] -= ra * a[column] + rb * b[column];
        }
      }
      for (int k = 0; k < n; k++) {
        double ak = dot(a, q[k]);
        double bk = dot(b, q[k]);
        kappa[k] -= v11 * ak * ak + 2 * v12 * ak * bk + v22 * bk * bk;
      }
    }

    /// P of the weights as they are, and all kappa.
    private double[] refreshed() {
      double[] moment = moment();
      if (!Blas.cholesky(m, moment)) {
        throw new IllegalArgumentException("an ellipsoid needs points that are not all in one hyperplane, got " + n + " in " + (m - 1) + " dimensions");
      }
      Blas.inverse(m, moment);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < i; j++) {
          moment[j * m + i] = moment[i * m + j];
        }
      }
      p = moment;
      for (int k = 0; k < n; k++) {
        kappa[k] = dot(q[k], times(q[k]));
      }
      return moment;
    }

    /// (1 - mixed) sum u q q^T + mixed prior.
    private double[] moment() {
      double[] moment = new double[m * m];
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < m && u[k] > 0; i++) {
          double weighted = (1 - mixed) * u[k] * q[k][i];
          for (int j = 0; j <= i; j++) {
            moment[i * m + j] += weighted * q[k][j];
          }
        }
      }
      for (int i = 0; i < m * m && mixed > 0; i++) {
        moment[i] += mixed * prior[i];
      }
      return moment;
    }

    private MinimumVolume result(double gap) {
      int d = m - 1;
      double[] moment = moment();
      double[] c = Arrays.copyOfRange(moment, d * m, d * m + d);
      double[] s = new double[d * d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          s[i * d + j] = moment[i * m + j] - c[i] * c[j];
          s[j * d + i] = s[i * d + j];
        }
      }
      return new MinimumVolume(c, s, level(), gap);
    }

    /// kappa - 1 = (x - c)^T S^-1 (x - c), and on the border lie the points whose weights are neither 0 nor the cap. The largest where no weight is at the
    /// cap: then no point is outside.
    private double level() {
      double[] border = IntStream.range(0, n).filter(k -> u[k] > 0 && u[k] < cap).mapToDouble(k -> kappa[k]).toArray();
      boolean soft = border.length > 0 && Arrays.stream(u).anyMatch(w -> w >= cap);
      return (soft ? Arrays.stream(border).average().orElseThrow() : Arrays.stream(kappa).max().orElseThrow()) - 1;
    }

    private double[] times(double[] v) {
      double[] result = new double[m];
      for (int i = 0; i < m; i++) {
        double sum = 0;
        for (int j = 0; j < m; j++) {
          sum += p[i * m + j] * v[j];
        }
        result[i] = sum;
      }
      return result;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
