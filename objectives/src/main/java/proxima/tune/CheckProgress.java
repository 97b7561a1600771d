package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.diagnose.Pool;

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

  /// The results of tasks, each of which is one.
  /// @param kind of the check, which answers how far it came where it is stopped
  <T> List<T> run(String kind, List<Callable<T>> tasks, int workers) throws InterruptedException {
    try {
      return Pool.run(tasks, workers, _ -> step());
    } catch (InterruptedException e) {
      terminal.answer(stopped(kind, done, all).put("axis", name));
      throw e;
    }
  }

  /// The answer of a check that was stopped.
  ObjectNode stopped(String kind) {
    return stopped(kind, done, all);
  }

  static ObjectNode stopped(String kind, int trained, int all) {
    return Json.object().put("check", kind).put("trained", trained).put("of", all);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
