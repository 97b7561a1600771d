/// Earlier tuning runs as prior tasks of a new one, whatever their scale: their trials, put into the new run's base coordinates by the scaling map.
///
/// A run that tunes modules has two tasks: `global`, over the global values, and `module`, over factors around the best of these. What a trial trained with is the same
/// thing in both runs, whatever each calls it: a factor on another global value is another factor here.
@NullMarked
package proxima.prior;

import org.jspecify.annotations.NullMarked;
