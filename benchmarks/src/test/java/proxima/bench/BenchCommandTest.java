package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Commands;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;

class BenchCommandTest {

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private static Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = new Commands(Map.of("bench", new BenchCommand()))
        .run(arguments, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theAnswerHasTheScoresOfAllTasksAndOfEachGroup() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [proxima, random]
        seeds: 2
        blocks:
          - {tasks: [branin], initial: 5, trials: 25}
          - {tasks: [cliff-22], initial: 10, trials: 12}
        """);
    Path out = folder.resolve("out");
    Ended ended = run("bench", suite.toString(), "--out", out.toString(), "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(ended.out());
    assertThat(json.at("/contenders/0/name").textValue()).isEqualTo("proxima");
    assertThat(json.at("/contenders/0/regret/25").isDouble()).isTrue();
    assertThat(json.get("groups").fieldNames()).toIterable().containsExactly("smooth", "cliff");
    assertThat(json.at("/groups/smooth/0/secondsPerSuggestion").doubleValue()).isPositive();
    assertThat(run("bench", suite.toString(), "--out", out.toString(), "--json").out()).as("nothing is played twice").isEqualTo(ended.out());
    assertThat(run("bench", suite.toString(), "--out", out.toString()).out()).as("how many tasks a column has").contains("  @25 (1 task) ");
    assertThat(out.resolve("report.html")).content().contains("proxima leads", "smooth, 1 task × 2 seeds");
    try (FolderLock _ = FolderLock.take(out)) {
      Ended other = run("bench", suite.toString(), "--out", out.toString());
      assertThat(other.code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(other.err().strip()).isEqualTo("proxima: " + out + ": process " + ProcessHandle.current().pid() + " is working in this folder; wait for it to end, or stop it first");
    }
    assertThat(out.resolve("sessions.csv")).content().hasLineCount(2);
  }

  @Test
  void contendersThatCanNotPlayAreLeftOutWithTheReason() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [random, hebo]
        seeds: 1
        blocks:
          - {tasks: [branin], initial: 5, trials: 10}
        """);
    Ended ended = run("bench", suite.toString(), "--out", folder.resolve("out").toString(), "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(ended.out());
    assertThat(json.get("contenders")).hasSize(1);
    assertThat(json.at("/contenders/0/versions/0").textValue()).startsWith("proxima ");
    assertThat(json.at("/leftOut/0/name").textValue()).isEqualTo("hebo");
    assertThat(json.at("/leftOut/0/why").textValue()).contains("no Python environment").endsWith("./proxima bench --setup-peers makes it");
    assertThat(ended.err()).contains("left out: hebo: no Python environment");
    Path absent = Files.writeString(folder.resolve("t.yaml"), "contenders: [hebo]\nblocks: [{tasks: [branin], initial: 5, trials: 10}]\n");
    assertThat(run("bench", absent.toString(), "--out", folder.resolve("out2").toString()).code()).isEqualTo(2);
    assertThat(run("bench").err()).contains("name a suite").contains("--setup-peers");
  }

  /// A folder of tables with one, `mine/t`, of 60 rows.
  private Path tables() throws IOException {
    Path tables = folder.resolve("tables");
    Files.createDirectories(tables.resolve("mine"));
    Files.writeString(tables.resolve("mine/space.json"), """
        {"parameters": [{"name": "x", "type": "real", "low": 0, "high": 1}, {"name": "y", "type": "real", "low": 0, "high": 1}]}
        """);
    StringBuilder rows = new StringBuilder("x,y,loss\n");
    for (int i = 0; i < 60; i++) {
      double x = i / 60.0;
      double y = i * 7 % 60 / 60.0;
      rows.append(x + "," + y + "," + (x > 0.8 ? "" : x + y) + "\n");
    }
    Files.writeString(tables.resolve("mine/t.csv"), rows);
    return tables;
  }

