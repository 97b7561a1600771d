package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.space.HistoryJson;
import proxima.space.Outcome;
import proxima.space.TaskHistory;
import proxima.train.Device;
import proxima.train.Torch;

class MainTest {

  private static final String SETTINGS = Path.of("..", "examples", "settings.yaml").toString();

  @TempDir private Path folder;

  @Test
  void theMapAloneGivesTheWorkedNumbersToTheLastDigit() throws IOException {
    Ended ended = Ended.run("transfer", SETTINGS, "--to", "width=256,depth=8,batch=2048,tokens=1638400", "--format", "json");
    assertThat(ended.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(ended.out());
    assertThat(json.get("steps").intValue()).isEqualTo(800);
    assertThat(json.get("modules")).hasSize(2 + 8 * 10 + 1);
    JsonNode up = json.get("modules").get(9);
    assertThat(up.get("name").textValue()).isEqualTo("block.0.mlp.up");
    // Complete(d)P table 1 at m_N = m_L = 4, m_B = 2, m_D = 8, alpha = 1/2.
    assertThat(up.get("learningRate").doubleValue()).isEqualTo(6.25e-4);
    assertThat(up.get("weightDecay").doubleValue()).isEqualTo(0.2);
    assertThat(up.get("beta1").doubleValue()).isEqualTo(0.975);
    assertThat(up.get("epsilon").doubleValue()).isEqualTo(2.5e-9);
    assertThat(up.get("initStd").doubleValue()).isEqualTo(0.01);
    assertThat(up.get("multiplier").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void jsonIsTheLastLineOfStandardOutputAndAlone() throws IOException {
    Ended ended = Ended.run("transfer", SETTINGS, "--to", "width=128", "--json");
    assertThat(ended.out().strip().lines()).hasSize(1);
    assertThat(new ObjectMapper().readTree(ended.out()).get("to").get("width").intValue()).isEqualTo(128);
  }

  @Test
  void expertsOfATargetThatAreOthersAreToldOf() throws IOException {
    Path file = Files.writeString(folder.resolve("map.yaml"), """
        scale: {width: 64, depth: 1, batch: 8, tokens: 800}
        model: {heads: 4, attention: latent, experts: {count: 4}}
        """);
    Ended same = Ended.run("transfer", file.toString(), "--to", "width=128,depth=2");
    assertThat(same.code()).isZero();
    assertThat(same.out()).contains("block.1.moe.expert.3.down  expert-down", "block.1.attn.krope         router");
    assertThat(same.err()).isEmpty();
    Path finer = Files.writeString(folder.resolve("modules.yaml"), """
        - {name: block.0.moe.router, type: moe.router, role: router, fanIn: 128, fanOut: 8, block: 0}
        - {name: block.0.moe.expert.0.down, type: moe.down, role: expert-down, fanIn: 256, fanOut: 128, block: 0, branch: mlp}
        """);
    Ended other = Ended.run("transfer", file.toString(), "--to", "width=128", "--modules", finer.toString());
    assertThat(other.code()).isZero();
    assertThat(other.err().strip().lines()).hasSize(2);
    assertThat(other.err()).contains("proxima: beware: 'moe.router' has a fan-out of 8, at the base 4", "another granularity");
  }

  @Test
  void aDecayThatLeavesNothingOfAWeightIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("map.yaml"), """
        optimizer: scion
        scale: {width: 64, depth: 1, batch: 64, tokens: 64000}
        model: {heads: 4}
        hyperparameters: {learningRate: 0.2, weightDecay: 1, momentum: 0.95, radius: 3}
        """);
    assertThat(Ended.run("transfer", file.toString(), "--to", "batch=256").code()).isZero();
    Ended ended = Ended.run("transfer", file.toString(), "--to", "batch=1024");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip()).isEqualTo(
        "proxima: --to width=64,depth=1,batch=1024,tokens=64000: module 'embed': learningRate 3.2 times weightDecay 1.0 is 3.2, which must be below 1: a step would leave nothing of a weight, or turn its sign;"
            + " take a smaller rate or decay");
  }

