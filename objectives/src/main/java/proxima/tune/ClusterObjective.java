package proxima.tune;

import proxima.cli.InputException;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.objective.Timed;
import proxima.space.Outcome;

/// Evaluates the jobs of a run on a cluster. Monitors hear nothing: losses on the way come with the outcome.
record ClusterObjective(Cluster cluster, RunDescription run) implements Objective {

  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    return timed(job, monitor).outcome();
  }

  @Override
  public Timed timed(Job job, Monitor monitor) throws InterruptedException {
    return switch (Answer.read(cluster.answer(new ClusterJob(run, job).json()))) {
      case Answer.Ended(Timed timed) -> timed;
      case Answer.Refused(String why) -> throw new InputException(why);
      case Answer.Broken(String why) -> throw new IllegalStateException(why);
    };
  }
}