  @Test
  void aTableIsPlayedByItsRowsAndByAForestUnderTwoNames() throws IOException {
    Path tables = tables();
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [random, forest]
        seeds: 1
        blocks:
          - {tables: [mine], initial: 3, trials: 6}
          - {tables: [mine/t], mode: surrogate, initial: 3, trials: 6}
        """);
    Ended ended = run("bench", suite.toString(), "--tables", tables.toString(), "--out", folder.resolve("out").toString(), "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("mine/t (surrogate): out of bag: R²");
    JsonNode json = new ObjectMapper().readTree(ended.out());
    assertThat(json.get("tasks").findValuesAsText("name")).containsExactly("mine/t", "mine/t (surrogate)");
    assertThat(json.at("/tasks/0").has("outOfBag")).isFalse();
    assertThat(json.at("/tasks/1/answeredBy").textValue()).startsWith("random forest over 60 rows of a table");
    assertThat(json.at("/tasks/1/outOfBag/rankCorrelation").doubleValue()).isBetween(0.5, 1.0);
    assertThat(json.at("/tasks/1/outOfBag/divergedFound").doubleValue()).isBetween(0.5, 1.0);
    assertThat(Files.readString(folder.resolve("out/results.csv"))).contains("mine/t,recorded,random,", "mine/t (surrogate),recorded,forest,");
    Path longer = Files.writeString(folder.resolve("l.yaml"), "contenders: [random]\nblocks: [{tables: [mine], initial: 3, trials: 61}, {tables: [mine], mode: surrogate, initial: 3, trials: 61}]\n");
    assertThat(run("bench", longer.toString(), "--tables", tables.toString()).err().lines())
        .singleElement(STRING).contains("l.yaml:2: blocks[0].trials: must be no more than the 60 rows of mine/t, got 61");
  }

  @Test
  void resultsOfOneTableAreNotTakenForThoseOfAnotherOfItsName() throws IOException {
    Path tables = tables();
    Path table = tables.resolve("mine/t.csv");
    String rows = Files.readString(table);
    Files.writeString(tables.resolve("mine/u.csv"), rows);
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [random]
        seeds: 2
        blocks:
          - {tables: [mine/t], initial: 3, trials: 6}
          - {tables: [mine/t], prior: 20, initial: 3, trials: 6}
        """);
    Path out = folder.resolve("out");
    String[] command = {"bench", suite.toString(), "--tables", tables.toString(), "--out", out.toString(), "--json"};
    Ended whole = run(command);
    assertThat(whole.code()).as(whole.err()).isZero();
    Path results = out.resolve("results.csv");
    String played = Files.readString(results);

    Files.writeString(table, "seconds," + rows.replaceAll("\n(?=.)", "\n1,"));
    assertThat(run(command).out()).as("a column that is not read").isEqualTo(whole.out());
    Files.writeString(table, rows.replace("0.0,0.0,0.0\n", "0.0,0.0,-0.5\n"));
    String other = "proxima: " + results + ": has results of another table mine/t";
    Ended refused = run(command);
    assertThat(refused.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(refused.err().lines()).containsExactly(other + "; choose another folder with --out", other + " (transfer of 20); choose another folder with --out");
    Files.writeString(table, rows);
    Files.writeString(tables.resolve("mine/u.csv"), rows.replace("0.0,0.0,0.0\n", "0.0,0.0,-0.5\n"));
    assertThat(run(command).err().lines()).as("another prior task").containsExactly(other + " (transfer of 20); choose another folder with --out");
    Files.writeString(tables.resolve("mine/u.csv"), rows);
    Path space = tables.resolve("mine/space.json");
    Files.writeString(space, Files.readString(space).replace("\"high\": 1}", "\"high\": 2}"));
    assertThat(run(command).err().lines()).as("another space").hasSize(2);
    assertThat(results).content().as("nothing is written").isEqualTo(played);
  }

  @Test
  void whatATableIsIsKnownFromItsFirstRunOn() throws IOException {
    Path tables = tables();
    Path table = tables.resolve("mine/t.csv");
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [random]\nseeds: 2\nblocks: [{tables: [mine], initial: 3, trials: 6}]\n");
    Path out = folder.resolve("out");
    String[] command = {"bench", suite.toString(), "--tables", tables.toString(), "--out", out.toString(), "--json"};
    Ended whole = run(command);
    Path results = out.resolve("results.csv");
    String played = Files.readString(results);
    Files.writeString(results, played.lines().limit(1 + 6 + 3).map(l -> l + "\n").collect(Collectors.joining()));
    assertThat(run(command).code()).as("after a kill").isZero();
    assertThat(results).content().hasLineCount(1 + 6 + 6);

    Files.delete(out.resolve("tables.json"));
    Files.writeString(table, Files.readString(table) + "0.5,0.5,0.25\n");
    assertThat(run(command).code()).as("results that are older than the file").isZero();
    assertThat(out.resolve("tables.json")).content().contains("\"mine/t\" : \"");
    Files.writeString(table, Files.readString(table) + "0.5,0.75,0.25\n");
    assertThat(run(command).code()).isEqualTo(Exit.BAD_INPUT);
    Files.delete(results);
    assertThat(run(command).code()).as("without results there is nothing to mix up").isZero();
    assertThat(whole.code()).isZero();
    Files.writeString(out.resolve("tables.json"), "[]");
    assertThat(run(command).err().lines()).containsExactly("proxima: " + out.resolve("tables.json") + ": is not what bench has written; choose another folder with --out");
  }

