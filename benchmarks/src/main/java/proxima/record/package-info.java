/// Tables of real trainings: proxies trained at many settings of their modules, recorded once, so that strategies can be compared on them without training.
///
/// | symbol | meaning |
/// |---|---|
/// | row | one training: a configuration, a seed, what came of it |
/// | round | rows that are designed together, from the rows before it alone |
/// | phase | rounds of one kind |
///
/// What a table holds depends on nothing but its task: not on the number of workers, nor on when it was stopped.
@NullMarked
package proxima.record;

import org.jspecify.annotations.NullMarked;
