/// Stores: where several processes, on one host or many, work on the same studies.
///
/// | word | meaning |
/// |---|---|
/// | store | a journal, the leases of its trials, and the descriptions of its runs |
/// | lease | the right to work on a trial, which ends unless its holder renews it |
/// | holder | a process that works on trials |
/// | turn | the right to ask a study: one process at a time has it |
/// | run | several studies that belong together, and what those who join it must know |
///
/// What is told is kept by the journal alone. A lease that is lost costs a training, never an outcome: a trial may be trained twice, and is told once.
@NullMarked
package proxima.store;

import org.jspecify.annotations.NullMarked;
