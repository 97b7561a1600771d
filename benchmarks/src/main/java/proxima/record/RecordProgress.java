package proxima.record;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import proxima.cli.Terminal;

/// How a recording goes on: a bar where standard error is a terminal, elsewhere a line now and then.
final class RecordProgress implements AutoCloseable {

  /// Lines where there is no terminal.
  private static final int LINES = 50;

  private final Terminal terminal;
  private final int all;
  private final Optional<ProgressBar> bar;
  private int done;

  RecordProgress(Terminal terminal, List<Recording> recordings, int size) {
    this.terminal = terminal;
    this.all = recordings.size() * size;
    this.done = recordings.stream().mapToInt(r -> Math.min(size, r.table().rows().size())).sum();
    if (done < all) {
      terminal.note("record: " + (done == 0 ? all + " trainings" : "going on at training " + done + " of " + all));
    }
    this.bar = terminal.interactive() && done < all ? Optional.of(terminal.bar("record", done, all)) : Optional.empty();
  }

  synchronized void added(Proxy proxy, Row row) {
    done++;
    bar.ifPresent(b -> b.stepTo(done));
    if (bar.isEmpty() && (done % Math.max(1, all / LINES) == 0 || done == all)) {
      terminal.note(String.format(Locale.ROOT, "record: %d of %d, %s %s", done, all, proxy.name(), row.outcome().brief()));
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
