/// Comparisons of strategies on functions whose minimum is known, and speed benchmarks.
///
/// | symbol | meaning |
/// |---|---|
/// | d | dimension of the unit cube |
/// | x | a point of the unit cube |
/// | z | x in the function's own units, such as octaves |
/// | regret | noise-free value of a point less the function's minimum |
///
/// Paired: strategies compared on a function share its seed, its noise and their initial design.
@NullMarked
package proxima.bench;

import org.jspecify.annotations.NullMarked;
