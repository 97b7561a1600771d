package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.space.Outcome;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;
import proxima.strategy.InitialDesign;
import proxima.study.Study;
import proxima.study.Trial;

class StudyCommandTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "python");
  private static final String SPACE = EXAMPLE.resolve("space.json").toString();
  private static final Pattern SESSION = Pattern.compile("<!-- session -->\\s*```\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private record Ended(int code, List<String> out, List<String> err) {}

  private static Ended run(List<String> requests, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(String.join("\n", requests).getBytes(StandardCharsets.UTF_8));
    int code =
        Main.run(arguments, in, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(code, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8).lines().toList());
  }

  private static Ended study(String... arguments) {
    return run(List.of(), Stream.concat(Stream.of("study"), Stream.of(arguments)).toArray(String[]::new));
  }

  /// Asks and tells, with two trials pending; depends on no reply.
  private static List<String> requests(int trials) {
    List<String> requests = new ArrayList<>(List.of("{\"request\":\"ask\"}"));
    for (int i = 0; i < trials - 1; i++) {
      requests.add("{\"request\":\"ask\"}");
      requests.add("{\"request\":\"tell\",\"trial\":" + i + ",\"loss\":" + loss(i) + "}");
    }
    return requests;
  }

  private static double loss(int trial) {
    return trial % 5 == 4 ? Double.NaN : Math.abs(trial - 7);
  }

  private static String[] strategies() {
    return StrategyChoice.names();
  }

  @Test
  void theDocumentedSessionIsReplayedToTheLastBit() throws IOException {
    Matcher block = SESSION.matcher(Files.readString(EXAMPLE.resolve("README.md")));
    assertThat(block.find()).as("README.md holds a block after <!-- session -->").isTrue();
    List<String> lines = block.group(1).lines().toList();
    String command = lines.getFirst();
    assertThat(command).startsWith("$ ./proxima ");
    // Tests run in their module's directory.
    String[] arguments = command.substring("$ ./proxima ".length()).replace("examples/", "../examples/").split(" ");
    List<String> requests = lines.stream().filter(l -> l.startsWith("> ")).map(l -> l.substring(2)).toList();
    List<String> replies = lines.stream().filter(l -> l.startsWith("< ")).map(l -> l.substring(2)).toList();
    assertThat(lines).hasSize(1 + 2 * requests.size());
    assertThat(run(requests, arguments)).isEqualTo(new Ended(0, replies, List.of()));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void theStudyInProcessAsksTheSamePoints(String strategy) throws IOException {
    int trials = 14;
    SearchSpace space = SpaceFile.read(Path.of(SPACE)).space();
    InitialDesign design = InitialDesign.of(space, 100);
    Study study = Study.of(space, StrategyChoice.of(strategy).strategy(space, design), 3);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      Trial trial = study.ask();
      asked.add("{\"trial\":" + i + ",\"configuration\":" + SpaceJson.of(trial.configuration()) + "}");
      if (i > 0) {
        study.tell(i - 1, Outcome.of(loss(i - 1)));
      }
    }
    Ended ended = run(requests(trials), "study", SPACE, "--strategy", strategy, "--seed", "3");
    assertThat(ended.out().stream().filter(l -> l.contains("configuration"))).isEqualTo(asked);
    assertThat(ended.err()).isEmpty();
  }

  /// Twelve parameters: the kernel and the warp are chosen among several from trial 30 on, each fitted on its own thread, as are the starts of each fit and search.
  @Test
  void answersDoNotDependOnTheNumberOfThreads() throws IOException {
    String parameters = IntStream.range(0, 12).mapToObj(i -> "{\"name\": \"x" + i + "\", \"type\": \"real\", \"low\": 0, \"high\": 1}").collect(Collectors.joining(",", "[", "]"));
    String space = Files.writeString(folder.resolve("space.json"), parameters).toString();
    List<String> requests = requests(44);
    List<String> one = run(requests, "study", space, "--threads", "1").out();
    assertThat(one).hasSize(87).noneMatch(l -> l.contains("error"));
    assertThat(run(requests, "study", space, "--threads", "4").out()).isEqualTo(one);
  }

  @ParameterizedTest(name = "stopped after {0} requests")
  @ValueSource(ints = {0, 1, 8, 21, 26})
  void resumedFromItsJournalItIsTheSessionThatNeverStopped(int stop) {
    List<String> requests = requests(14);
    List<String> whole = run(requests, "study", SPACE).out();
    String journal = folder.resolve("study.db").toString();
    List<String> parts = new ArrayList<>(run(requests.subList(0, stop), "study", SPACE, "--journal", journal).out());
    parts.addAll(run(requests.subList(stop, requests.size()), "study", SPACE, "--journal", journal).out());
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void anotherEarlyStoppingIsAnotherStudy() {
    String journal = folder.resolve("study.db").toString();
    study(SPACE, "--journal", journal);
    assertThat(study(SPACE, "--journal", journal, "--stopping", "none").code()).isZero();
    assertThat(study(SPACE, "--journal", journal, "--stopping", "asha", "--grace", "10").err())
        .singleElement().asString().contains("strategy: stored 'gp ", "SuccessiveHalving[first=10, eta=3]'");
  }

  @Test
  void whatWasPendingIsSaidWhenResumed() {
    String journal = folder.resolve("study.db").toString();
    String asked = run(List.of("{\"request\":\"ask\"}"), "study", SPACE, "--journal", journal).out().getFirst();
    assertThat(run(List.of("{\"request\":\"space\"}"), "study", SPACE, "--journal", journal).out().getFirst()).contains("\"trials\":1,\"pending\":[" + asked + "],");
  }

  @Test
  void aJournalOfAnotherStudyIsOneLineAndExitCode2() throws IOException {
    String journal = folder.resolve("study.db").toString();
    study(SPACE, "--journal", journal);
    Path other = Files.writeString(folder.resolve("other.json"), Files.readString(Path.of(SPACE)).replace("0.99", "0.9"));
    Ended ended = study(other.toString(), "--journal", journal, "--seed", "2", "--strategy", "sobol");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).singleElement().asString().contains(
        "parameter 'momentum': stored real [0.0, 0.99]", "now real [0.0, 0.9]", "seed: stored 1, now 2", "strategy: stored 'gp", "; set them back");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ``                                                             | : is empty; a space is a list of parameters
      [{"name": "x" "type": "real"}]                                 | :1:15: is not JSON: Unexpected character
      [{"name": "x", "name": "y"}]                                   | :1:22: is not JSON: Duplicate field 'name'
      [                                                              | :1:2: is not JSON: Unexpected end-of-input
      {"x": [0, 1]}                                                  | : a space is a list of one or more parameters, such as [{
      []                                                             | : a space is a list of one or more parameters, such as [{
      [3]                                                            | : a parameter needs the field 'name', got 3
      [{"name": "x", "type": "reel", "low": 0, "high": 1}]           | : parameter 'x' has the type 'reel'; there are real, integer, categorical
      [{"name": "x", "type": "real", "low": 1, "high": 0}]           | : parameter 'x' needs finite low < high, got [1.0, 0.0]
      [{"name": "x", "type": "real", "low": -1e308, "high": 1e308}]  | : parameter 'x' needs high - low that a number can hold, got [-1.0E308, 1.0E308]
      [{"name": "", "type": "categorical", "choices": ["a", "b"]}]   | : a parameter needs a name, got ''
      [{"name": "x", "type": "real", "low": 0, "high": 1, "log": true}]      | : parameter 'x': log scale needs low > 0, got 0.0
      [{"name": "x", "type": "real", "low": 0, "high": 1, "lgo": true}]      | : parameter 'x' has no field 'lgo'; did you mean 'log'?; it has name, type, low, high, log, when, expected, confidence, cost
      [{"name": "x", "type": "categorical", "choices": [1, 2]}]      | : 'choices' of parameter 'x' must be a list of texts, got [1,2]
      [{"name": "x", "type": "real", "low": 0, "high": 1, "when": {"parameter": "y", "values": ["a"]}}]  | : parameter 'x' depends on 'y', which is no earlier categorical parameter
      [{"name": "x", "type": "real", "low": 0, "high": 1, "expected": 2}]                      | : parameter 'x' takes a real number in [0.0, 1.0], got 2.0
      [{"name": "x", "type": "integer", "low": 1, "high": 8, "expected": 2.5}]                 | : parameter 'x' takes a whole number in [1, 8], got 2.5
      [{"name": "x", "type": "categorical", "choices": ["a", "b"], "expected": "c"}]           | : parameter 'x' takes one of [a, b], got c
      [{"name": "x", "type": "real", "low": 0, "high": 1, "expected": 1, "confidence": "sure"}] | : 'sure' is not one of low, medium, high
      [{"name": "x", "type": "real", "low": 0, "high": 1, "confidence": "low"}]                | : 'confidence' of parameter 'x' is that of 'expected', and there is none; add it, or leave this out
      [{"name": "x", "type": "integer", "low": 0, "high": 9, "cost": 2}]                       | : a cost is a power of numbers above 0, and 'x' begins at 0.0
      [{"name": "x", "type": "integer", "low": 1, "high": 9, "cost": "x"}]                     | : parameter 'x' needs a number, got "x"
      """)
  void aSpaceThatCannotBeIsOneLineAndExitCode2(String text, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("space.json"), text);
    Ended ended = study(file.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).singleElement().asString().startsWith("proxima: " + file + problem);
  }

  /// Losses do not depend on the width, which costs its square.
  @Test
  void whatIsExpectedComesFirstAndWhatIsCheapOften() throws IOException {
    String parameters = """
        [{"name": "rate", "type": "real", "low": 1e-4, "high": 1, "log": true, "expected": 1e-2, "confidence": "high"},
         {"name": "width", "type": "real", "low": 16, "high": 1024, "log": true%s},
         {"name": "kind", "type": "categorical", "choices": ["a", "b", "c"], "expected": "b"}]
        """;
    String space = Files.writeString(folder.resolve("space.json"), parameters.formatted("")).toString();
    String costs = Files.writeString(folder.resolve("costs.json"), parameters.formatted(", \"cost\": 2")).toString();
    List<String> requests = requests(24);
    List<String> asked = run(requests, "study", space).out();
    assertThat(asked.getFirst()).containsPattern("\"rate\":0\\.0(1|09999999\\d*),.*\"kind\":\"b\"");
    assertThat(meanWidth(run(requests, "study", costs).out())).isLessThan(meanWidth(asked) / 2);
    assertThat(study(space, "--strategy", "cma-es").err()).singleElement().asString().startsWith("proxima: --strategy: cma-es takes no notice of what is expected");
    String journal = folder.resolve("study.db").toString();
    assertThat(study(space, "--journal", journal).code()).isZero();
    assertThat(study(costs, "--journal", journal).err()).singleElement().asString().contains("cost as width^2.0");
  }

  /// Geometric, of the last ten.
  private static double meanWidth(List<String> replies) {
    List<String> asked = replies.stream().filter(l -> l.contains("width")).toList();
    return Math.exp(asked.subList(asked.size() - 10, asked.size()).stream().mapToDouble(l -> Math.log(Double.parseDouble(l.replaceFirst(".*\"width\":([^,}]+).*", "$1")))).average().orElseThrow());
  }

  @Test
  void allProblemsOfASpaceAreToldAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("space.json"), """
        [{"name": "rate", "type": "real", "low": 1, "high": 0, "lgo": true},
         {"name": "kind", "type": "categorical", "choices": ["a"]},
         {"name": "layers", "type": "integer", "low": 1, "high": 8, "when": {"parameter": "kind", "values": ["a"]}},
         {"name": "layers", "type": "integer", "low": 1.5, "high": 8}]
        """);
    assertThat(study(file.toString()).err()).containsExactly(
        "proxima: " + file + ": parameter 'rate' has no field 'lgo'; did you mean 'log'?; it has name, type, low, high, log, when, expected, confidence, cost",
        "proxima: " + file + ": parameter 'rate' needs finite low < high, got [1.0, 0.0]",
        "proxima: " + file + ": parameter 'kind' needs two or more different choices, got [a]",
        "proxima: " + file + ": 'low' of parameter 'layers' must be a whole number, got 1.5");
  }

  @Test
  void badOptionsAreExitCode2AndNothingOnStandardOutput() {
    for (Ended ended :
        List.of(
            study(folder.resolve("none.json").toString()),
            study(folder.toString()),
            study(SPACE, "--strategy", "random-search"),
            study(SPACE, "--seed", "one"),
            study(SPACE, "--threads", "0"),
            study(SPACE, "--threads", "two"),
            study(SPACE, "--stopping", "ashaa"),
            study(SPACE, "--stopping", "asha", "--grace", "0"),
            study(SPACE, "--grace", "10"),
            study(SPACE, "--stopping", "promotion"),
            study(SPACE, "--stopping", "asha", "--steps", "90"),
            study(SPACE, "--stopping", "promotion", "--grace", "10", "--steps", "9"),
            study(SPACE, "--journal", folder.resolve("none").resolve("study.db").toString()),
            study(SPACE, "--journal", "me:secretpw@localhost/db"),
            study(SPACE, "--json"))) {
      assertThat(ended.code()).as(ended.err().toString()).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err()).isNotEmpty();
    }
    assertThat(study(SPACE, "--journal", "me:secretpw@localhost/db").err()).singleElement().asString().startsWith("proxima: --journal: a store is postgresql://").doesNotContain("secretpw");
    assertThat(study(SPACE, "--threads", "0").err()).containsExactly("proxima: --threads: 1 or more, got 0");
    assertThat(study(SPACE, "--strategy", "soboll").err())
        .containsExactly("proxima: --strategy: 'soboll' is not one of gp, gp-input-warping, forest, trust-region-random, cma-es, sobol, random; did you mean 'sobol'?");
  }

  /// A client may take it for one of the values.
  @Test
  void promotionKeepsTheNameOfItsSteps() throws IOException {
    String space = Files.writeString(folder.resolve("space.json"), "[{\"name\": \"steps\", \"type\": \"integer\", \"low\": 100, \"high\": 200}]").toString();
    assertThat(study(space, "--stopping", "promotion", "--steps", "9").err())
        .containsExactly("proxima: --stopping: with promotion a trial says its 'steps', and the space has a parameter of that name; give it another");
    assertThat(study(space, "--stopping", "asha").code()).isZero();
  }

  @Test
  void itsHelpNamesTheRequestsAndOptions() {
    Ended ended = study("--help");
    assertThat(ended.code()).isZero();
    assertThat(String.join("\n", ended.out()))
        .contains("Usage: proxima study", "space, ask, tell, report, best and recommend", "--journal", "--strategy", "--stopping", "--grace", "--steps", "--threads", "do not depend on it", "--seed", "Exit codes:")
        .doesNotContain("--json");
  }

  @Test
  void aSessionStartsNeitherTrainingEngineNorReport() throws IOException, InterruptedException {
    Path classes = folder.resolve("classes.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "proxima.tune.Main",
                "study",
                SPACE)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var requests = process.outputWriter()) {
      requests.write("{\"request\":\"ask\"}\n");
    }
    assertThat(process.inputReader().readAllLines()).singleElement().asString().startsWith("{\"trial\":0,");
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(classes)).contains("proxima.protocol.StudyServer ").doesNotContain(" ai.djl.", " proxima.train.", " proxima.report.", " org.sqlite.", " ch.qos.logback.");
  }

  @Test
  void aSpaceOfTooManyCoordinatesIsRefusedSoon() throws IOException {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      parameters.add("{\"name\":\"x" + i + "\",\"type\":\"real\",\"low\":0,\"high\":1}");
    }
    Path file = Files.writeString(folder.resolve("wide.json"), "[" + String.join(",\n", parameters) + "]");
    Ended ended = assertTimeout(Duration.ofSeconds(5), () -> study(file.toString()));
    assertThat(ended.err()).containsExactly("proxima: " + file + ": has more than 2000 coordinates, one for each number and each choice; leave some parameters as they are");
    Files.writeString(file, "[".repeat(1500));
    assertThat(study(file.toString()).err()).singleElement().asString().startsWith("proxima: " + file + ": is not JSON: Document nesting depth");
  }
}
