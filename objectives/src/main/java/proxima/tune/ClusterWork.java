package proxima.tune;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.Version;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.objective.Timed;
import proxima.space.Outcome;

/// What a machine of a cluster does: it answers texts of jobs with texts of their outcomes.
public final class ClusterWork {

  /// Made once a process, as each reads its data. The one state of such a process, which has no other place for it: jobs come to it one by one.
  private static final Map<RunDescription, Objective> OBJECTIVES = new ConcurrentHashMap<>();

  private ClusterWork() {}

  /// Evaluates a job.
  /// @param place a directory for the files of jobs
  public static String answer(String job, Path place) throws InterruptedException {
    return evaluate(ClusterJob.read(job), place).json();
  }

  /// The answer of a job whose machines are lost, one after the other.
  public static String lost(String reason) {
    return new Answer.Ended(new Timed(new Outcome.Failed(reason), 0)).json();
  }

  private static Answer evaluate(ClusterJob job, Path place) throws InterruptedException {
    Objective objective;
    try {
      objective = OBJECTIVES.computeIfAbsent(job.run(), run -> objective(run, place));
    } catch (InputException e) {
      return new Answer.Refused(here() + String.join("; ", e.problems()));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(here() + e.getMessage());
    }
    try {
      Timed timed = objective.timed(job.job(), Monitor.NONE);
      return new Answer.Ended(timed.outcome() instanceof Outcome.Failed(String reason) ? new Timed(new Outcome.Failed(here() + reason), timed.seconds()) : timed);
    } catch (InputException e) {
      return new Answer.Refused(here() + String.join("; ", e.problems()));
    } catch (RuntimeException e) {
      return new Answer.Broken(here() + e);
    }
  }

  private static Objective objective(RunDescription run, Path place) {
    if (!run.version().equals(Version.PROXIMA)) {
      throw new InputException("has proxima " + Version.PROXIMA + " on its class path, and the run is of " + run.version() + "; take it out of there: the run brings its own");
    }
    RunFolder folder = new RunFolder(folder(place));
    folder.create(run);
    RunConfig config = folder.readElsewhere(folder.config().toString());
    Objective objective = new Experiment(config).objective(folder);
    run.checkData(config, "can not work on the run");
    return objective;
  }

  private static Path folder(Path place) {
    try {
      return Files.createTempDirectory(place.toAbsolutePath(), "proxima-run");
    } catch (IOException e) {
      throw new InputException("a folder for the files of jobs can not be made: " + IoFault.text(e));
    }
  }

  /// `PID@HOST: `.
  private static String here() {
    return ManagementFactory.getRuntimeMXBean().getName() + ": ";
  }
}
