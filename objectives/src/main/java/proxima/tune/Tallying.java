package proxima.tune;

import java.util.Locale;
import proxima.chart.Format;
import proxima.cli.Terminal;
import proxima.objective.Job;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;

/// A worker's line now and then: what it told, how fast, and the best loss that all have found.
final class Tallying implements Progress {

  private static final long LINE_NANOS = 60_000_000_000L;

  private final Terminal terminal;
  private final long start = System.nanoTime();
  private long next = start + LINE_NANOS;
  private int told;
  private int failed;
  private double seconds;

  Tallying(Terminal terminal) {
    this.terminal = terminal;
  }

  int told() {
    return told;
  }

  int failed() {
    return failed;
  }

  /// Of training.
  double seconds() {
    return seconds;
  }

  @Override
  public void start(String phase, int budget, Study study) {
    terminal.note(phase + ": " + Format.count(budget, "trial") + ", " + study.trials().stream().filter(t -> t.isAskedFor() && !t.isPending()).count() + " of them told");
  }

  @Override
  public void told(String phase, Study study, Trial trial, Job job, Outcome outcome, double took) {
    told++;
    seconds += took;
    if (outcome instanceof Outcome.Failed(String reason)) {
      failed++;
      terminal.note(phase + ": trial " + trial.number() + " failed: " + reason);
    }
    long now = System.nanoTime();
    if (now >= next) {
      next = now + LINE_NANOS;
      terminal.note(String.format(Locale.ROOT, "%s: told %d, %.1f a minute, %.1f s each%s", phase, told, 60e9 * told / (now - start), seconds / told, ConsoleProgress.best(phase, study)));
    }
  }

  @Override
  public void note(String phase, Trial trial, String line) {
    terminal.note(phase + ": trial " + trial.number() + ": " + line);
  }

  @Override
  public void stopping(long trainings, long seconds) {
    terminal.note(Progress.stoppingLine(trainings, seconds));
  }

  @Override
  public void end() {}
}
