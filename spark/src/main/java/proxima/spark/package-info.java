/// Trials as tasks of Apache Spark: one job of one task for each, so that none waits for another. What goes to an executor is the text of a job, what comes back is the text of its outcome.
///
/// | term | meaning |
/// |---|---|
/// | driver | the process of the run, which asks and tells |
/// | executor | a process that evaluates tasks; it has Spark, and is sent everything else |
@NullMarked
package proxima.spark;

import org.jspecify.annotations.NullMarked;
