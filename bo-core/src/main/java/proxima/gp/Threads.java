package proxima.gp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// How many threads share independent pieces of work. What the pieces give does not depend on it, bit for bit.
///
/// @param count 1 or more
public record Threads(int count) {

  /// The caller's own.
  public static final Threads ONE = new Threads(1);

  // More gain little: a fit has a few starts, a choice a few forms, a search 5 restarts.
  private static final int MOST = 4;

  public Threads {
    if (!(count >= 1)) {
      throw new IllegalArgumentException("work needs 1 thread or more, got " + count);
    }
  }

  /// As many as this process has cores, 4 at most. Where a process is bound to one core, or the JVM is told so by `-XX:ActiveProcessorCount=1`, one.
  public static Threads available() {
    return new Threads(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
  }

  /// What `work` makes of each item, in their order.
  ///
  /// @param work independent of its other calls
  public <A, B> List<B> map(List<A> items, Function<A, B> work) {
    if (count == 1 || items.size() < 2) {
      return items.stream().map(work).toList();
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(count, items.size()), Threads::daemon)) {
      List<CompletableFuture<B>> pieces = items.stream().map(item -> CompletableFuture.supplyAsync(() -> work.apply(item), pool)).toList();
      return pieces.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "proxima-fit");
    thread.setDaemon(true);
    return thread;
  }
}
