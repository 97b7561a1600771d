package proxima.tune;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import proxima.cli.Terminal;

/// How many trainings of a check are done: a bar where standard error is a terminal, elsewhere a line now and then.
final class CheckProgress implements AutoCloseable {

  private static final int LINES = 10;

  private final Terminal terminal;
  private final String name;
  private final int all;
  private final Optional<ProgressBar> bar;
  private int done;

  CheckProgress(Terminal terminal, String name, int done, int all) {
    this.terminal = terminal;
    this.name = name;
    this.all = all;
    this.done = done;
    bar = terminal.interactive() && done < all ? Optional.of(terminal.bar(name, done, all)) : Optional.empty();
  }

  /// One more is done.
  void step() {
    done++;
    bar.ifPresent(b -> b.stepTo(done));
    if (!terminal.interactive() && (done % Math.max(1, (all + LINES - 1) / LINES) == 0 || done == all)) {
      terminal.note(name + ": " + done + " of " + all);
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
