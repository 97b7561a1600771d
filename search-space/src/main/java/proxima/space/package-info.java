/// Parameters, configurations, the unit cube, regions of it, outcomes and task histories. This package says what can be tried and what came
/// of it; it knows nothing of how points are chosen.
///
/// | symbol | meaning |
/// |---|---|
/// | d | dimension of the unit cube: the sum of the parameters' widths |
/// | x | a `Point`, in [0, 1]^d |
/// | low, high | a parameter's range, in its natural unit, both ends included |
///
/// Losses are minimized.
@NullMarked
package proxima.space;

import org.jspecify.annotations.NullMarked;
