package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A command line that runs on a thread of its own.
final class Started {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FutureTask<Integer> code;

  private Started(String... arguments) {
    code = new FutureTask<>(() -> Main.run(arguments, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  static Started line(String... arguments) {
    Started started = new Started(arguments);
    Thread.ofPlatform().start(started.code);
    return started;
  }

  boolean isDone() {
    return code.isDone();
  }

  /// Waits until it has written that to standard error.
  void awaitError(String part) throws InterruptedException {
    while (!err.toString(StandardCharsets.UTF_8).contains(part)) {
      checkRuns();
      Thread.sleep(20);
    }
  }

  void checkRuns() {
    boolean isDone = code.isDone();
    assertThat(isDone).as("ended; it said: %s", err.toString(StandardCharsets.UTF_8)).isFalse();
  }

  /// Waits for its end.
  Ended end() throws InterruptedException, ExecutionException {
    int exit = code.get();
    return new Ended(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
