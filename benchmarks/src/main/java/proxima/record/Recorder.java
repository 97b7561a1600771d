package proxima.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import proxima.objective.Objective;
import proxima.space.Outcome;
import proxima.space.SearchSpace;
import proxima.study.Decision;

/// Records tables, all at once, on workers that they share: a worker does one training, or designs one round.
final class Recorder implements AutoCloseable {

  private final ExecutorService workers;
  private final ExecutorService tables = Executors.newVirtualThreadPerTaskExecutor();
  private final Plan plan;
  private final int size;
  private final BiConsumer<Proxy, Row> added;

  /// @param workers how many
  /// @param size rows of each table; the plan's, or less
  /// @param added hears of each row, from several threads
  Recorder(int workers, Plan plan, int size, BiConsumer<Proxy, Row> added) {
    this.workers = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("worker-", 0).factory());
    this.plan = plan;
    this.size = Math.min(size, plan.size());
    this.added = added;
  }

  /// Adds the rows that are missing.
  /// @throws InterruptedException if the thread was interrupted; whole rows are kept.
  void record(List<Recording> recordings) throws InterruptedException, IOException {
    List<Future<Recording>> all = new ArrayList<>();
    for (Recording recording : recordings) {
      all.add(tables.submit(() -> record(recording)));
    }
    for (Future<Recording> one : all) {
      get(one);
    }
  }

  private Recording record(Recording recording) throws InterruptedException, IOException {
    Proxy proxy = recording.proxy();
    Table table = recording.table();
    SearchSpace space = proxy.space();
    if (table.rows().size() < size) {
      Objective objective = get(workers.submit(proxy.objective()::get));
      while (table.rows().size() < size) {
        List<Row> known = table.rows();
        List<Trial> round = get(workers.submit(() -> plan.round(space, known)));
        List<Future<Row>> rows = new ArrayList<>();
        round.stream().limit(size - known.size()).forEach(trial -> rows.add(workers.submit(() -> train(proxy, objective, trial))));
        for (Future<Row> future : rows) {
          Row row = get(future);
          table.add(row);
          added.accept(proxy, row);
        }
      }
    }
    return recording;
  }

  private static Row train(Proxy proxy, Objective objective, Trial trial) throws InterruptedException {
    List<Double> curve = new ArrayList<>();
    Outcome outcome = objective.evaluate(proxy.job(proxy.task(), trial.configuration(), trial.seed()), (step, loss) -> {
      if (Double.isFinite(loss)) {
        curve.add(loss);
      }
      return Decision.CONTINUE;
    });
    return Row.of(trial, outcome, curve);
  }

  private static <T> T get(Future<T> future) throws InterruptedException, IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw cause instanceof RuntimeException r ? r : new IllegalStateException(cause);
    }
  }

  /// Stops what is running and waits until it has stopped.
  @Override
  public void close() {
    tables.shutdownNow();
    workers.shutdownNow();
    tables.close();
    workers.close();
  }
}
