package proxima.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.bench.report.Judgement;
import proxima.bench.report.Summary;
import proxima.bench.result.Run;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.Terminal;

/// `bench SUITE`: compares strategies on tasks whose answer is known.
final class BenchCommand implements Command {

  /// The repository's root, as the launcher knows it.
  private static final Path HOME = Path.of(System.getProperty("proxima.home", "")).toAbsolutePath().normalize();

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Compares strategies: every contender of a suite on every task with every seed, from the same initial points. Regret is (loss - best) / (median - best) of the task: 0 is the best there is.",
            "The same command again plays what is missing. DIR/report.html is the report, renewed every half minute; beside it lie its pictures, results.csv and summary.json.",
            "Python packages are contenders too, once --setup-peers has installed them; see benchmarks/peers/README.md.")
        .footer("", "Example: ./proxima bench benchmarks/suites/smoke.yaml");
    spec.addPositional(PositionalParamSpec.builder().index("0").paramLabel("SUITE").type(Path.class).arity("0..1").description("The suite, a YAML file; see benchmarks/suites/.").build());
    spec.addOption(OptionSpec.builder("--tables").paramLabel("DIR").type(Path.class).description("Where further folders of recorded tables lie, besides benchmarks/tables.").build());
    spec.addOption(OptionSpec.builder("--out").paramLabel("DIR").type(Path.class).description("Where results go. Default: runs/bench-NAME, NAME being the suite's.").build());
    spec.addOption(OptionSpec.builder("--workers").paramLabel("N").type(int.class).description("Runs at once. Default: 1, so that times are those of a quiet machine.").build());
    spec.addOption(OptionSpec.builder("--setup-peers").type(boolean.class).arity("0").description("Install the Python packages to compare with, into .peers/ (12 GB; Python 3.11 or 3.12), and end.").build());
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
    if (!Files.isDirectory(tables.getFirst()) && arguments.hasMatchedOption("--tables")) {
      throw new InputException("--tables: no such folder: " + tables.getFirst());
    }
    int workers = arguments.matchedOptionValue("--workers", 1);
    if (workers < 1) {
      throw new InputException("--workers: must be 1 or more, got " + workers);
    }
    Suite suite = SuiteReader.read(file, Contenders.all(HOME), tables);
    BenchFolder folder = new BenchFolder(arguments.matchedOptionValue("--out", Path.of("runs", "bench-" + suite.name())));
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; whole runs are kept. The same command goes on."));
        FolderLock _ = folder.lock()) {
      Results results = new Results(folder.results());
      folder.tables().note(suite, results.runs());
      Comparison comparison = new Comparison(suite, results);
      comparison.leftOut().forEach(l -> terminal.note("left out: " + l.contender() + ": " + l.why()));
      if (comparison.size() == 0) {
        throw new InputException(file + ": none of its contenders can play here");
      }
      suite.notes().forEach(n -> n.outOfBag().ifPresent(o -> terminal.note(n.task() + ": " + o.text())));
      try {
        play(comparison, workers, folder, terminal);
      } catch (InterruptedException e) {
        terminal.answer(Json.object().put("runs", comparison.runs().size()).put("of", comparison.size()));
        folder.write(folder.judgement(comparison));
        throw e;
      }
      Judgement judgement = folder.judgement(comparison);
      folder.write(judgement);
      Summary.lines(judgement).forEach(terminal::say);
      terminal.say("");
      terminal.say("report   " + folder.report());
      terminal.say("results  " + folder.results());
      terminal.answer(Summary.json(judgement));
      return judgement.played().runs().stream().anyMatch(Run::isWithResult) ? Exit.DONE : Exit.FAILED;
    } catch (IOException e) {
      throw new InputException(folder.path() + ": can not be written: " + IoFault.text(e));
    }
  }

  private static void play(Comparison comparison, int workers, BenchFolder folder, Terminal terminal) throws IOException, InterruptedException {
    int done = comparison.runs().size();
    if (done < comparison.size()) {
      folder.sessions().add(Machine.session(HOME, OffsetDateTime.now(ZoneId.systemDefault()), workers));
    }
    try (Course course = new Course(terminal, done, comparison.size(), () -> folder.write(folder.judgement(comparison)))) {
      comparison.play(workers, course);
    }
  }
}
