/// The report of a comparison: what was played, judged and drawn.
///
/// | word | meaning |
/// |---|---|
/// | regret | (value - best) / (median - best) of the task, of the point with the lowest observed loss, without noise: 0 is the best there is |
/// | match | a task with a seed; all contenders start it from the same points |
/// | contest | a task with a budget: its matches |
/// | field | contests in which every contender has played every match |
/// | mark | a number of trials at which regrets are told |
/// | n | how many tasks, seeds or suggestions a number is of; it stands by every number |
///
/// Sources: Demsar 2006 (mean ranks, signed ranks, the picture of critical differences); Benavoli, Corani and Mangili 2016 (pairs by Wilcoxon's test,
/// not by mean ranks); Holm 1979; Pratt 1959; Agarwal et al. 2021 (stratified bootstrap).
@NullMarked
package proxima.bench.report;

import org.jspecify.annotations.NullMarked;
