package proxima.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import proxima.space.Outcome;
import proxima.space.SearchSpace;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Seeds;
import proxima.strategy.Strategy;
import proxima.study.SqliteJournal;
import proxima.study.Study;
import proxima.study.Trial;

/// What a study of many trials takes: the size of its journal, and the time to open it, to ask and to tell.
///
/// After a build by the launcher, in the project's folder; the arguments are a folder, the number of trials, of dimensions, and of rounds:
/// ```
/// java -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/benchmarks-0.1.0.jar:$(cat benchmarks/target/classpath.txt)" proxima.bench.BigStudy runs/big 10000 40 5
/// time ./proxima report runs/big
/// ```
/// Where the folder has no journal it is made: random points of a noisy quadratic, every tenth diverged, asked for and told one by one. The folder is that of a run, so that a report can be
/// made of it. Each round opens a copy, asks and tells.
public final class BigStudy {

  private static final String NAME = "search";
  private static final String LABEL = "any";
  private static final long SEED = 3;

  /// Asks after the first one of a round, each told before the next.
  private static final int NEXT = 25;

  /// Trials that are pending where asks with pending ones are timed.
  private static final int PENDING = 8;

  private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /// Seconds.
  private record Time(double wall, double cpu) {}

  private final SyntheticFunction function;
  private final Map<String, List<Time>> times = new LinkedHashMap<>();
  private final RandomGenerator noise = Seeds.random(2);

  private BigStudy(SyntheticFunction function) {
    this.function = function;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("the arguments are a folder, and the numbers of trials, dimensions and rounds; got none");
    }
    Path folder = Path.of(arguments[0]);
    int n = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    int d = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 40;
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    var big = new BigStudy(SyntheticFunctions.quadratic(d, 1));
    Path file = folder.resolve("study.db");
    if (!Files.exists(file)) {
      big.make(folder, file, n);
    }
    System.out.printf(Locale.ROOT, "%-18s %.1f MB%n", "journal", Files.size(file) / 1e6);
    for (int round = 0; round < rounds; round++) {
      Path copy = folder.resolve("copy.db");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      big.round(copy);
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + suffix));
      }
    }
    big.times.forEach(BigStudy::print);
  }

  private Study open(SqliteJournal journal, Strategy strategy) {
    return Study.open(journal, NAME, function.space(), strategy, LABEL, SEED);
  }

  private void make(Path folder, Path file, int n) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.yaml"), configuration(function.space(), n));
    Files.writeString(folder.resolve("config.path"), folder.resolve("config.yaml").toAbsolutePath().toString());
    List<String> log = new ArrayList<>(List.of("phase,trial,seed,outcome,loss,seconds"));
    try (SqliteJournal journal = SqliteJournal.open(file);
        Study study = open(journal, new RandomStrategy())) {
      for (int i = 0; i < n; i++) {
        Trial trial = timed("random ask", study::ask);
        Outcome outcome = study.tell(trial.number(), outcome(trial));
        log.add(NAME + "," + i + ",1," + (outcome instanceof Outcome.Finished(double loss, _, _) ? "finished," + loss : "diverged,") + "," + (10 + i % 7));
      }
    }
    Files.write(folder.resolve("log.csv"), log);
  }

  private static String configuration(SearchSpace space, int n) {
    String parameters = space.parameters().stream().map(p -> "    " + p.name() + ": {real: [0, 1]}\n").collect(Collectors.joining());
    return "objective: {kind: command, command: [\"true\"]}\nspace:\n  parameters:\n" + parameters + "budget: {trials: " + n + ", finalists: 1, seeds: 1}\n";
  }

  private Outcome outcome(Trial trial) {
    return trial.number() % 10 == 9 ? new Outcome.Diverged(1) : function.observe(trial.point(), noise);
  }

  private void round(Path file) {
    try (SqliteJournal journal = SqliteJournal.open(file);
        Study study = timed("open", () -> open(journal, new GpStrategy(InitialDesign.cube(0), GpOptions.of(function.space()))))) {
      for (int i = 0; i <= NEXT; i++) {
        Trial trial = timed(i == 0 ? "first ask" : "next asks", study::ask);
        Outcome _ = timed("tell", () -> study.tell(trial.number(), outcome(trial)));
      }
      for (int i = 0; i < PENDING; i++) {
        study.ask();
      }
      Trial _ = timed("ask, " + PENDING + " pending", study::ask);
    }
  }

  private <T> T timed(String what, Supplier<T> work) {
    long start = System.nanoTime();
    long cpu = PROCESS.getProcessCpuTime();
    T result = work.get();
    times.computeIfAbsent(what, _ -> new ArrayList<>()).add(new Time((System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9));
    return result;
  }

  private static void print(String what, List<Time> times) {
    double[] wall = times.stream().mapToDouble(Time::wall).sorted().toArray();
    double[] cpu = times.stream().mapToDouble(Time::cpu).sorted().toArray();
    System.out.printf(
        Locale.ROOT, "%-18s median %.4f s, largest %.4f s   of CPU time, all threads: %.3f s, %.3f s   (%d)%n",
        what, wall[wall.length / 2], wall[wall.length - 1], cpu[cpu.length / 2], cpu[cpu.length - 1], wall.length);
  }
}
