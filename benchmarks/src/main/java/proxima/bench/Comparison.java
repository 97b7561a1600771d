package proxima.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import proxima.bench.report.Played;
import proxima.bench.report.Played.LeftOut;
import proxima.bench.report.Played.Session;
import proxima.bench.result.Entrant;
import proxima.bench.result.Run;

/// Plays a suite, as far as its results do not hold it already and its contenders can play here.
record Comparison(Suite suite, Results results) {

  /// Hears of each run that is played.
  interface Listener {
    void played(Run run) throws IOException;
  }

  /// The contenders that can not play what is missing of them.
  List<LeftOut> leftOut() {
    return games().stream()
        .filter(g -> known(g).isEmpty())
        .map(Game::contender)
        .distinct()
        .flatMap(c -> c.lacks().stream().flatMap(l -> suite.workers().stream().map(w -> new LeftOut(new Entrant(c.name(), w).name(), l))))
        .toList();
  }

  /// How many runs there will be: those of the suite without those left out.
  int size() {
    return (int) games().stream().filter(this::isThere).count();
  }

  private boolean isThere(Game g) {
    return known(g).isPresent() || g.contender().lacks().isEmpty();
  }

  /// All runs there are, in the suite's order.
  List<Run> runs() {
    return games().stream().flatMap(g -> known(g).stream()).toList();
  }

  /// What has been played so far.
  Played played(List<Session> sessions) {
    return new Played(suite.name(), runs(), size(), leftOut(), suite.text(), suite.notes(), suite.byRows(), sessions);
  }

  /// Plays what is missing, seed by seed, so that a comparison that is stopped has all contenders at the same seeds.
  ///
  /// @param workers runs at once; results do not depend on it, times do
  /// @param listener is given each run that was missing, one at a time where there is one worker
  void play(int workers, Listener listener) throws IOException, InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<Run>> open = new ArrayList<>();
      games().stream().filter(g -> known(g).isEmpty() && isThere(g)).forEach(g -> open.add(pool.submit(() -> {
        Run run = g.play();
        results.add(run);
        listener.played(run);
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
  }

  private Optional<Run> known(Game g) {
    return results.run(g.entry().name(), g.name(), g.seed(), g.initial(), g.trials());
  }

  private List<Game> games() {
    List<Game> games = new ArrayList<>();
    for (int seed = 0; seed < suite.seeds(); seed++) {
      for (Suite.Block block : suite.blocks()) {
        for (TaskEntry task : block.tasks()) {
          for (Contender contender : suite.contenders()) {
            if (!contender.learns() || task.isTransfer()) {
              for (int workers : suite.workers()) {
                games.add(new Game(task, contender, workers, seed, block.initial(), block.trials()));
              }
            }
          }
        }
      }
    }
    return games;
  }
}
