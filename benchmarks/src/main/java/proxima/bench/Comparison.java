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

/// Plays a suite, as far as its results do not hold it already and its contenders can play here.
record Comparison(Suite suite, Results results) {

  private record Game(TaskEntry task, Contender contender, long seed, int initial, int trials) {}

  /// A contender of which runs are missing, as it can not play here.
  record LeftOut(String contender, String lacks) {}

  /// The contenders that can not play what is missing of them.
  List<LeftOut> leftOut() {
    return games().stream()
        .filter(g -> known(g).isEmpty())
        .map(Game::contender)
        .distinct()
        .flatMap(c -> c.lacks().map(l -> new LeftOut(c.name(), l)).stream())
        .toList();
  }

  /// How many runs there will be: those of the suite without those left out.
  int size() {
    return (int) games().stream().filter(this::isThere).count();
  }

  private boolean isThere(Game g) {
    return known(g).isPresent() || g.contender.lacks().isEmpty();
  }

  /// Plays what is missing, seed by seed, so that a comparison that is stopped has all contenders at the same seeds.
  ///
  /// @param workers runs at once; results do not depend on it, times do
  /// @param done is given each run, those that were in the results first
  /// @return all runs there are now, in the suite's order
  List<Run> play(int workers, Consumer<Run> done) throws IOException, InterruptedException {
    List<Game> games = games();
    games.forEach(g -> known(g).ifPresent(done));
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<Run>> open = new ArrayList<>();
      games.stream().filter(g -> known(g).isEmpty() && isThere(g)).forEach(g -> open.add(pool.submit(() -> {
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
