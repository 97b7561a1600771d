/// How hyperparameters move from one model scale to another: tables of exponents, one interpreter, its inverse, and exporters.
///
/// | symbol | meaning |
/// |---|---|
/// | N, L, B, D | width, blocks, tokens in a batch, tokens in all |
/// | m_N, m_L, m_B, m_D | ratios target / base |
/// | f_in, f_out | a tensor's own ratios of fan-in and fan-out |
/// | f_t | its ratio of max(1, fan-out / fan-in) |
/// | alpha | depth exponent, in [1/2, 1] |
/// | q | sqrt(m_B / m_D), or with the rule's exponents m_B^b / m_D^d |
/// | x | relative depth of a block, in (0, 1] |
///
/// A walk through: `Transfer` (base coordinates) -> `ScalingRule.map` (one interpreter, its own inverse) -> `ModuleSettings` ->
/// `SettingsFormat`.
///
/// Sources: Complete(d)P, arXiv 2512.22382, table 1; CompleteP, arXiv 2505.01618, table 1; Tensor Programs V, arXiv 2203.03466, table 3; mixtures of
/// experts: arXiv 2508.09752 and arXiv 2601.20205.
@NullMarked
package proxima.scaling;

import org.jspecify.annotations.NullMarked;
