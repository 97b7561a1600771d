/// Checks of what transfer rests on.
///
/// | word | meaning |
/// |---|---|
/// | size | the scale, and the mixture of experts in the model |
/// | axis | width, depth, batch, tokens, experts or granularity: one grows, the others stay |
/// | coordinate | the size of an activation, mean over its entries of abs(x), at one step; step 1 is before any update |
/// | slope | the exponent at which a size follows the scale: least squares of log size over log scale |
/// | proxy | the size that a transfer starts from; one of those checked |
/// | rate | the learning rate at the base scale: what the scaling map takes to each size |
/// | sweep | losses over rates at one size |
/// | optimum | where the parabola through the lowest mean loss and its neighbours, over log2 rate, is lowest |
/// | drift | octaves from the proxy's optimum to another size's |
///
/// Coordinate check: Yang et al. 2022, arXiv 2203.03466, appendix D.1, and the `mup` package; over depth Dey et al. 2025, arXiv 2505.01618. Nothing here
/// imports the engine.
@NullMarked
package proxima.diagnose;

import org.jspecify.annotations.NullMarked;
