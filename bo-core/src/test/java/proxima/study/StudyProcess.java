package proxima.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.CmaEs;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.RandomStrategy;
import proxima.strategy.SobolStrategy;
import proxima.strategy.Strategy;
import proxima.strategy.TrustRegionRandom;

/// A process that works on a study in a file, and prints each trial that it was able to tell.
final class StudyProcess {

  private StudyProcess() {}

  /// Arguments: file, study, strategy, how many trials to tell, and whether to begin with the trials that were left pending.
  public static void main(String[] arguments) {
    try (SqliteJournal journal = SqliteJournal.open(Path.of(arguments[0]))) {
      Study study = open(journal, arguments[1], arguments[2]);
      List<Trial> interrupted = new ArrayList<>(Boolean.parseBoolean(arguments[4]) ? study.pending() : List.of());
      System.out.println("open");
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        Trial trial = interrupted.isEmpty() ? study.ask() : interrupted.removeFirst();
        study.report(trial.number(), 1, trial.point().get(0));
        study.tell(trial.number(), objective(trial.point()));
        System.out.println("told " + trial.number() + ".");
      }
    }
  }

  static Study open(Journal journal, String name, String strategy) {
    return Study.open(journal, name, StudyTest.SPACE, strategy(strategy), strategy, 5);
  }

  static Strategy strategy(String name) {
    return switch (name) {
      case "gp" -> new GpStrategy(InitialDesign.cube(6), GpOptions.general());
      case "cma-es" -> new CmaEs(InitialDesign.cube(6), 0.2);
      case "trust-region-random" -> new TrustRegionRandom(InitialDesign.cube(6), 0.1);
      case "random" -> new RandomStrategy();
      case "sobol" -> new SobolStrategy();
      default -> StudyTest.SENSITIVE;
    };
  }

  static Outcome objective(Point x) {
    return x.get(0) > 0.8 ? new Outcome.Diverged(7) : Outcome.of(StudyTest.loss(x));
  }

  static Process start(Path file, String study, String strategy, int trials, boolean resume) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.createDirectories(temporary(file));
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary(file),
            "-cp",
            System.getProperty("java.class.path"),
            StudyProcess.class.getName(),
            file.toString(),
            study,
            strategy,
            Integer.toString(trials),
            Boolean.toString(resume))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The temporary folder of the processes that work on a journal.
  static Path temporary(Path file) {
    return file.resolveSibling("tmp");
  }

  static BufferedReader output(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /// The trial that a line acknowledges; -1 for the first line and for a line cut short.
  static int acknowledged(String line) {
    return line.startsWith("told ") && line.endsWith(".") ? Integer.parseInt(line.substring(5, line.length() - 1)) : -1;
  }
}
