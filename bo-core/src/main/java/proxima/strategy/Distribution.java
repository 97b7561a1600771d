package proxima.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/// The search distribution N(m, sigma^2 C) of CMA-ES, with its evolution paths (Hansen 2016, "The CMA Evolution Strategy: a tutorial",
/// table 1; the active update is left out). Mutable, and private to one fold.
final class Distribution {

  /// Condition number at which eigenvalues are cut off.
  private static final double LARGEST_CONDITION = 1e14;

  private final int d;
  private final int lambda;
  private final double[] mean;
  private double sigma;
  private final double[][] c;
  private final double[] pathSigma;
  private final double[] pathC;
  private double[][] eigenvectors;
  private double[] scales;
  private int generation;

  /// @param sides of a box: the first standard deviations are sigma times these
  Distribution(double[] mean, double sigma, double[] sides) {
    d = mean.length;
    lambda = 4 + (int) Math.floor(3 * Math.log(d));
    this.mean = mean.clone();
    this.sigma = sigma;
    c = identity(d);
    for (int i = 0; i < d; i++) {
      c[i][i] = sides[i] * sides[i];
    }
    pathSigma = new double[d];
    pathC = new double[d];
    eigenvectors = identity(d);
    scales = sides.clone();
  }

  /// The size of a generation.
  int lambda() {
    return lambda;
  }

  /// m + sigma B D z, z ~ N(0, I).
  double[] sample(RandomGenerator random) {
    double[] z = new double[d];
    for (int j = 0; j < d; j++) {
      z[j] = scales[j] * random.nextGaussian();
    }
    double[] x = mean.clone();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        x[i] += sigma * eigenvectors[i][j] * z[j];
      }
    }
    return x;
  }

  /// One generation's points, best first; fewer than lambda where some are not known, of no effect where none is.
  void update(List<double[]> sorted) {
    generation++;
    int mu = Math.min(lambda / 2, sorted.size());
    if (mu == 0) {
      return;
    }
    double[] w = weights(mu);
    double muEff = 1 / Arrays.stream(w).map(v -> v * v).sum();
    double cSigma = (muEff + 2) / (d + muEff + 5);
    double dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (d + 1)) - 1) + cSigma;
    double cc = (4 + muEff / d) / (d + 4 + 2 * muEff / d);
    double c1 = 2 / ((d + 1.3) * (d + 1.3) + muEff);
    double cMu = Math.min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((d + 2.0) * (d + 2.0) + muEff));
    double expectedNorm = Math.sqrt(d) * (1 - 1 / (4.0 * d) + 1 / (21.0 * d * d));

    double[][] y = new double[mu][d];
    double[] step = new double[d];
    for (int k = 0; k < mu; k++) {
      for (int i = 0; i < d; i++) {
        y[k][i] = (sorted.get(k)[i] - mean[i]) / sigma;
        step[i] += w[k] * y[k][i];
      }
    }
    double[] whitened = whiten(step);
    double norm = 0;
    for (int i = 0; i < d; i++) {
      mean[i] += sigma * step[i];
      pathSigma[i] = (1 - cSigma) * pathSigma[i] + Math.sqrt(cSigma * (2 - cSigma) * muEff) * whitened[i];
      norm += pathSigma[i] * pathSigma[i];
    }
    norm = Math.sqrt(norm);
    boolean steady = norm / Math.sqrt(1 - Math.pow(1 - cSigma, 2.0 * generation)) < (1.4 + 2.0 / (d + 1)) * expectedNorm;
    double h = steady ? 1 : 0;
    for (int i = 0; i < d; i++) {
      pathC[i] = (1 - cc) * pathC[i] + h * Math.sqrt(cc * (2 - cc) * muEff) * step[i];
    }
    double keep = 1 - c1 - cMu + (1 - h) * c1 * cc * (2 - cc);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double rankMu = 0;
        for (int k = 0; k < mu; k++) {
          rankMu += w[k] * y[k][i] * y[k][j];
        }
        c[i][j] = keep * c[i][j] + c1 * pathC[i] * pathC[j] + cMu * rankMu;
        c[j][i] = c[i][j];
      }
    }
    // 1: the cube's side; a wider distribution only fills its faces.
    sigma = Math.min(1, sigma * Math.exp(cSigma / dSigma * (norm / expectedNorm - 1)));
    decompose();
  }

  /// C^(-1/2) v.
  private double[] whiten(double[] v) {
    double[] result = new double[d];
    for (int j = 0; j < d; j++) {
      double projection = 0;
      for (int i = 0; i < d; i++) {
        projection += eigenvectors[i][j] * v[i];
      }
      for (int i = 0; i < d; i++) {
        result[i] += eigenvectors[i][j] * projection / scales[j];
      }
    }
    return result;
  }

  private void decompose() {
    var eigen = new EigenDecomposition(new Array2DRowRealMatrix(c, false));
    double[] values = eigen.getRealEigenvalues();
    double floor = Arrays.stream(values).max().orElse(1) / LARGEST_CONDITION;
    eigenvectors = eigen.getV().getData();
    scales = Arrays.stream(values).map(v -> Math.sqrt(Math.max(v, floor))).toArray();
  }

  private double[] weights(int mu) {
    double[] w = new double[mu];
    for (int k = 0; k < mu; k++) {
      w[k] = Math.log((lambda + 1) / 2.0) - Math.log(k + 1.0);
    }
    double sum = Arrays.stream(w).sum();
    return Arrays.stream(w).map(v -> v / sum).toArray();
  }

  private static double[][] identity(int d) {
    double[][] a = new double[d][d];
    for (int i = 0; i < d; i++) {
      a[i][i] = 1;
    }
    return a;
  }
}
