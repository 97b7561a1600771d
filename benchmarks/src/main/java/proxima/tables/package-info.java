/// Recorded tables of configurations and their losses.
@NullMarked
package proxima.tables;

import org.jspecify.annotations.NullMarked;
