package proxima.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.Json;
import proxima.cli.Terminal;

/// `bench SUITE`: compares strategies on tasks whose answer is known.
final class BenchCommand implements Command {

  /// Numbers of trials at which regrets are shown.
  private static final List<Integer> MARKS = List.of(10, 25, 50, 100, 150);

  /// The repository's root, as the launcher knows it.
  private static final Path HOME = Path.of(System.getProperty("proxima.home", "")).toAbsolutePath().normalize();

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Compares strategies: every contender of a suite on every task with every seed, from the same initial points. Regret is (loss - best) / (median - best) of the task: 0 is the best there is.",
            "The same command again plays what is missing.",
            "Python packages are contenders too, once --setup-peers has installed them; see benchmarks/peers/README.md.")
        .footer("", "Example: ./proxima bench benchmarks/suites/smoke.yaml");
    spec.addPositional(PositionalParamSpec.builder().index("0").paramLabel("SUITE").type(Path.class).arity("0..1").description("The suite, a YAML file; see benchmarks/suites/.").build());
    spec.addOption(OptionSpec.builder("--tables").paramLabel("DIR").type(Path.class).description("Where further folders of recorded tables lie, besides benchmarks/tables.").build());
    spec.addOption(OptionSpec.builder("--out").paramLabel("DIR").type(Path.class).description("Where results go. Default: runs/bench-NAME, NAME being the suite's.").build());
    spec.addOption(OptionSpec.builder("--workers").paramLabel("N").type(int.class).description("Runs at once. Default: 1, so that times are those of a quiet machine.").build());
    spec.addOption(OptionSpec.builder("--setup-peers").type(boolean.class).arity("0").description("Install the Python packages to compare with, into .peers/ (10 GB; Python 3.11 or 3.12), and end.").build());
  }

  private static int setUpPeers(Terminal terminal) throws InterruptedException {
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; what is installed is kept. The same command goes on."))) {
      ObjectNode answer = new PeerSetup(PeerEnvironment.all(HOME), PeerSetup.fitPython(), terminal).make();
      terminal.answer(answer);
      return answer.findValue("why") == null ? Exit.DONE : Exit.FAILED;
    }
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    if (arguments.matchedOptionValue("--setup-peers", false)) {
      return setUpPeers(terminal);
    }
    if (!arguments.hasMatchedPositional(0)) {
      throw new InputException("bench: name a suite, such as benchmarks/suites/smoke.yaml, or give --setup-peers");
    }
    Path file = arguments.matchedPositionalValue(0, Path.of(""));
    Path own = HOME.resolve("benchmarks").resolve("tables");
    List<Path> tables = arguments.hasMatchedOption("--tables") ? List.of(arguments.matchedOptionValue("--tables", own), own) : List.of(own);
    int workers = arguments.matchedOptionValue("--workers", 1);
    if (workers < 1) {
      throw new InputException("--workers: must be 1 or more, got " + workers);
    }
    Suite suite = SuiteReader.read(file, Contenders.all(HOME), tables);
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    Path folder = arguments.matchedOptionValue("--out", Path.of("runs", "bench-" + name));
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; whole runs are kept. The same command goes on."))) {
      Files.createDirectories(folder);
      Comparison comparison = new Comparison(suite, new Results(folder.resolve("results.csv")));
      List<Comparison.LeftOut> leftOut = comparison.leftOut();
      leftOut.forEach(l -> terminal.note("left out: " + l.contender() + ": " + l.lacks()));
      if (comparison.size() == 0) {
        throw new InputException(file + ": none of its contenders can play here");
      }
      AtomicInteger done = new AtomicInteger();
      int all = comparison.size();
      List<Run> runs = comparison.play(workers, run -> tell(terminal, run, done.incrementAndGet(), all));
      print(terminal, runs);
      leftOut.forEach(l -> terminal.say("left out: " + l.contender() + ": " + l.lacks()));
      ObjectNode answer = answer(runs, leftOut);
      Files.writeString(folder.resolve("summary.json"), answer.toPrettyString() + "\n");
      terminal.say("results  " + folder.resolve("results.csv"));
      terminal.answer(answer);
      return Exit.DONE;
    } catch (TableException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new InputException(folder + ": can not be written: " + e.getMessage());
    }
  }

  private static void tell(Terminal terminal, Run run, int done, int all) {
    String came = run.failure().map(f -> "failed in trial " + run.steps().size() + ": " + f).orElseGet(() -> String.format(Locale.ROOT, "regret %.4f", Score.regret(run, Integer.MAX_VALUE)));
    terminal.note(String.format(Locale.ROOT, "%d of %d: %s, %s, seed %d: %s", done, all, run.task(), run.contender(), run.seed(), came));
  }

  /// The contender of the lowest mean rank.
  private static String best(List<Run> runs) {
    return Score.of(runs, List.of()).getFirst().contender();
  }

  private static List<Integer> marks(List<Run> runs) {
    int longest = runs.stream().mapToInt(r -> r.steps().size()).max().orElse(0);
    return MARKS.stream().filter(m -> m <= longest).toList();
  }

  private static Map<Group, List<Run>> byGroup(List<Run> runs) {
    return runs.stream().collect(Collectors.groupingBy(Run::group, () -> new EnumMap<>(Group.class), Collectors.toList()));
  }

  private static void print(Terminal terminal, List<Run> runs) {
    table(terminal, "all tasks", runs);
    Map<Group, List<Run>> groups = byGroup(runs);
    if (groups.size() > 1) {
      groups.forEach((group, of) -> table(terminal, group.id(), of));
    }
    terminal.say("");
    String best = best(runs);
    Significance.of(runs, best).forEach(s -> terminal.say(String.format(Locale.ROOT, "%s against %s: p = %.3g (Wilcoxon over tasks, Holm)", best, s.rival(), s.p())));
  }

  private static void table(Terminal terminal, String title, List<Run> runs) {
    List<Integer> marks = marks(runs);
    long tasks = runs.stream().map(Run::task).distinct().count();
    terminal.say("");
    terminal.say(title + " (" + tasks + " tasks): mean rank, normalised regret with 95 % intervals, diverged, seconds a suggestion");
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "  %-20s %5s", "", "rank"));
    marks.forEach(m -> head.append(String.format(Locale.ROOT, "  %-22s", "@" + m)));
    terminal.say(head + "  div.   s");
    for (Score s : Score.of(runs, marks)) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-20s %5.2f", s.contender(), s.meanRank()));
      marks.forEach(m -> line.append(interval(s.regret(), m)));
      String failed = s.failed().isEmpty() ? "" : "  " + s.failed().size() + " failed";
      terminal.say(line + String.format(Locale.ROOT, "  %.2f   %.3f", s.diverged(), s.secondsPerSuggestion()) + failed);
    }
  }

  private static String interval(Map<Integer, Interval> regret, int mark) {
    return Optional.ofNullable(regret.get(mark)).map(i -> String.format(Locale.ROOT, "  %.3f [%.3f, %.3f]  ", i.mean(), i.low(), i.high())).orElse("");
  }

  private static ObjectNode answer(List<Run> runs, List<Comparison.LeftOut> leftOut) {
    ObjectNode answer = Json.object();
    answer.set("contenders", scores(runs));
    ArrayNode out = answer.putArray("leftOut");
    leftOut.forEach(l -> out.addObject().put("name", l.contender()).put("why", l.lacks()));
    ObjectNode groups = answer.putObject("groups");
    byGroup(runs).forEach((group, of) -> groups.set(group.id(), scores(of)));
    String best = best(runs);
    ObjectNode significance = answer.putObject("significance").put("of", best);
    ObjectNode against = significance.putObject("against");
    Significance.of(runs, best).forEach(s -> against.put(s.rival(), s.p()));
    return answer;
  }

  private static ArrayNode scores(List<Run> runs) {
    ArrayNode array = Json.object().arrayNode();
    for (Score s : Score.of(runs, marks(runs))) {
      ObjectNode node = array.addObject().put("name", s.contender()).put("meanRank", s.meanRank());
      ObjectNode regret = node.putObject("regret");
      ObjectNode intervals = Json.object();
      s.regret().forEach((mark, i) -> {
        regret.put(Integer.toString(mark), i.mean());
        intervals.putArray(Integer.toString(mark)).add(i.low()).add(i.high());
      });
      node.set("intervals", intervals);
      node.put("diverged", s.diverged()).put("secondsPerSuggestion", s.secondsPerSuggestion());
      ArrayNode versions = node.putArray("versions");
      runs.stream().filter(r -> r.contender().equals(s.contender())).map(Run::version).filter(v -> !v.isEmpty()).distinct().forEach(versions::add);
      ArrayNode failed = node.putArray("failed");
      s.failed().forEach(r -> failed.addObject().put("task", r.task()).put("seed", r.seed()).put("trials", r.steps().size()).put("why", r.failure().orElseThrow()));
    }
    return array;
  }
}
