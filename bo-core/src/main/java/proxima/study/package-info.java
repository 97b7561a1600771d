/// Studies: ask for a point, tell what came of it, and a journal that forgets nothing.
///
/// A study is a fold over its events, and what it asks next is a function of them. So a journal read again gives the same study, and asks the same next
/// point, as one that never stopped. Where several work on a study, outcomes may come in while a point is searched, and stand before it in the journal without having been known.
///
/// | word | meaning |
/// |---|---|
/// | trial | a point to try, numbered from 0 in the order of the journal, whether asked for or added |
/// | ask | the strategy's next point becomes a trial |
/// | tell | the outcome of a trial; once, whatever the order of the trials |
/// | add | a point that was never asked for, with its outcome: a warm start |
/// | report | a loss seen on the way, answered by whether to go on |
/// | assignment | how long a trial trains, and whether at a point of its own |
/// | rung | a step at which successive halving compares trials |
/// | pending | asked for and not told |
/// | sequence number | the place of an event in its study's journal, from 0, without gaps |
@NullMarked
package proxima.study;

import org.jspecify.annotations.NullMarked;
