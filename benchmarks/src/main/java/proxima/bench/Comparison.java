package proxima.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Plays a suite, as far as its results do not hold it already.
record Comparison(Suite suite, Results results) {

  private record Game(TaskEntry task, Contender contender, long seed, int initial, int trials) {}

  /// How many runs the suite has.
  int size() {
    return games().size();
  }

  /// Plays what is missing, seed by seed, so that a comparison that is stopped has all contenders at the same seeds.
  ///
  /// @param workers runs at once; results do not depend on it, times do
  /// @param done is given each run, those that were in the results first
  /// @return all runs of the suite, in its order
  List<Run> play(int workers, Consumer<Run> done) throws IOException, InterruptedException {
    List<Game> games = games();
    games.forEach(g -> known(g).ifPresent(done));
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<Run>> open = new ArrayList<>();
      games.stream().filter(g -> known(g).isEmpty()).forEach(g -> open.add(pool.submit(() -> {
        Run run = Run.play(g.task, g.contender, g.seed, g.initial, g.trials);
        results.add(run);
        done.accept(run);
        return run;
      })));
      try {
        for (Future<Run> run : open) {
          run.get();
        }
      } catch (ExecutionException e) {
        pool.shutdownNow();
        if (e.getCause() instanceof IOException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        pool.shutdownNow();
        throw e;
      }
    }
    return games.stream().flatMap(g -> known(g).stream()).toList();
  }

  private Optional<Run> known(Game g) {
    return results.run(g.task.name(), g.contender.name(), g.seed, g.initial, g.trials);
  }

  private List<Game> games() {
    List<Game> games = new ArrayList<>();
    for (int seed = 0; seed < suite.seeds(); seed++) {
      for (Suite.Block block : suite.blocks()) {
        for (TaskEntry task : block.tasks()) {
          for (Contender contender : suite.contenders()) {
            games.add(new Game(task, contender, seed, block.initial(), block.trials()));
          }
        }
      }
    }
    return games;
  }
}
