package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client of examples/python, where Python is installed.
class PythonExampleTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "python");
  private static final Pattern SNIPPET = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL);

  private static final String NEITHER = "tell takes a loss (and maybe its standard_error) or one of stopped, diverged and failed; ";

  @TempDir private Path folder;

  @BeforeAll
  static void pythonIsInstalled() {
    boolean installed = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream().anyMatch(d -> Files.isExecutable(Path.of(d, "python3")));
    if (!installed) {
      System.out.println("skipped the tests of examples/python: python3 is not installed");
    }
    assumeTrue(installed, "python3 is not installed");
  }

  /// A root like the repository's, whose `./proxima` runs what is under test.
  @BeforeEach
  void makeTheRoot() throws IOException {
    Path copies = Files.createDirectories(folder.resolve("examples").resolve("python"));
    for (String file : List.of("proxima_client.py", "tune.py", "space.json")) {
      Files.copy(EXAMPLE.resolve(file), copies.resolve(file));
    }
    Path launcher = Files.writeString(folder.resolve("proxima"), """
        #!/bin/sh
        exec "%s" --enable-native-access=ALL-UNNAMED -cp "%s" proxima.tune.Main "$@"
        """.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String python(int code, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(folder.toFile()).redirectErrorStream(true);
    builder.command().addFirst("python3");
    builder.environment().put("PYTHONPATH", folder.resolve("examples").resolve("python").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(code);
    return output;
  }

  private String script(int code, String text) throws IOException, InterruptedException {
    return python(code, Files.writeString(folder.resolve("script.py"), text).toString());
  }

  private static List<String> readme() throws IOException {
    return SNIPPET.matcher(Files.readString(EXAMPLE.resolve("README.md"))).results().map(snippet -> snippet.group(1)).toList();
  }

  @Test
  void theClientHasSixtyLinesAtMost() throws IOException {
    assertThat(Files.readAllLines(EXAMPLE.resolve("proxima_client.py"))).hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void theExampleFindsALowLossAndAgainFromItsJournal() throws IOException, InterruptedException {
    String best = python(0, "examples/python/tune.py", "study.db");
    Matcher loss = Pattern.compile("\\{'trial': \\d+, 'configuration': \\{'learningRate': .*\\}, 'loss': (\\S+)\\}\\n").matcher(best);
    assertThat(loss.matches()).as(best).isTrue();
    assertThat(Double.parseDouble(loss.group(1))).isBetween(0.0, 0.05);
    assertThat(python(0, "examples/python/tune.py", "study.db")).isEqualTo(best);
  }

  @Test
  void theCodeOfTheReadmeRuns() throws IOException, InterruptedException {
    String output = script(0, "def train(learningRate, layers, optimizer, momentum=0):\n    return layers\n\n" + readme().get(0).replace("range(40)", "range(3)"));
    assertThat(output).startsWith("{'trial': ").contains("'loss': ");
    String stopped = script(0, """
        from proxima_client import Study
        def steps(layers, **others):
            for step in range(1, 101):
                yield step, layers / step
        """ + readme().get(1) + "    print(study.best()['trial'] >= 0, study.ask()[0])\n");
    assertThat(stopped).isEqualTo("True 40\n");
    String promoted = script(0, """
        from proxima_client import Study
        with Study("examples/python/space.json", stopping="promotion", grace=10, steps=90) as study:
            for _ in range(4):
                trial, values = study.ask()
                print(study.tell(trial, values.pop("steps") + trial), sorted(values)[:2])
        with Study("examples/python/space.json", stopping="promotion", grace=10, steps=90, journal="promoted.db") as study:
            study.ask()
        with Study("examples/python/space.json", stopping="promotion", grace=10, steps=90, journal="promoted.db") as study:
            print(study.pending[0][1]["steps"])
        """);
    assertThat(promoted.lines()).containsExactly("0 ['layers', 'learningRate']", "1 ['layers', 'learningRate']", "2 ['layers', 'learningRate']", "3 ['layers', 'learningRate']", "10");
  }

  @Test
  void outcomesOfAllKindsAreToldAndWhatIsPendingIsFoundAgain() throws IOException, InterruptedException {
    String output = script(0, """
        import math
        from proxima_client import ProximaError, Study
        def open_study():
            return Study("examples/python/space.json", journal="study.db", strategy="random", seed=3)
        with open_study() as study:
            print(study.trials, study.pending, study.best())
            for _ in range(5):
                last = study.ask()
            print(study.report(4, 10, 2.5), study.report(0, 10, math.inf))
            study.tell(0, stopped=True)
            study.tell(1, diverged=10)
            study.tell(2, failed="lost")
            study.tell(3, 1.5, standard_error=0.25)
            for told in {"loss": 1.5}, {}, {"loss": None}, {"loss": 0.5, "stopped": True}, {"stopped": True, "failed": "lost"}, {"diverged": 3, "standard_error": 0.25}:
                try:
                    study.tell(3, **told)
                except (ProximaError, TypeError) as e:
                    print(e)
            study.tell(3, 1.5, standard_error=0.25)
            print(study.tell({"learningRate": 0.01, "layers": 2, "optimizer": "adam"}, 0.5))
            try:
                study.tell(9, 1)
            except ProximaError as e:
                print(e)
        with open_study() as study:
            print(study.trials, study.pending == [last], study.best()["trial"])
            best = study.best(by_mean=True)
            print(best["trial"], best["loss"], 0.4 < best["mean"] < 1.5)
        """);
    assertThat(output.lines()).containsExactly("0 [] None", "False True",
        "trial 3 of study 'study' was told loss 1.5 with standard error 0.25, and cannot be told loss 1.5; tell its configuration instead, as a trial of its own",
        NEITHER + "got loss=None, standard_error=None, {}", NEITHER + "got loss=None, standard_error=None, {}", NEITHER + "got loss=0.5, standard_error=None, {'stopped': True}",
        NEITHER + "got loss=None, standard_error=None, {'stopped': True, 'failed': 'lost'}", NEITHER + "got loss=None, standard_error=0.25, {'diverged': 3}", "5", "study 'study' has no trial 9; it has trials 0 to 5", "6 True 5", "5 0.5 True");
  }

  @Test
  void aStudyThatCannotStartIsAnErrorThatSaysSo() throws IOException, InterruptedException {
    assertThat(script(1, "from proxima_client import Study\nStudy('none.json')\n"))
        .contains("proxima: none.json: no such file")
        .contains("ProximaError: proxima has ended with exit code 2");
  }
}
