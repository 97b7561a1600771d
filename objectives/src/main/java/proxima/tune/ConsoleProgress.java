package proxima.tune;

import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import proxima.chart.Format;
import proxima.cli.Terminal;
import proxima.objective.Job;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;
import proxima.study.TrialResult;

/// A progress bar with the best loss and the time left, where standard error is a terminal; elsewhere a line now and then. Writes the log too.
final class ConsoleProgress implements Progress {

  /// Lines in a phase where there is no terminal.
  private static final int LINES = 10;

  private final Terminal terminal;
  private final TrialLog log;
  private Optional<ProgressBar> bar = Optional.empty();
  private int budget;
  // Of these lines, those that are due by what has been told, by whomever.
  private long lines;

  ConsoleProgress(Terminal terminal, TrialLog log) {
    this.terminal = terminal;
    this.log = log;
  }

  @Override
  public void start(String phase, int budget, Study study) {
    this.budget = budget;
    long done = done(study);
    lines = lines(done);
    if (done >= budget) {
      return;
    }
    if (terminal.interactive()) {
      ProgressBar made = terminal.bar(String.format(Locale.ROOT, "%-8s", phase), done, budget);
      bar = Optional.of(made);
      show(made, phase, study);
    } else {
      terminal.note(phase + ": " + (done == 0 ? Format.count(budget, "trial") : "going on at trial " + done + " of " + budget));
    }
  }

  @Override
  public void told(String phase, Study study, Trial trial, Job job, Outcome outcome, double seconds) {
    log.add(phase, trial.number(), job.seed(), outcome, seconds);
    long done = done(study);
    bar.ifPresent(b -> {
      b.stepTo(done);
      show(b, phase, study);
    });
    if (!terminal.interactive() && lines(done) > lines) {
      lines = lines(done);
      terminal.note(phase + ": " + done + " of " + budget + best(phase, study));
    }
    if (outcome instanceof Outcome.Failed(String reason)) {
      terminal.note(phase + ": trial " + trial.number() + " failed: " + reason);
    }
  }

  /// A line for each tenth of the budget, and one at its end.
  private long lines(long done) {
    return done / Math.max(1, budget / LINES) + (done >= budget ? 1 : 0);
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
  public void end() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  private static void show(ProgressBar bar, String phase, Study study) {
    bar.setExtraMessage(best(phase, study));
  }

  /// Of a search: what is trained with fresh seeds, of several settings, does not compare.
  static String best(String phase, Study study) {
    return study.best().filter(_ -> TuningRun.SEARCHES.contains(phase)).map(t -> ", best loss " + Format.loss(t.loss().orElseThrow())).orElse("");
  }

  private static long done(Study study) {
    return study.trials().stream().filter(TrialResult::isAskedFor).filter(t -> !t.isPending()).count();
  }
}
