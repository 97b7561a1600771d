package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Version;
import proxima.module.Factors;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Timed;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Value;

/// Jobs as texts, without a cluster.
class ClusterObjectiveTest {

  @TempDir private Path folder;

  private RunFolder run(String configuration) throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(Files.writeString(folder.resolve("run.yaml"), configuration), Optional.empty());
    return run;
  }

  private ClusterObjective objective(RunDescription run) {
    return new ClusterObjective(new Cluster() {
      @Override
      public String answer(String job) throws InterruptedException {
        return ClusterWork.answer(job, folder);
      }

      @Override
      public void close() {}
    }, run);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"adamw", "muon"})
  void aJobIsTheSameBehindItsText(String optimizer) throws IOException {
    Experiment experiment = new Experiment(run("""
        objective: {kind: transformer, heads: 2, sequence: 8}
        scale: {width: 8, depth: 2, batch: 16, tokens: 160}
        optimizer: %s
        space: {perModule: {learningRate: 2}}
        """.formatted(optimizer)).read());
    RunConfig config = experiment.config();
    Configuration configuration = new Configuration(Map.of("a", new Value.Real(1.0 / 3), "b", new Value.Whole(3), "c", new Value.Category("c")));
    Job job = experiment.job("module-1", configuration, new Setting(config.defaults(), Factors.NONE), config.scale(), Long.MAX_VALUE);
    ClusterJob whole = new ClusterJob(new RunDescription("1", "a: 1\n", "/a", Optional.of(new RunData("d1e2", OptionalInt.of(87))), Optional.empty()), job);
    assertThat(ClusterJob.read(whole.json())).isEqualTo(whole);
  }

  @Test
  void anOutcomeComesBackWithItsTime() throws IOException, InterruptedException {
    RunFolder run = run("""
        objective: {kind: command, retries: 0, command: [sh, -c, 'sleep 0.2; echo "{\\"loss\\": {x}}"; exit {code}']}
        space: {parameters: {x: {choices: ["0.25", nan, ""]}, code: {integer: [0, 3]}}}
        """);
    ClusterObjective objective = objective(run.describe());
    Timed finished = objective.timed(job("0.25"), Monitor.NONE);
    assertThat(finished.outcome()).isEqualTo(Outcome.of(0.25));
    assertThat(finished.seconds()).isBetween(0.2, 20.0);
    assertThat(objective.evaluate(job("nan"), Monitor.NONE)).isEqualTo(new Outcome.Diverged(0));
    assertThat(objective.evaluate(job(""), Monitor.NONE)).asString().contains(ProcessHandle.current().pid() + "@", ": command: failed with exit code 3");
  }

  private static Job job(String x) {
    Configuration configuration = new Configuration(Map.of("x", new Value.Category(x), "code", new Value.Whole(x.isEmpty() ? 3 : 0)));
    return new Job("job-" + x, configuration, new ModuleSettings(List.of()), RunConfigReader.NO_SCALE, 1);
  }

  @Test
  void whatAMachineCanNotWorkOnIsOneLine() throws IOException {
    RunFolder run = run("""
        objective: {kind: command, command: [no-such-program]}
        space: {parameters: {x: {real: [0, 1]}}}
        """);
    assertThatThrownBy(() -> objective(run.describe()).evaluate(job(""), Monitor.NONE)).isInstanceOf(InputException.class).hasMessageContaining(": command: no program 'no-such-program'");
    RunDescription old = new RunDescription("0.0.1", run.describe().configuration(), "/a", Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> objective(old).evaluate(job(""), Monitor.NONE)).isInstanceOf(InputException.class)
        .hasMessageContaining("has proxima " + Version.PROXIMA + " on its class path, and the run is of 0.0.1; take it out");
  }

  @Test
  void enginesThatAreNotThereAreOneLine() throws IOException {
    String config = run("objective: {kind: command, command: [sh]}\nspace: {parameters: {x: {real: [0, 1]}}}\n").config().toString();
    refused("proxima: --engine: spark is not built in; build it in by the environment variable PROXIMA_PROFILES=spark, as in: PROXIMA_PROFILES=spark ./proxima tune ...", "tune", config, "--engine", "spark", "--master", "local[2]");
    refused("proxima: --engine: no engine 'sparc'; did you mean 'spark'?; there are spark", "tune", config, "--engine", "sparc", "--master", "local[2]");
    refused("proxima: give both --engine and --master, as in --engine spark --master spark://HOST:7077, or neither", "resume", folder.resolve("run").toString(), "--engine", "spark");
  }

  private static void refused(String line, String... arguments) {
    Ended ended = Ended.run(arguments);
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo(line);
  }
}
