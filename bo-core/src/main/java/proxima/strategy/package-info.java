/// Strategies: which point to try next, given what is known.
@NullMarked
package proxima.strategy;

import org.jspecify.annotations.NullMarked;
