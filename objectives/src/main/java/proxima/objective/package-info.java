/// What a tuning run minimizes.
@NullMarked
package proxima.objective;

import org.jspecify.annotations.NullMarked;
