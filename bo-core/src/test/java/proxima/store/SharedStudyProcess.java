package proxima.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Strategy;
import proxima.study.Journal;
import proxima.study.JournalException;
import proxima.study.Study;
import proxima.study.Trial;

/// A process that works on a study in a store with others, and prints each trial that it was able to tell. Where the store refuses something it prints the line, and tries again.
final class SharedStudyProcess {

  static final String STUDY = "shared";
  static final Strategy STRATEGY = new RandomStrategy();
  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));
  private static final String TOLD = "told ";
  private static final String REFUSED = "refused ";

  private SharedStudyProcess() {}

  /// Arguments: store, how many points the study asks for.
  public static void main(String[] arguments) throws InterruptedException {
    int budget = Integer.parseInt(arguments[1]);
    try (Store store = Store.open(arguments[0]);
        Leases leases = store.leases(UUID.randomUUID().toString());
        Study study = study(store)) {
      SharedStudy shared = new SharedStudy(study, leases, STUDY);
      System.out.println("open");
      for (int i = 0; ; i++) {
        int turn = i;
        switch (tried(() -> shared.next(budget, turn % 5 == 0))) {
          case SharedStudy.Taken(Trial trial) -> {
            if (tried(() -> shared.tell(trial, objective(trial.point()), 0.001)).isPresent()) {
              System.out.println(TOLD + trial.number() + ".");
            }
          }
          case SharedStudy.Later _ -> Thread.sleep(50);
          case SharedStudy.Over _ -> {
            return;
          }
        }
      }
    } catch (JournalException e) {
      System.out.println(REFUSED + e.getMessage());
    }
  }

  private interface Work<T> {
    T get() throws InterruptedException;
  }

  private static <T> T tried(Work<T> work) throws InterruptedException {
    while (true) {
      try {
        return work.get();
      } catch (JournalException e) {
        System.out.println(REFUSED + e.getMessage());
        Thread.sleep(50);
      }
    }
  }

  static Study study(Journal journal) {
    return Study.open(journal, STUDY, SPACE, STRATEGY, "random", 7);
  }

  static Outcome objective(Point x) {
    return x.get(0) > 0.8 ? new Outcome.Diverged(7) : Outcome.of(x.get(0) + x.get(1));
  }

  static Process start(String store, int budget) {
    return start(store, budget, Map.of());
  }

  static Process start(String store, int budget, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
            "-cp", System.getProperty("java.class.path"), SharedStudyProcess.class.getName(), store, Integer.toString(budget));
    builder.environment().putAll(environment);
    try {
      return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The trial that a line acknowledges; empty for the first line and for one cut short.
  static Optional<Integer> acknowledged(String line) {
    return line.startsWith(TOLD) && line.endsWith(".") ? Optional.of(Integer.parseInt(line.substring(TOLD.length(), line.length() - 1))) : Optional.empty();
  }

  /// The line of a store that a line quotes.
  static Optional<String> refused(String line) {
    return line.startsWith(REFUSED) ? Optional.of(line.substring(REFUSED.length())) : Optional.empty();
  }
}
