package proxima.linear;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;

/// BLAS and LAPACK on plain arrays, for code whose speed depends on it; elsewhere use [Matrix] and [Cholesky].
///
/// Matrices are stored by rows; `ld...` is the distance between the starts of two rows. A symmetric matrix and a triangular factor are
/// n x n without gaps, and only their lower half is read or written.
public final class Blas {

  private static final int BY_ROWS = 101;
  private static final int BY_COLUMNS = 102;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final int LOWER = 122;
  private static final int NON_UNIT = 131;
  private static final int LEFT = 141;
  private static final int RIGHT = 142;
  // By rows, the lower half is what LAPACK, which stores by columns, calls the upper one.
  private static final byte UPPER_BY_COLUMNS = 'U';

  private static final SymbolLookup OPENBLAS = Library.load();

  static {
    // One thread: two wait for each other by spinning, and on shared cores that is up to 30 times slower.
    try {
      Routine.of(OPENBLAS, "openblas_set_num_threads", JAVA_INT).direct().invokeExact(1);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static final Routine GEMM =
      Routine.of(
          OPENBLAS, "cblas_dgemm", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT,
          JAVA_DOUBLE, ADDRESS, JAVA_INT);
  private static final Routine SYRK =
      Routine.of(
          OPENBLAS, "cblas_dsyrk", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT);
  private static final Routine SYMM =
      Routine.of(
          OPENBLAS, "cblas_dsymm", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_DOUBLE,
          ADDRESS, JAVA_INT);
  private static final Routine TRSM =
      Routine.of(
          OPENBLAS, "cblas_dtrsm", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, ADDRESS,
          JAVA_INT);
  private static final Routine TRSV =
      Routine.of(OPENBLAS, "cblas_dtrsv", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private static final Routine POTRF =
      Routine.of(OPENBLAS, "LAPACKE_dpotrf_work", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT));
  private static final Routine POTRI =
      Routine.of(OPENBLAS, "LAPACKE_dpotri_work", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT));

  private Blas() {}

  /// C = alpha op(A) op(B) + beta C, where op(A) is m x k, op(B) is k x n and C is m x n.
  public static void gemm(
      boolean transposeA, boolean transposeB, int m, int n, int k, double alpha, double[] a, int lda, double[] b, int ldb, double beta, double[] c,
      int ldc) {
    check(a, transposeA ? k : m, transposeA ? m : k, lda);
    check(b, transposeB ? n : k, transposeB ? k : n, ldb);
    check(c, m, n, ldc);
    if (m == 0 || n == 0) {
      return;
    }
    try (Passage p = Passage.of(2.0 * m * n * k)) {
      GEMM.through(p)
          .invokeExact(
              BY_ROWS, transposeA ? TRANSPOSED : PLAIN, transposeB ? TRANSPOSED : PLAIN, m, n, k, alpha, p.in(a), lda, p.in(b), ldb, beta, p.inOut(c), ldc);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// The lower half of C = alpha A A^T, where A is n x k and C is n x n.
  public static void syrk(int n, int k, double alpha, double[] a, int lda, double[] c) {
    check(a, n, k, lda);
    check(c, n, n, n);
    if (n == 0) {
      return;
    }
    try (Passage p = Passage.of((double) n * n * k)) {
      SYRK.through(p).invokeExact(BY_ROWS, LOWER, PLAIN, n, k, alpha, p.in(a), lda, 0.0, p.inOut(c), n);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// C = A B, where A is symmetric, n x n, and B and C are n x m.
  public static void symm(int n, int m, double[] a, double[] b, int ldb, double[] c, int ldc) {
    check(a, n, n, n);
    check(b, n, m, ldb);
    check(c, n, m, ldc);
    if (n == 0 || m == 0) {
      return;
    }
    try (Passage p = Passage.of(2.0 * n * n * m)) {
      SYMM.through(p).invokeExact(BY_ROWS, LEFT, LOWER, n, m, 1.0, p.in(a), n, p.in(b), ldb, 0.0, p.inOut(c), ldc);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Solves L x = b, or L^T x = b, in place of every row b of B, where B is m x n.
  public static void solveRows(boolean transpose, int n, int m, double[] l, double[] b, int ldb) {
    if (m == 1) {
      solveVector(transpose, n, l, b);
    } else {
      solveMatrix(transpose, n, m, l, b, ldb);
    }
  }

  private static void solveMatrix(boolean transpose, int n, int m, double[] l, double[] b, int ldb) {
    check(l, n, n, n);
    check(b, m, n, ldb);
    if (m == 0 || n == 0) {
      return;
    }
    try (Passage p = Passage.of((double) m * n * n)) {
      // As L X^T = B^T is X L^T = B.
      TRSM.through(p).invokeExact(BY_ROWS, RIGHT, LOWER, transpose ? PLAIN : TRANSPOSED, NON_UNIT, m, n, 1.0, p.in(l), n, p.inOut(b), ldb);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static void solveVector(boolean transpose, int n, double[] l, double[] b) {
    check(l, n, n, n);
    check(b, 1, n, n);
    if (n == 0) {
      return;
    }
    try (Passage p = Passage.of((double) n * n)) {
      TRSV.through(p).invokeExact(BY_ROWS, LOWER, transpose ? TRANSPOSED : PLAIN, NON_UNIT, n, p.in(l), n, p.inOut(b), 1);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Replaces the lower half of A by L, A = L L^T; false, and A is lost, if A is not positive definite.
  public static boolean cholesky(int n, double[] a) {
    check(a, n, n, n);
    if (n == 0) {
      return true;
    }
    int info;
    try (Passage p = Passage.of((double) n * n * n / 3)) {
      info = (int) POTRF.through(p).invokeExact(BY_COLUMNS, UPPER_BY_COLUMNS, n, p.inOut(a), n);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    // LAPACK lets NaN pass.
    return info == 0 && a[n * n - 1] > 0;
  }

  /// Replaces the lower half of L by that of (L L^T)^-1.
  public static void inverse(int n, double[] l) {
    check(l, n, n, n);
    if (n == 0) {
      return;
    }
    int info;
    try (Passage p = Passage.of(2.0 * n * n * n / 3)) {
      info = (int) POTRI.through(p).invokeExact(BY_COLUMNS, UPPER_BY_COLUMNS, n, p.inOut(l), n);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    if (info != 0) {
      throw new IllegalArgumentException("a Cholesky factor has a positive diagonal, entry " + (info - 1) + " is not");
    }
  }

  private static void check(double[] array, int rows, int columns, int ld) {
    boolean fits = rows >= 0 && columns >= 0 && ld >= Math.max(1, columns) && (rows == 0 || (long) (rows - 1) * ld + columns <= array.length);
    if (!fits && rows != 0 && columns != 0) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " matrix with rows " + ld + " apart does not fit into an array of length " + array.length);
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a call of OpenBLAS failed: " + e, e);
  }
}
