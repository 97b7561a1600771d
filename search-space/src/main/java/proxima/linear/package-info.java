/// Dense linear algebra in double precision over OpenBLAS, on one thread: the one place that calls native code.
///
/// | symbol | meaning |
/// |---|---|
/// | A | a symmetric positive definite matrix, n x n |
/// | L | its lower Cholesky factor, A = L L^T |
/// | B, X | right-hand sides and solutions |
///
/// Matrices are stored by rows. A symmetric matrix is read from its lower half only. OpenBLAS comes as a jar and is called through
/// `java.lang.foreign`; parallelism is left to the caller's threads.
///
/// Sources: Golub and Van Loan 2013, chapters 3 and 4; the BLAS and LAPACK reference.
@NullMarked
package proxima.linear;

import org.jspecify.annotations.NullMarked;
