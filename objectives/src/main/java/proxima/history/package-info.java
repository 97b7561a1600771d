/// Tuning histories that other programs have recorded: Optuna's storages, Syne Tune's results, CSV files. Each becomes a `TaskHistory`, with a note on all that was
/// changed or left out.
@NullMarked
package proxima.history;

import org.jspecify.annotations.NullMarked;
