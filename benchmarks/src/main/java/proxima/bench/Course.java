package proxima.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import proxima.bench.result.Run;
import proxima.cli.Terminal;

/// How a comparison goes on: a progress bar where standard error is a terminal, elsewhere a line for each run; and a report that is never far behind.
final class Course implements Comparison.Listener, AutoCloseable {

  private static final long RENEWED_NANOS = TimeUnit.SECONDS.toNanos(30);
  /// The report takes at most this part of the time.
  private static final int SHARE = 20;

  interface Report {
    void write() throws IOException;
  }

  private final Terminal terminal;
  private final Report report;
  private final int all;
  private final Optional<ProgressBar> bar;
  private int done;
  private long due = System.nanoTime() + RENEWED_NANOS;

  /// @param done runs there are already
  /// @param all runs there will be
  /// @param report writes the report of the runs so far
  Course(Terminal terminal, int done, int all, Report report) {
    this.terminal = terminal;
    this.report = report;
    this.done = done;
    this.all = all;
    this.bar = terminal.interactive() && done < all ? Optional.of(terminal.bar("runs", done, all)) : Optional.empty();
    if (done > 0) {
      terminal.note((done == all ? "all " + all : done + " of " + all) + " runs are there already");
    }
  }

  @Override
  public synchronized void played(Run run) throws IOException {
    done++;
    bar.ifPresent(b -> {
      b.stepTo(done);
      b.setExtraMessage(", " + run.task() + ", " + run.contender());
    });
    if (bar.isEmpty() || run.failure().isPresent()) {
      terminal.note(done + " of " + all + ": " + run.task() + ", " + run.contender() + ", seed " + run.seed() + ": " + outcome(run));
    }
    long now = System.nanoTime();
    if (now >= due && done < all) {
      report.write();
      long took = System.nanoTime() - now;
      due = now + Math.max(RENEWED_NANOS, SHARE * took);
    }
  }

  private static String outcome(Run run) {
    return run.failure().map(f -> "failed in trial " + run.steps().size() + ": " + f).orElseGet(() -> String.format(Locale.ROOT, "regret %.4f", run.finalRegret()));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