  @Test
  void aListOfModulesNeedsNoModel() throws IOException {
    Path file = Files.writeString(folder.resolve("map.yaml"), """
        table: mup
        scale: {width: 64, depth: 1, batch: 8, tokens: 800}
        modules:
          - {name: in, role: embedding, fanIn: 10, fanOut: 64}
          - {name: block.0.w, role: hidden, fanIn: 64, fanOut: 64, block: 0}
          - {name: out, role: unembedding, fanIn: 64, fanOut: 10}
        hyperparameters: {learningRate: 1e-2}
        """);
    JsonNode modules = new ObjectMapper().readTree(Ended.run("transfer", file.toString(), "--to", "width=256", "--format", "json").out()).get("modules");
    assertThat(modules.get(0).get("learningRate").doubleValue()).isEqualTo(1e-2);
    assertThat(modules.get(1).get("learningRate").doubleValue()).isEqualTo(2.5e-3);
    assertThat(modules.get(2).get("learningRate").doubleValue()).isEqualTo(2.5e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"width=-4", "width=250", "widht=4", "width", "width=1e99", "depth=0", "batch=64,tokens=2", "depth=1000000", "width=99999999999", "width=128,width=256"})
  void aTargetThatCannotBeIsOneLineAndExitCode2(String to) {
    Ended ended = Ended.run("transfer", SETTINGS, "--to", to);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip().lines()).hasSize(1).first().asString().startsWith("proxima: --to");
    assertThat(ended.out()).isEmpty();
  }

  static List<String> commands() {
    return Main.commands().entrySet().stream()
        .flatMap(c -> c.getValue().commands().isEmpty() ? Stream.of(c.getKey()) : c.getValue().commands().keySet().stream().map(below -> c.getKey() + " " + below))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void everyCommandHasHelpAndExitCodes(String command) {
    Ended ended = Ended.run((command + " --help").split(" "));
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Usage: proxima " + command, "Exit codes:");
    assertThat(ended.out().contains("--json")).as("all but study answer in JSON only if asked to").isEqualTo(!command.equals("study"));
  }

  @Test
  void aCommandThatThereIsNotIsOneLineWithTheNearest() {
    for (String[] typed : new String[][] {{"chek", "transfer"}, {"chek", "--help"}}) {
      Ended ended = Ended.run(typed);
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err().strip()).startsWith("proxima: no command 'chek'; did you mean 'check'?; there are tune, worker, resume,").doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "worker --store s --study r --workers abc | Invalid value for option '--workers': 'abc' is not a whole number; see ./proxima worker --help",
    "worker --store s --studdy r              | no option '--studdy'; did you mean '--study'?; see ./proxima worker --help",
    "worker --store s                         | Missing required option: '--study=NAME'; see ./proxima worker --help",
    "status a b                               | 'b' is more than the command takes; see ./proxima status --help",
    "check transfer a --xyzzy                 | no option '--xyzzy'; see ./proxima check transfer --help",
  })
  void aCommandLineThatIsNoneIsOneLine(String typed, String line) {
    Ended ended = Ended.run(typed.split(" "));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip()).isEqualTo("proxima: " + line);
  }

  @Test
  void aFolderWithoutARunIsOneLine() {
    for (String command : new String[] {"resume", "status", "report"}) {
      Ended ended = Ended.run(command, folder.toString());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err().strip().lines()).hasSize(1);
    }
  }

  @Test
  void aCommandIsTunedToItsEndAndAgainToTheSameEnd() throws IOException {
    Path config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": $(( ({n} - 7) * ({n} - 7) ))}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 10, finalists: 2, seeds: 2}
        """);
    Path out = folder.resolve("run");
    Ended first = Ended.run("tune", config.toString(), "--out", out.toString(), "--json");
    assertThat(first.code()).as(first.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(first.out().strip().lines().reduce("", (a, b) -> b));
    assertThat(json.get("study").textValue()).isEqualTo("shell");
    assertThat(json.get("trials").intValue()).isEqualTo(10 + 4 + 2);
    assertThat(json.at("/best/configuration/n").isIntegralNumber()).isTrue();
    assertThat(json.at("/best/loss").doubleValue()).isLessThanOrEqualTo(1.0);
    assertThat(Ended.run("resume", out.toString(), "--json").out()).isEqualTo(first.out());
    assertThat(Ended.run("status", out.toString()).out()).contains("finished");
    Files.writeString(config, "# What it means is the same.\n" + Files.readString(config));
    assertThat(Ended.run("tune", config.toString(), "--out", out.toString()).code()).isZero();
    Files.writeString(config, Files.readString(config).replace("trials: 10", "trials: 11"));
    Ended other = Ended.run("tune", config.toString(), "--out", out.toString());
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("holds a run of another configuration than " + config + " (budget.trials: there 10, here 11); give another folder");
  }

  private Path shell(String name, int best, String more) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": $(( ({n} - %d) * ({n} - %d) ))}"']}
        space: {parameters: {n: {integer: [1, 1000]}}}
        budget: {trials: 12, finalists: 1, seeds: 1}
        """.formatted(best, best) + more);
  }

  private String out(String run) {
    return folder.resolve(run).toString();
  }

  @Test
  void whatEarlierRunsTeachIsGatheredShownAndUsed() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      assertThat(Ended.run("tune", shell(name, name.equals("a") ? 700 : 720, "").toString(), "--out", out(name)).code()).isZero();
    }
    Path prior = folder.resolve("prior.json");
    Ended learned = Ended.run("learn-space", out("a"), out("b"), out("none"), "-o", prior.toString(), "--json");
    assertThat(learned.code()).as(learned.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(learned.out());
    assertThat(json.at("/phases/search")).hasSize(2);
    assertThat(json.at("/leftOut/0").textValue()).startsWith(out("none") + ": no such file or folder");
    assertThat(folder.resolve("prior-report/report.html")).content().contains("Earlier run", "by regression over all tasks", "Sources left out", out("none") + ": no such file or folder");
    assertThat(folder.resolve("prior-report/learned-search.png")).exists();

    Path config = shell("c", 710, "");
    Ended tuned = Ended.run("tune", config.toString(), "--out", out("c"), "--prior", prior.toString());
    assertThat(tuned.code()).as(tuned.err()).isZero();
    assertThat(Ended.run("tune", config.toString(), "--out", out("c")).code()).isZero();
    assertThat(Ended.run("tune", config.toString(), "--out", out("c"), "--prior", prior.toString()).code()).isZero();
    Ended other = Ended.run("tune", config.toString(), "--out", out("c"), "--prior", out("a"));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("holds a run of another prior than the one given");
    assertThat(folder.resolve("c/report.html")).content().contains("What earlier runs taught", out("a"), out("b"), "Agreement").doesNotContain("Beside ");
    // Of another command.
    assertThat(Ended.run("report", out("c"), "--beside", out("a")).code()).isZero();
    assertThat(folder.resolve("c/report.html")).content().contains("Beside " + out("a"), "is not compared, as the runs differ in the objective or its data.");
    assertThat(folder.resolve("c/beside-search.png")).doesNotExist();
    assertThat(Ended.run("tune", shell("d", 710, "").toString(), "--out", out("d")).code()).isZero();
    assertThat(Ended.run("report", out("c"), "--beside", out("d")).code()).isZero();
    assertThat(folder.resolve("c/report.html")).content().contains("Beside " + out("d"), out("d") + " had its lowest loss, ");
    assertThat(folder.resolve("c/beside-search.png")).exists();
  }

  @Test
  void runsThatCanNotBeReadAreLinesAndLeftAsTheyAre() throws IOException {
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", out("a")).code()).isZero();
    Path damaged = folder.resolve("damaged");
    Path empty = folder.resolve("empty");
    for (Path run : new Path[] {damaged, empty}) {
      Files.createDirectories(run);
      Files.copy(folder.resolve("a/config.yaml"), run.resolve("config.yaml"));
      Files.copy(folder.resolve("a/config.path"), run.resolve("config.path"));
    }
    Files.writeString(damaged.resolve("study.db"), "no journal");
    Ended refused = Ended.run("tune", shell("b", 710, "").toString(), "--out", out("b"), "--prior", out("damaged"), out("a"), out("empty"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).satisfiesExactly(
        line -> assertThat(line).contains(damaged + ": journal "),
        line -> assertThat(line).contains(empty + ": this run has no trials yet"));
    assertThat(empty.resolve("study.db")).doesNotExist();
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void aConfigurationNamesEarlierRuns() throws IOException {
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", out("a")).code()).isZero();
    Ended tuned = Ended.run("tune", shell("b", 710, "prior: a\nstrategy: random\n").toString(), "--out", out("b"));
    assertThat(tuned.code()).as(tuned.err()).isZero();
    assertThat(folder.resolve("b/prior.json")).content().contains("\"proxima-prior\"");
    Ended missing = Ended.run("tune", shell("c", 710, "prior: [a, nowhere, c.yaml]\n").toString(), "--out", out("c"));
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err().strip().lines()).satisfiesExactly(
        line -> assertThat(line).contains("nowhere: no such file or folder"),
        line -> assertThat(line).contains("c.yaml:1:1: is not JSON"));
    assertThat(folder.resolve("c")).doesNotExist();
  }

  @Test
  void whatOthersRecordedAndWhatARunExportsIsLearnedFrom() throws IOException {
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", out("a")).code()).isZero();
    Path csv = folder.resolve("exported/a.csv");
    assertThat(Ended.run("export", out("a"), "-o", csv.toString()).out()).contains("a.csv: 12 trials");
    assertThat(csv).content().startsWith("phase,trial,outcome,step,loss,n\nsearch,0,finished,,");
    assertThat(Ended.run("export", out("a"), "-o", out("a.json")).code()).isZero();
    assertThat(Ended.run("export", out("a"), "-o", out("a.txt")).err()).contains("a.txt ends neither in .csv nor in .json");

    Ended imported = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"), "--ignore", "phase", "--ignore", "trial", "--ignore", "outcome", "--ignore", "step", "--json");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(new ObjectMapper().readTree(imported.out()).at("/histories/0/trials").intValue()).isEqualTo(12);
    for (String prior : new String[] {"a.json", "histories/a.json"}) {
      Ended tuned = Ended.run("tune", shell("b", 710, "").toString(), "--out", out(prior + "-run"), "--prior", out(prior));
      assertThat(tuned.code()).as(tuned.err()).isZero();
    }
    Ended again = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"), "--ignore", "outcome");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err().strip()).isEqualTo("proxima: " + out("histories/a.json") + ": is there already, and would be learned from beside the new one; remove it, or give another --out");
    Ended unknown = Ended.run("import-history", "cvs", csv.toString(), "--out", out("histories"));
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err().strip()).isEqualTo("proxima: no layout 'cvs'; did you mean 'csv'?; there are csv, optuna, syne-tune");
  }

  @Test
  void standardErrorsAreExportedAndReadBack() throws IOException {
    Path config = shell("a", 700, "");
    Files.writeString(config, Files.readString(config).replace("))}", ")), \\\"standardError\\\": {n}.5}"));
    Ended tuned = Ended.run("tune", config.toString(), "--out", out("a"));
    assertThat(tuned.code()).as(tuned.err()).isZero();
    Path csv = folder.resolve("a.csv");
    assertThat(Ended.run("export", out("a"), "-o", csv.toString()).code()).isZero();
    assertThat(csv).content().startsWith("phase,trial,outcome,step,loss,standardError,n\nsearch,0,finished,,");
    assertThat(Ended.run("export", out("a"), "-o", out("a.json")).code()).isZero();
    assertThat(folder.resolve("a.json")).content().containsPattern("(?s)(\"standardError\":\\d+\\.5.*){12}");
    Ended imported = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"), "--ignore", "phase", "--ignore", "trial", "--ignore", "outcome", "--ignore", "step");
    assertThat(imported.code()).as(imported.err()).isZero();
    List<TaskHistory.Entry> read = HistoryJson.read(Files.readString(folder.resolve("histories/a.json"))).entries();
    assertThat(read).hasSize(12).allSatisfy(e ->
        assertThat(e.outcome()).isInstanceOfSatisfying(Outcome.Finished.class, f -> assertThat(f.standardError()).isEqualTo(e.configuration().integer("n") + 0.5)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      import-history optuna s --out h --loss error            | --loss: is for csv and syne-tune, not for optuna; leave it out
      import-history optuna s --out h --maximize              | --maximize: is for csv and syne-tune, not for optuna; leave it out
      import-history syne-tune s --out h --ignore a --space b | --ignore: is for csv, not for syne-tune; leave it out
      import-history syne-tune s --out h --space b            | --space: is for csv, not for syne-tune; leave it out
      report runs/a --out b                                   | --out: is where the folder of a run in a store is made; leave it out, as the report of runs/a is written there
      """)
  void anOptionThatWouldNotBeHeededIsRefused(String line, String said) {
    Ended ended = Ended.run(line.split(" "));
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo("proxima: " + said);
  }

  @Test
  void aHistoryThatWouldBeTooLongToReadIsNotWritten() throws IOException {
    Path csv = Files.writeString(folder.resolve("long.csv"), "n,x,loss\n" + IntStream.range(0, 26).mapToObj(i -> i + "," + (i % 2 == 0 ? "a" : "b").repeat(1_000_000) + "," + i + "\n").collect(Collectors.joining()));
    Ended imported = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"));
    assertThat(imported.code()).isEqualTo(2);
    assertThat(imported.err().lines()).contains("proxima: long: left out: its file would be longer than the 24 MiB that are read of it");
    assertThat(folder.resolve("histories")).doesNotExist();
  }

  @Test
  void aSweepOfAnotherProgramTeachesGlobalValuesAtItsScale() throws IOException {
    Path csv = Files.writeString(folder.resolve("sweep.csv"), "lr,loss\n1e-4,3\n1e-3,2\n1e-2,1\n1e-1,2\n");
    Ended unknown = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"), "--rename", "rate=learningRate", "--scale", "width=16,depth=2");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err().strip()).isEqualTo("proxima: --scale: lacks batch; give all of width, depth, batch, tokens");
    Ended strange = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"), "--rename", "l=learningRate");
    assertThat(strange.err().strip()).isEqualTo("proxima: --rename: no parameter is called 'l'; did you mean 'lr'?; there are lr");
    Path two = Files.writeString(folder.resolve("two.csv"), "lr,decay,loss\n1e-4,0.1,3\n1e-3,0.2,2\n");
    Ended one = Ended.run("import-history", "csv", two.toString(), "--out", out("histories"), "--rename", "decay=lr");
    assertThat(one.code()).isEqualTo(2);
    assertThat(one.err()).contains("two.csv: no history could be made of it", "two: left out: ");
    Ended imported = Ended.run("import-history", "csv", csv.toString(), "--out", out("histories"), "--rename", "lr=learningRate", "--scale", "width=16,depth=2,batch=64,tokens=6400");
    assertThat(imported.code()).as(imported.err()).isZero();

    Path config = Files.writeString(folder.resolve("mlp.yaml"), """
        objective: {kind: mlp}
        scale: {width: 64, depth: 2, batch: 64, tokens: 6400}
        space: {global: {learningRate: [1e-4, 1]}, perModule: {learningRate: 4}}
        """);
    Ended learned = Ended.run("learn-space", out("histories/sweep.json"), "-o", out("prior.json"), "--for", config.toString());
    assertThat(learned.code()).as(learned.err()).isZero();
    assertThat(learned.out()).contains("global: 1 task, 1 dimension\n", "lowest loss 1.000", "module: 0 tasks", "sweep is left out: it has no trials of a phase 'module'");
    assertThat(folder.resolve("prior-report/report.html")).content().contains("sweep.json, width=16,depth=2,batch=64,tokens=6400");
  }

  @Test
  void aPriorOverOtherParametersIsUsedIfAskedTo() throws IOException {
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", out("a")).code()).isZero();
    Path config = shell("b", 710, "");
    Files.writeString(config, Files.readString(config).replace("[1, 1000]}", "[1, 1000]}, m: {integer: [1, 3]}").replace("echo ", "true {m}; echo "));
    Ended refused = Ended.run("tune", config.toString(), "--out", out("b"), "--prior", out("a"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).singleElement().asString().contains("prior task 'a': it lacks [m]; ask for the shared parameters alone to use it (--shared");
    assertThat(Ended.run("tune", config.toString(), "--out", out("b"), "--prior", out("a"), "--shared").code()).isZero();
  }

  @Test
  void valuesOfAPriorBeyondANarrowerRangeAreToldAndHalfOfThemAskedOf() throws IOException {
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", out("a")).code()).isZero();
    Path config = shell("b", 710, "");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("[1, 1000]}", "[1, 900]}"));
    Ended told = Ended.run("tune", config.toString(), "--out", out("b"), "--prior", out("a"));
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.err()).containsPattern("proxima: prior task 'a': \\d of 12 trials have 'n' beyond its range, and count as at the range's end");
    Files.writeString(config, text.replace("[1, 1000]}", "[710, 711]}"));
    Ended refused = Ended.run("tune", config.toString(), "--out", out("c"), "--prior", out("a"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip()).hasLineCount(1).contains("parameter 'n' lies in [1.0, 1000.0] there", "are both in one unit? If so, ask for the shared parameters alone to use it (--shared");
    assertThat(Ended.run("tune", config.toString(), "--out", out("c"), "--prior", out("a"), "--shared").code()).isZero();
  }

  @Test
  void aRunThatAnotherProcessWorksOnIsLeftAlone() throws IOException {
    Path config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": {n}}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 5, finalists: 1, seeds: 1}
        """);
    Path out = folder.resolve("run");
    Files.createDirectories(out);
    try (FolderLock _ = FolderLock.take(out)) {
      Ended ended = Ended.run("tune", config.toString(), "--out", out.toString());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err().strip()).isEqualTo("proxima: " + out + ": process " + ProcessHandle.current().pid() + " is working in this folder; wait for it to end, or stop it first");
    }
    assertThat(Ended.run("tune", config.toString(), "--out", out.toString()).code()).isZero();
  }

  @Test
  @EnabledIf("hasNoGpu")
  void aGpuThatIsNotThereIsOneLineBeforeAnythingIsWritten() throws IOException {
    Path config = Files.writeString(folder.resolve("gpu.yaml"), """
        objective:
          kind: mlp
          device: gpu
        scale: {width: 8, depth: 1, batch: 8, tokens: 80}
        space: {perModule: {learningRate: 4}}
        """);
    Path out = folder.resolve("run");
    Ended ended = Ended.run("tune", config.toString(), "--out", out.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip().lines()).singleElement().asString().contains("gpu.yaml:3: objective.device: device: gpu was asked for");
    assertThat(out).doesNotExist();
  }

  static boolean hasNoGpu() {
    return !Torch.usesGpu(Device.AUTO);
  }

  @Test
  void aDamagedJournalIsOneLineAndExitCode2() throws IOException {
    Path config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": {n}}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 5, finalists: 1, seeds: 1}
        """);
    Path out = folder.resolve("run");
    assertThat(Ended.run("tune", config.toString(), "--out", out.toString()).code()).isZero();
    Files.writeString(out.resolve("study.db"), "this is no database, and it is long enough to be taken for one.............................");
    Files.deleteIfExists(out.resolve("study.db-wal"));
    Ended ended = Ended.run("resume", out.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip().lines()).hasSize(1).first().asString().contains("study.db");
  }

  @Test
  void aCommandThatPrintsNoLossEndsTheRunAndCanBeMended() throws IOException {
    Path config = Files.writeString(folder.resolve("silent.yaml"), """
        objective: {kind: command, command: [sh, -c, "echo {n}"], retries: 0}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 3}
        """);
    Ended ended = Ended.run("tune", config.toString(), "--out", folder.resolve("run").toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("proxima: phase 'search': the first 3 trials failed, and no more are tried; the last one: command: exited 0 but gave no final loss");
    Files.writeString(config, Files.readString(config).replace("\"echo {n}\"", "'echo \"{\\\"loss\\\": {n}}\"'"));
    Ended mended = Ended.run("tune", config.toString(), "--out", folder.resolve("run").toString());
    assertThat(mended.code()).as(mended.err()).isZero();
  }

  /// Files of 1 GB, of which no more than the bound is read.
  @Test
  void aFileOfAGigabyteIsRefusedByALineThatNamesTheBound() throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    String most = "proxima: " + large + ": is longer than the %d MiB that a file of its kind may have; is it the right file?";
    for (String[] line : new String[][] {
      {"tune", large.toString()}, {"transfer", large.toString(), "--to", "width=64"}, {"check", "coordinates", large.toString()}, {"study", large.toString()}
    }) {
      assertThat(Ended.run(line).err().strip()).isEqualTo(most.formatted(3));
    }
    assertThat(Ended.run("learn-space", large.toString(), "-o", out("prior.json")).err().strip()).isEqualTo(most.formatted(24));
    Ended csv = Ended.run("import-history", "csv", large.toString(), "--out", out("histories"));
    assertThat(csv.err().strip()).isEqualTo("proxima: " + large + ":1: is longer than the 1048576 characters that a line may have");
    Path text = Files.writeString(folder.resolve("text.yaml"), "objective: {data: {text: large}}\nscale: {width: 32, depth: 2, batch: 512, tokens: 51200}\nspace: {perModule: {learningRate: 4}}\n");
    assertThat(Ended.run("tune", text.toString()).err()).contains("text.yaml:1: objective.data: text file " + large + " is longer than 128 MiB; give a part of it").hasLineCount(1);
  }

  /// A second; a busy machine has 20. The time per module does not grow with their number.
  @Test
  void settingsOfTheDeepestModelsAreMappedSoon() throws IOException {
    Path deep = Files.writeString(folder.resolve("deep.yaml"), """
        scale: {width: 64, depth: 4096, batch: 1024, tokens: 204800}
        model: {kind: transformer, heads: 4, activation: swiglu, experts: {count: 8, active: 2}}
        """);
    Ended ended = assertTimeout(Duration.ofSeconds(20), () -> Ended.run("transfer", deep.toString(), "--to", "width=128"));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines().count()).isGreaterThan(4096);
  }

  @Test
  void choicesThatAreNumbersOrBooleansReachACommandAsSuch() throws IOException {
    Path config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'cat $0; echo; echo "{\\"loss\\": {size}}"', "{configuration}"]}
        space: {parameters: {flag: {choices: [true, False]}, size: {choices: [32, 64]}, rate: {choices: [1e-3, .5]}, quoted: {choices: ["1", "2"]}, mixed: {choices: [1, auto]}}}
        budget: {trials: 6, finalists: 1, seeds: 1}
        """);
    Ended ended = Ended.run("tune", config.toString(), "--out", out("run"), "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode best = ended.json().at("/best/configuration");
    JsonNode given = new ObjectMapper().readTree(folder.resolve("run/jobs/confirm-0/configuration.json").toFile());
    assertThat(given.get("flag").isBoolean()).isTrue();
    assertThat(given.get("flag").booleanValue()).isEqualTo(best.get("flag").textValue().equals("true"));
    assertThat(given.get("size")).hasToString("32");
    assertThat(given.get("rate").doubleValue()).isEqualTo(Double.parseDouble(best.get("rate").textValue()));
    assertThat(List.of(given.get("quoted"), given.get("mixed"))).allMatch(JsonNode::isTextual);
  }

  @Test
  void aRunThatEndsWithoutAResultAnswersHowFarItCame() throws IOException {
    Path config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [echo, '{"diverged": {n}}']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 4, finalists: 1, seeds: 1}
        """);
    Ended ended = Ended.run("tune", config.toString(), "--out", out("run"), "--json");
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.FAILED);
    JsonNode json = ended.json();
    assertThat(json.get("study").textValue()).isEqualTo("shell");
    assertThat(List.of(json.get("trials").intValue(), json.get("diverged").intValue(), json.get("failed").intValue())).containsExactly(4, 4, 0);
    assertThat(json.get("seconds").doubleValue()).isPositive();
    assertThat(json.has("best")).isFalse();
    assertThat(Files.readAllLines(folder.resolve("run/log.csv"))).first().isEqualTo("phase,trial,seed,outcome,loss,seconds,step,reason");
  }

  @Test
  void aFolderOfOtherFilesIsNotTakenForARun() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("a.txt"), "mine");
    Ended ended = Ended.run("tune", shell("a", 700, "").toString(), "--out", other.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip()).isEqualTo("proxima: " + other + ": holds no run, but other files, such as a.txt; give another folder with --out");
    assertThat(other).isDirectoryNotContaining("glob:**config.yaml");
    Path begun = Files.createDirectory(folder.resolve("begun"));
    Files.writeString(begun.resolve("config.path"), "stopped here");
    Files.writeString(begun.resolve(".hidden"), "");
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", begun.toString()).code()).isZero();
  }

  /// The base is where a recommendation's values are, and larger than what was trained.
  @Test
  void whatATargetLeavesOutStaysAsAtTheBase() throws IOException {
    Path config = Files.writeString(folder.resolve("mlp.yaml"), """
        objective: {kind: mlp, device: cpu}
        base: {width: 32, depth: 3, batch: 32, tokens: 640}
        scale: {width: 16, depth: 2, batch: 16, tokens: 160}
        space: {perModule: {learningRate: 2}}
        budget: {perModule: 2, finalists: 1, seeds: 1}
        """);
    assertThat(Ended.run("tune", config.toString(), "--out", out("run")).code()).isZero();
    assertThat(Ended.run("transfer", out("run"), "--to", "width=64").out()).startsWith("complete-d-p  from width=32,depth=3,batch=32,tokens=640  to width=64,depth=3,batch=32,tokens=640  ");
  }

  @Test
  void aDamagedRunFolderIsALine() throws IOException {
    assertThat(Ended.run("tune", shell("a", 700, "").toString(), "--out", out("a")).code()).isZero();
    Files.writeString(folder.resolve("a/result.json"), "{\"best\": nothing}");
    assertThat(Ended.run("report", out("a")).err().strip())
        .isEqualTo("proxima: " + folder.resolve("a/result.json") + ": is damaged (Unrecognized token 'nothing': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')); delete it and make it anew with: ./proxima resume " + out("a"));
    Files.writeString(folder.resolve("a/result.json"), "{\"best\": {\"configuration\": [1]}}");
    Ended report = Ended.run("report", out("a"));
    assertThat(report.code()).isEqualTo(2);
    assertThat(report.err().strip()).startsWith("proxima: " + folder.resolve("a/result.json") + ": is damaged (a configuration is an object of values, got [1])").hasLineCount(1);
    Files.writeString(folder.resolve("a/config.path"), "a\0b");
    Ended status = Ended.run("status", out("a"));
    assertThat(status.code()).isEqualTo(2);
    assertThat(status.err().strip()).startsWith("proxima: " + folder.resolve("a/config.path") + ": is damaged (Nul character not allowed").hasLineCount(1);
  }

  @Test
  void aHistoryWhoseScaleIsNoneIsALine() throws IOException {
    Path history = Files.writeString(folder.resolve("h.json"), """
        {"format":"proxima-history","version":1,"task":"t","context":{"width":99999999999,"depth":1,"batch":1,"tokens":1},
         "space":[{"name":"learningRate","type":"real","low":0.1,"high":1}],
         "entries":[{"configuration":{"learningRate":0.5},"outcome":{"finished":1},"seed":1},{"configuration":{"learningRate":0.25},"outcome":{"finished":2},"seed":1}]}
        """);
    Path config = Files.writeString(folder.resolve("run.yaml"), "objective: {kind: mlp}\nscale: {width: 8, depth: 1, batch: 64, tokens: 640}\nspace: {global: {learningRate: [0.1, 1]}, perModule: {learningRate: 4}}\n");
    Ended tuned = Ended.run("tune", config.toString(), "--out", out("run"), "--prior", history.toString());
    assertThat(tuned.code()).isEqualTo(2);
    assertThat(tuned.err().strip()).contains("width must be at most 16777216, got 2147483647").hasLineCount(1);
  }
}
