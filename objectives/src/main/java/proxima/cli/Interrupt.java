package proxima.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C (or a polite kill) into an interrupt of the thread that made this, and gives it time to stop cleanly.
public final class Interrupt implements AutoCloseable {

  /// Trainings notice an interrupt at their next step, commands are killed at once. What has not stopped by then ends with the process, whose exit code is the signal's.
  private static final int SECONDS = 20;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook;

  /// @param stoppedNote says, once the work has stopped, what was kept and how to go on
  public Interrupt(Runnable stoppedNote) {
    Thread worker = Thread.currentThread();
    hook =
        new Thread(
            () -> {
              worker.interrupt();
              try {
                stopped.await(SECONDS, TimeUnit.SECONDS);
                stoppedNote.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// The work has stopped.
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown that this waits for has begun.
    }
  }
}
