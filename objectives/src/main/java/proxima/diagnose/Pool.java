package proxima.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Work on several threads.
public final class Pool {

  private Pool() {}

  /// What was done for several seeds of each of several things, by thing.
  public static <T> List<List<T>> bySeed(List<T> results, int seeds) {
    return IntStream.range(0, results.size() / seeds).mapToObj(i -> List.copyOf(results.subList(i * seeds, (i + 1) * seeds))).toList();
  }

  /// The results in the order of the tasks.
  /// @param done hears of each result as it comes, on the calling thread
  /// @throws InterruptedException if the thread was interrupted; all tasks have stopped then.
  public static <T> List<T> run(List<Callable<T>> tasks, int workers, Consumer<T> done) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("worker-", 0).factory());
    try {
      var service = new ExecutorCompletionService<T>(threads);
      List<Future<T>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(service.submit(task)));
      for (int i = 0; i < tasks.size(); i++) {
        done.accept(service.take().get());
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }
}
