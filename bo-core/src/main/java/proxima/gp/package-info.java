/// Gaussian processes: exact regression of warped losses over the unit cube, and classification of what can be trained.
///
/// | symbol | meaning |
/// |---|---|
/// | d, n, m | dimension, told points, points asked about |
/// | x, w, z | a point of the unit cube; where the warp of the inputs takes it, x itself where there is none; z = (w - 1/2) / l, coordinate by coordinate |
/// | a, b | the exponents of that warp, two a coordinate |
/// | l | length scales, one a coordinate |
/// | r2 | squared distance of two z |
/// | k, dk | the kernel of r2, with k(0) = 1; its derivative with respect to r2 |
/// | s, u | output scale (prior variance) and noise variance; K = s k + a diagonal of the noise, u or, where it is known of a target, that |
/// | L, alpha | K = L L^T; alpha = K^-1 (y - c) |
/// | c | the constant mean: that which makes the targets likeliest, 1^T K^-1 y / 1^T K^-1 1 |
/// | y | targets: warped losses, lower is better |
/// | u / m | what the noise is of the mean of m targets of one point: told one by one, or as their mean with this noise, they come to the same; one by one their scatter tells u |
/// | f | the latent function; predictions are of f, without noise |
///
/// Sources: Rasmussen and Williams 2006; Snoek, Swersky, Zemel and Adams 2014 (the warp); Hvarfner, Hellsten and Nardi 2024 (the dimension-scaled prior); Byrd et al. 1995 and Bertsekas 1982
/// (minimizing in a box).
@NullMarked
package proxima.gp;

import org.jspecify.annotations.NullMarked;
