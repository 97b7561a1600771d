/// Comparisons of strategies on functions whose minimum is known and on recorded tables, and speed benchmarks.
///
/// | symbol | meaning |
/// |---|---|
/// | d | dimension of the unit cube |
/// | x | a point of the unit cube |
/// | z | x in the function's own units, such as octaves |
/// | regret | (loss - best) / (median - best): of noise-free values of a function, whose median is over its cube, or of a table's rows |
///
/// Paired: strategies compared on a function share its seed, its noise and their initial design.
@NullMarked
package proxima.bench;

import org.jspecify.annotations.NullMarked;
