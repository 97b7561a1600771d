package proxima.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import proxima.objective.Job;

/// Trainings on several threads, of which a log may know some already; each that ends is added to it.
public final class Trainings {

  /// @param rate the learning rate at the base scale
  public record Planned(Subject subject, Job job, double rate) {}

  /// @param stepSeconds of a step; NaN where it is not known
  private record Ended(Planned planned, double loss, double seconds, double stepSeconds) {}

  private final TrainingLog log;
  private final int workers;

  public Trainings(TrainingLog log, int workers) {
    this.log = log;
    this.workers = workers;
  }

  /// Those that the log does not know.
  public List<Planned> unknown(List<Planned> all) {
    return all.stream().filter(p -> log.loss(p).isEmpty()).toList();
  }

  /// The losses of all, NaN where one diverged; those that the log knows are not trained again.
  /// @param trained hears of each that has ended, on the calling thread
  /// @throws InterruptedException if the thread was interrupted; the log has all trainings that ended.
  public List<Double> losses(List<Planned> all, Runnable trained) throws InterruptedException {
    List<Callable<Ended>> tasks = new ArrayList<>();
    unknown(all).forEach(p -> tasks.add(() -> train(p)));
    if (!tasks.isEmpty()) {
      Pool.run(tasks, workers, ended -> {
        log.add(ended.planned(), ended.loss(), ended.seconds(), ended.stepSeconds());
        trained.run();
      });
    }
    return all.stream().map(p -> log.loss(p).orElseThrow()).toList();
  }

  private Ended train(Planned planned) throws InterruptedException {
    long start = System.nanoTime();
    var pace = new Pace(System::nanoTime);
    double loss = TrainingLog.loss(planned.job(), planned.subject().objective().evaluate(planned.job(), pace));
    return new Ended(planned, loss, (System.nanoTime() - start) / 1e9, pace.seconds());
  }
}
