package proxima.tune;

import proxima.objective.Job;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;

/// Hears how a run goes on.
interface Progress {

  /// A phase begins or goes on; `study` holds what has been told so far.
  void start(String phase, int budget, Study study);

  /// A trial's outcome is recorded.
  void told(String phase, Study study, Trial trial, Job job, Outcome outcome, double seconds);

  /// Something is to be said of a trial beside its outcome, by the thread that trains it.
  default void note(String phase, Trial trial, String line) {}

  /// The phase is to stop, and trainings that run have so many seconds to end.
  default void stopping(long trainings, long seconds) {}

  /// What people read of that.
  static String stoppingLine(long trainings, long seconds) {
    return "proxima: stopping; " + trainings + (trainings == 1 ? " training has " : " trainings have ") + seconds + " seconds to end";
  }

  /// A phase ends, or is cut off.
  void end();
}
