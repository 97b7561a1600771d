/// Search spaces learned from earlier tuning tasks (Perrone et al. 2019, arXiv 1909.12552, and what mends it).
///
/// | symbol | meaning |
/// |---|---|
/// | T | number of prior tasks |
/// | d | dimension of the unit cube |
/// | x | a point of the cube of the space that is to be searched, into which prior trials are translated |
/// | top | how many of a task's best points count as its optima |
/// | q | x with a 1 appended, so that a centre is part of a second moment: q = (x, 1) |
/// | u | weights of points, 0 or more and 1 in sum |
/// | M, P, kappa | M = sum u q q^T, P = M^-1, kappa_i = q_i^T P q_i |
/// | c, S | centre sum u x and scatter sum u x x^T - c c^T |
/// | nu | the largest share of the points that a soft region leaves outside |
@NullMarked
package proxima.space.learn;

import org.jspecify.annotations.NullMarked;
