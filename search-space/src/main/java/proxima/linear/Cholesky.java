package proxima.linear;

import java.util.Arrays;
import java.util.Optional;

/// The factor L of a symmetric positive definite matrix A = L L^T. Immutable.
public final class Cholesky {

  private final int n;
  private final double[] l; // zero above the diagonal

  private Cholesky(int n, double[] l) {
    this.n = n;
    this.l = l;
  }

  /// Empty if A is not positive definite. Only its lower half is read.
  public static Optional<Cholesky> of(Matrix a) {
    if (a.rows() != a.columns()) {
      throw new IllegalArgumentException("a matrix to be factored is square, got " + a.rows() + " x " + a.columns());
    }
    return take(a.rows(), a.toArray());
  }

  /// As `of`, in the place of the n x n array `a`, which from then on belongs to the result.
  public static Optional<Cholesky> take(int n, double[] a) {
    if (!Blas.cholesky(n, a)) {
      return Optional.empty();
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0.0);
    }
    return Optional.of(new Cholesky(n, a));
  }

  public int size() {
    return n;
  }

  /// L, n x n, zero above the diagonal.
  public Matrix factor() {
    return Matrix.wrap(n, n, l.clone());
  }

  /// ln det A.
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(l[i * n + i]);
    }
    return 2 * sum;
  }

  /// Replaces each of the m rows b of `rows` (m x n) by A^-1 b.
  public void solveInPlace(double[] rows, int m) {
    Blas.solveRows(false, n, m, l, rows, Math.max(1, n));
    Blas.solveRows(true, n, m, l, rows, Math.max(1, n));
  }

  /// Replaces each of the m rows b of `rows` (m x n) by L^-1 b.
  public void solveLowerInPlace(double[] rows, int m) {
    Blas.solveRows(false, n, m, l, rows, Math.max(1, n));
  }

  /// Replaces each of the m rows b of `rows` (m x n) by L^-T b.
  public void solveUpperInPlace(double[] rows, int m) {
    Blas.solveRows(true, n, m, l, rows, Math.max(1, n));
  }

  /// A^-1, both halves.
  public Matrix inverse() {
    double[] inverse = l.clone();
    Blas.inverse(n, inverse);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        inverse[j * n + i] = inverse[i * n + j];
      }
    }
    return Matrix.wrap(n, n, inverse);
  }

  /// The factor of [[A, C^T], [C, D]], in O(m n^2) (Golub and Van Loan 2013, section 4.2.9); empty if that is not positive definite.
  ///
  /// @param c the new rows under A, m x n
  /// @param d the new corner, m x m, of which the lower half is read
  public Optional<Cholesky> append(Matrix c, Matrix d) {
    int m = c.rows();
    if (!(c.columns() == n && d.rows() == m && d.columns() == m)) {
      throw new IllegalArgumentException(
          "rows appended to a factor of size " + n + " are m x " + n + " with a corner of m x m, got "
              + c.rows() + " x " + c.columns() + " and " + d.rows() + " x " + d.columns());
    }
    double[] below = c.toArray();
    solveLowerInPlace(below, m);
    double[] corner = d.toArray();
    if (n > 0) {
      Blas.gemm(false, true, m, m, n, -1, below, n, below, n, 1, corner, Math.max(1, m));
    }
    return take(m, corner).map(s -> stack(below, s));
  }

  private Cholesky stack(double[] below, Cholesky corner) {
    int m = corner.n;
    int size = n + m;
    double[] stacked = new double[size * size];
    for (int i = 0; i < n; i++) {
      System.arraycopy(l, i * n, stacked, i * size, i + 1);
    }
    for (int i = 0; i < m; i++) {
      System.arraycopy(below, i * n, stacked, (n + i) * size, n);
      System.arraycopy(corner.l, i * m, stacked, (n + i) * size + n, i + 1);
    }
    return new Cholesky(size, stacked);
  }
}