  @Test
  void everyProblemOfASuiteIsToldAtOnce() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [proxma, random]
        seeds: 0
        blocks:
          - {tasks: [branni], initial: 5, trials: 5}
          - {tables: [lcbench]}
          - {trails: 3}
        """);
    Ended ended = run("bench", suite.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines()).satisfiesExactly(
        l -> assertThat(l).contains("s.yaml:1: contenders: no contender 'proxma'; did you mean 'proxima'?"),
        l -> assertThat(l).contains(":2: seeds: must be from 1 to 1000, got 0"),
        l -> assertThat(l).contains(":4: blocks[0].tasks: no task 'branni'; did you mean 'branin'?"),
        l -> assertThat(l).contains(":4: blocks[0].trials: must be more than the 5 initial points, got 5"),
        l -> assertThat(l).contains(":5: blocks[1].tables: no recorded tables 'lcbench' in ").endsWith("tables; --tables DIR names a folder that has them"),
        l -> assertThat(l).contains(":6: blocks[2].tasks: is missing"),
        l -> assertThat(l).contains(":6: blocks[2].trails: unknown key"));
  }

  @Test
  void severalWorkersAreComparedWithTheFewest() throws IOException {
    Path suite = Files.writeString(folder.resolve("w.yaml"), """
        contenders: [random, sobol]
        workers: [4, 1]
        seeds: 2
        blocks: [{tasks: [branin], initial: 5, trials: 20}]
        """);
    Path out = folder.resolve("out");
    assertThat(run("bench", suite.toString(), "--out", out.toString()).out()).contains("final regret, as a multiple of that with the fewest workers", "  random (4 workers)    1.00 [1.00, 1.00]\n");
    JsonNode json = new ObjectMapper().readTree(run("bench", suite.toString(), "--out", out.toString(), "--json").out());
    assertThat(json.get("workers").fieldNames()).toIterable().containsExactly("random (4 workers)", "sobol (4 workers)");
    assertThat(json.at("/workers/sobol (4 workers)/ratio").doubleValue()).isEqualTo(1);
    assertThat(out.resolve("report.html")).content().contains("What several workers cost");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      [0, 8]  | workers: needs whole numbers from 1 to 1000, each once, got '0'
      [8, 8]  | workers: needs whole numbers from 1 to 1000, each once, got '8'
      all     | workers: needs whole numbers from 1 to 1000, each once, got 'all'
      []      | workers: needs one number at least
      """)
  void numbersOfWorkersAreChecked(String workers, String problem) throws IOException {
    Path suite = Files.writeString(folder.resolve("w.yaml"), "contenders: [random]\nworkers: " + workers + "\nblocks: [{tasks: [branin], initial: 3, trials: 5}]\n");
    assertThat(run("bench", suite.toString()).err().lines()).singleElement(STRING).contains("w.yaml:2: " + problem);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      [random, sobol, random] | {tasks: [branin], trials: 9}                                    | 1: contenders: needs each once, got 'random' again
      [random]                | {tasks: [branin, bbob-f1-2, branin], trials: 9}                 | 3: blocks[0].tasks: needs each task once with 5 initial points and 9 trials, got 'branin' again
      [random]                | {tasks: [bbob-2, bbob-f3-2, bbob-f4-2], trials: 9}              | 3: blocks[0].tasks: needs each task once with 5 initial points and 9 trials, got 'bbob-f3-2' and 1 more again
      [random]                | {tables: [mine, mine/t], trials: 9}                             | 3: blocks[0].tables: needs each task once with 5 initial points and 9 trials, got 'mine/t' again
      [random]                | {tables: [mine/, .//mine/t], trials: 9}                         | 3: blocks[0].tables: needs each task once with 5 initial points and 9 trials, got 'mine/t' again
      [random]                | {tasks: [branin], trials: 9}, {initial: 5, tasks: [branin], trials: 9} | 3: blocks[1].tasks: needs each task once with 5 initial points and 9 trials, got 'branin' again
      [random]                | {tasks: [branin], mode: exact, trials: 9}                       | 3: blocks[0].mode: says how tables are played, and this block has none; name some under 'tables', or leave it out
      [random]                | {tasks: [branin], prior: 0, trials: 9}                          | 3: blocks[0].prior: says how tables are played, and this block has none; name some under 'tables', or leave it out
      [nope]                  | {tasks: [branin], trials: 9}                                    | 1: contenders: no contender 'nope'; there are
      """)
  void whatWouldBePlayedTwiceOrHasNoEffectIsRefused(String contenders, String blocks, String problem) throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: " + contenders + "\nblocks:\n  [" + blocks + "]\n");
    assertThat(run("bench", suite.toString(), "--tables", tables().toString()).err().lines()).singleElement(STRING).contains("s.yaml:" + problem);
  }

  @Test
  void aTaskWithSeveralBudgetsIsSeveralContests() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [random, sobol]
        seeds: 1
        blocks:
          - {tasks: [branin], initial: 3, trials: 9}
          - {tasks: [branin], initial: 5, trials: 9}
          - {tables: [mine], initial: 3, trials: 8}
          - {tables: [mine], initial: 3, trials: 9}
        """);
    Ended ended = run("bench", suite.toString(), "--tables", tables().toString(), "--out", folder.resolve("out").toString(), "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(ended.out());
    assertThat(json.at("/reached/trials").fieldNames()).toIterable().containsExactly("branin, 9 with 3 initial", "branin, 9 with 5 initial", "mine/t, 8", "mine/t, 9");
    assertThat(json.get("tasks").findValuesAsText("name")).containsExactly("branin", "mine/t");
  }

  @Test
  void aFolderOfTablesThatIsNotThereIsRefused() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [random]\nblocks: [{tasks: [branin], initial: 3, trials: 5}]\n");
    Path none = folder.resolve("none");
    Ended ended = run("bench", suite.toString(), "--tables", none.toString());
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo("proxima: --tables: no such folder: " + none);
  }

  @Test
  void aContenderThatLearnsNeedsPriorTasks() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [random, proxima-prior]\nblocks: [{tasks: [branin], initial: 3, trials: 5}]\n");
    assertThat(run("bench", suite.toString()).err().lines())
        .singleElement(STRING)
        .contains("s.yaml:1: contenders: 'proxima-prior' learns from prior tasks, and no block has any; give a block of tables prior: 100, for 100 rows of each other table");
    Path lonely = Files.writeString(folder.resolve("l.yaml"), "contenders: [proxima-prior]\nblocks: [{tables: [mine], prior: 20, initial: 3, trials: 5}]\n");
    assertThat(run("bench", lonely.toString(), "--tables", tables().toString()).err().lines()).first(STRING).contains("mine: there are no other tables beside it that could be prior tasks");
    Files.copy(folder.resolve("tables/mine/t.csv"), folder.resolve("tables/mine/u.csv"));
    Path mixed = Files.writeString(
        folder.resolve("m.yaml"),
        "contenders: [random, random-widening]\nblocks:\n- {tasks: [branin, hartmann3], initial: 3, trials: 5}\n- {tables: [mine], mode: surrogate, prior: 20, initial: 3, trials: 5}\n");
    assertThat(run("bench", mixed.toString(), "--tables", tables().toString()).err().lines())
        .singleElement(STRING)
        .contains("m.yaml:1: contenders: 'random-widening' learns from prior tasks, and branin and 1 more have none; as contenders are compared on what all can play, put tasks without prior into a suite of their own");
  }

  @Test
  void noMoreRowsAreKnownOfPriorTasksThanTheyHave() throws IOException {
    Path tables = tables();
    Files.copy(tables.resolve("mine/t.csv"), tables.resolve("mine/u.csv"));
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [random]\nseeds: 2\nblocks: [{tables: [mine], prior: 1000, initial: 3, trials: 5}]\n");
    assertThat(run("bench", suite.toString(), "--tables", tables.toString()).err().lines())
        .singleElement(STRING).endsWith("s.yaml:3: blocks[0].tables: mine: prior must be no more than 30, the rows that can be known of another table, got 1000");
    Files.writeString(suite, Files.readString(suite).replace("1000", "30"));
    assertThat(run("bench", suite.toString(), "--tables", tables.toString(), "--out", folder.resolve("out").toString()).code()).isZero();
  }

  /// Two rows of sixty have a loss.
  @Test
  void aComparisonWithoutAResultHasFailed() throws IOException {
    Path tables = tables();
    String rows = Files.readString(tables.resolve("mine/t.csv"));
    Files.writeString(tables.resolve("mine/t.csv"), rows.lines().map(l -> l.endsWith("loss") || l.startsWith("0.5,") || l.startsWith("0.0,") ? l + "\n" : l.replaceFirst("[^,]*$", "\n")).collect(Collectors.joining()));
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [random, sobol]\nseeds: 1\nblocks: [{tables: [mine], initial: 1, trials: 2}]\n");
    Ended ended = run("bench", suite.toString(), "--tables", tables.toString(), "--out", folder.resolve("out").toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.FAILED);
    assertThat(ended.out()).contains("Every run failed or diverged in all its trials; there is nothing to compare.").doesNotContain("leads");
  }

  @Test
  void aComparisonThatIsStoppedAnswersHowFarItCame() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [random, proxima]\nseeds: 300\nblocks: [{tasks: [branin], initial: 5, trials: 9}]\n");
    Path out = folder.resolve("out");
    Thread main = Thread.currentThread();
    var answer = new ByteArrayOutputStream();
    var err = new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        if (line.startsWith("4 of 600: ")) {
          main.interrupt();
        }
      }
    };
    String[] command = {"bench", suite.toString(), "--out", out.toString(), "--json"};
    assertThat(new Commands(Map.of("bench", new BenchCommand())).run(command, InputStream.nullInputStream(), new PrintStream(answer, true, StandardCharsets.UTF_8), err)).isEqualTo(Exit.INTERRUPTED);
    assertThat(answer.toString(StandardCharsets.UTF_8)).matches("\\{\"runs\":\\d+,\"of\":600}\\s");
    assertThat(new ObjectMapper().readTree(answer.toString(StandardCharsets.UTF_8)).get("runs").intValue()).isBetween(4, 599);
    assertThat(out.resolve("report.html")).content().contains(" of 600 runs have been played");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "surrogate"})
  void aTableThatIsTooSmallForPriorTasksIsALine(String mode) throws IOException {
    Path tables = tables();
    Files.writeString(tables.resolve("mine/t.csv"), "x,y,loss\n0,0,1\n0,1,2\n1,0,\n1,1,\n");
    Files.writeString(tables.resolve("mine/u.csv"), "x,y,loss\n0,0,1\n0,1,2\n1,0,3\n1,1,4\n");
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: [proxima-prior]\nseeds: 10\nblocks: [{tables: [mine], mode: " + mode + ", prior: 2, initial: 1, trials: 2}]\n");
    assertThat(run("bench", suite.toString(), "--tables", tables.toString()).err().lines()).singleElement(STRING)
        .contains("s.yaml:3: blocks[0].tables: mine/t can not be a task with prior tasks: with seed ")
        .endsWith("it keeps 2 of its 4 rows, the others being known of other tables: a table needs rows with finite losses, and half of them above the lowest; got 1 finite losses");
  }

  @Test
  void aSuiteHasContendersAndBlocks() throws IOException {
    Path suite = Files.writeString(folder.resolve("s.yaml"), "contenders: []\nblocks: []\n");
    assertThat(run("bench", suite.toString()).err().lines()).satisfiesExactlyInAnyOrder(
        l -> assertThat(l).contains("s.yaml:1: contenders: needs one at least; there are proxima, "), l -> assertThat(l).contains("s.yaml:2: blocks: needs one at least"));
  }

  static Stream<Path> suites() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("suites"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void theSuitesNameWhatThereIs(Path suite) throws IOException {
    try {
      assertThat(SuiteReader.read(suite, Contenders.all(Path.of("..")), List.of(Path.of("tables"))).contenders()).isNotEmpty();
    } catch (InputException e) {
      assertThat(e.problems()).allMatch(p -> p.endsWith("in tables; --tables DIR names a folder that has them"));
    }
  }
}
