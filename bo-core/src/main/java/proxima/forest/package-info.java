/// Random forests (Breiman 2001) over points of the unit cube. The trees are Smile's; samples, averages and out-of-bag predictions are made here, since
/// Smile's forest adds them up in parallel without a lock.
///
/// | symbol | meaning |
/// |---|---|
/// | n | number of points |
/// | d | dimension of the unit cube |
/// | x | points |
/// | y | what is predicted: one number a point |
@NullMarked
package proxima.forest;

import org.jspecify.annotations.NullMarked;
