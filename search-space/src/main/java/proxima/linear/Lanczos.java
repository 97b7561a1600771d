package proxima.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.EigenDecomposition;

/// The largest eigenvalue of a symmetric matrix that is known by its products alone: k steps of Lanczos' iteration, each orthogonalised against all before it, twice.
///
/// Source: Golub and Van Loan 2013, section 10.1 and 10.3.
///
/// @param value the largest Ritz value, at most the largest eigenvalue; NaN where a product was not finite
/// @param residual norm of A x - value x for the Ritz vector x of length 1: some eigenvalue is this near
/// @param products how many were needed
public record Lanczos(double value, double residual, int products) {

  /// Relative norm below which what is left of a product is rounding: the space is exhausted.
  private static final double ROUNDING = 1e-12;

  /// @param n length of vectors
  /// @param most products
  /// @param tolerance relative residual that is small enough
  public static Lanczos largest(UnaryOperator<double[]> matrix, int n, int most, double tolerance, RandomGenerator random) {
    if (!(n > 0 && most > 0)) {
      throw new IllegalArgumentException("Lanczos needs n > 0 and at least one product, got " + n + " and " + most);
    }
    List<double[]> basis = new ArrayList<>();
    List<Double> diagonal = new ArrayList<>();
    List<Double> below = new ArrayList<>();
    double[] q = random.doubles(n).map(u -> u - 0.5).toArray();
    scale(q, 1 / norm(q));
    while (true) {
      basis.add(q);
      double[] w = matrix.apply(q.clone());
      diagonal.add(dot(q, w));
      for (int twice = 0; twice < 2; twice++) {
        for (double[] b : basis) {
          add(w, b, -dot(b, w));
        }
      }
      double beta = norm(w);
      if (!Double.isFinite(beta)) {
        return new Lanczos(Double.NaN, Double.NaN, basis.size());
      }
      Lanczos found = of(diagonal, below, beta);
      boolean exhausted = beta <= ROUNDING * Math.abs(found.value) || basis.size() == n;
      if (exhausted || basis.size() == most || found.residual <= tolerance * Math.abs(found.value)) {
        return found;
      }
      below.add(beta);
      scale(w, 1 / beta);
      q = w;
    }
  }

  private static Lanczos of(List<Double> diagonal, List<Double> below, double beta) {
    var eigen = new EigenDecomposition(diagonal.stream().mapToDouble(d -> d).toArray(), below.stream().mapToDouble(d -> d).toArray());
    double[] values = eigen.getRealEigenvalues();
    int top = 0;
    for (int i = 1; i < values.length; i++) {
      top = values[i] > values[top] ? i : top;
    }
    double last = eigen.getEigenvector(top).getEntry(values.length - 1);
    return new Lanczos(values[top], beta * Math.abs(last), diagonal.size());
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static void add(double[] a, double[] b, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }
}
