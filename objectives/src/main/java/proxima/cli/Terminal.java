package proxima.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// What a command reads from, and where it writes: its answer to standard output, everything else to standard error.
///
/// @param json the answer is one JSON object, the last line of standard output; what a person would read goes to standard error
/// @param interactive whether standard error is a terminal
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean json, boolean interactive) {

  /// A line for a person.
  public void say(String line) {
    (json ? err : out).println(line);
  }

  /// A line about the work, never part of the answer.
  public void note(String line) {
    err.println(line);
  }

  /// A progress bar on standard error, for where that is a terminal.
  public ProgressBar bar(String name, long done, long all) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(all)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .setConsumer(new ConsoleProgressBarConsumer(err))
        .startsFrom(done, Duration.ZERO)
        .build();
  }

  /// The answer for a script; nothing unless it was asked for.
  public void answer(ObjectNode object) {
    if (json) {
      out.println(object);
    }
  }
}
