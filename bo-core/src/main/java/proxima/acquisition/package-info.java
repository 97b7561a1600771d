/// Acquisition functions: how promising a point is, given a posterior. In logarithms, since the improvements that matter in many dimensions
/// are far below what a double can hold (Ament et al. 2023, "Unexpected improvements to expected improvement").
///
/// | symbol | meaning |
/// |---|---|
/// | mu, sigma | mean and standard deviation of the loss's posterior at x, without observation noise |
/// | f* | the incumbent: the loss to improve on |
/// | u | (f* - mu) / sigma |
/// | phi, Phi | density and distribution function of N(0, 1) |
/// | h(u) | phi(u) + u Phi(u): the expected improvement in units of sigma |
///
/// Losses are minimized, acquisition values are maximized.
@NullMarked
package proxima.acquisition;

import org.jspecify.annotations.NullMarked;
