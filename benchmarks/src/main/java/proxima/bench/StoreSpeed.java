package proxima.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.store.Leases;
import proxima.store.SharedStudy;
import proxima.store.Store;
import proxima.strategy.RandomStrategy;
import proxima.study.Study;
import proxima.study.Trial;

/// Trials that processes finish a second in one study of a store, where each trial sleeps for some time: what coordination costs.
///
/// After a build by the launcher, in the project's folder; the arguments are the store, processes, milliseconds of a trial, and trials:
/// ```
/// java --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/benchmarks-0.1.0.jar:$(cat benchmarks/target/classpath.txt)" proxima.bench.StoreSpeed postgresql://localhost/proxima 16 50 2000
/// ```
/// Each process works on a study of its own first, since workers live for hours, not for the second in which their code is compiled; then all wait until the last is ready. For the same reason the second tier of the
/// just-in-time compiler is off in them: with it the code would be faster in the end, but for the first minutes of so many processes on few cores it takes half of their time. A trial that was told twice, or lost, is said.
public final class StoreSpeed {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));
  private static final String GO = "go";
  private static final int WARM = 1500;

  private StoreSpeed() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String store = args[0];
    int processes = Integer.parseInt(args[1]);
    long millis = Long.parseLong(args[2]);
    int trials = Integer.parseInt(args[3]);
    if (args.length == 5) {
      work(store, args[4], millis, trials);
    } else {
      lead(store, processes, millis, trials);
    }
  }

  private static Study open(Store store, String study) {
    return Study.open(store, study, SPACE, new RandomStrategy(), "random", 1);
  }

  private static void lead(String name, int processes, long millis, int trials) throws IOException, InterruptedException {
    String id = "speed-" + UUID.randomUUID();
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      all.add(
          new ProcessBuilder(
                  java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), StoreSpeed.class.getName(),
                  name, "1", Long.toString(millis), Integer.toString(trials), id)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    List<BufferedReader> lines = all.stream().map(p -> p.inputReader(StandardCharsets.UTF_8)).toList();
    for (BufferedReader line : lines) {
      line.readLine();
    }
    long start = System.nanoTime();
    for (Process p : all) {
      new PrintStream(p.getOutputStream(), true, StandardCharsets.UTF_8).println(GO);
    }
    int told = 0;
    for (BufferedReader line : lines) {
      told += Integer.parseInt(line.readLine());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    for (Process p : all) {
      p.waitFor();
    }
    try (Store store = Store.open(name);
        Study study = open(store, id)) {
      long there = study.trials().stream().filter(t -> t.outcome().isPresent()).count();
      System.out.printf("%d processes, %d ms each: %d trials in %.2f s, %.1f a second; %d in the journal, %d told twice%n", processes, millis, told, seconds, told / seconds, there, told - there);
    }
  }

  private static void work(String name, String id, long millis, int trials) throws IOException, InterruptedException {
    String holder = UUID.randomUUID().toString();
    try (Store store = Store.open(name);
        Leases leases = store.leases(holder);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      finish(store, leases, "warm-" + holder, 0, WARM);
      System.out.println("ready");
      in.readLine();
      System.out.println(finish(store, leases, id, millis, trials));
    }
  }

  /// @return how many of the study's trials this process told
  private static int finish(Store store, Leases leases, String id, long millis, int trials) throws InterruptedException {
    int told = 0;
    try (Study study = open(store, id)) {
      SharedStudy shared = new SharedStudy(study, leases, id);
      SharedStudy.Next next = shared.next(trials, false);
      while (!(next instanceof SharedStudy.Over)) {
        if (next instanceof SharedStudy.Taken(Trial trial)) {
          Thread.sleep(millis);
          told += shared.tell(trial, Outcome.of(trial.point().get(0)), millis / 1e3).isPresent() ? 1 : 0;
        } else {
          Thread.sleep(5);
        }
        next = shared.next(trials, false);
      }
    }
    return told;
  }
}
