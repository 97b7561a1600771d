package proxima.tune;

import proxima.objective.Job;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;

/// Progress that nobody watches.
final class Silent implements Progress {

  @Override
  public void start(String phase, int budget, Study study) {}

  @Override
  public void told(String phase, Study study, Trial trial, Job job, Outcome outcome, double seconds) {}

  @Override
  public void end() {}
}
