package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.InputException;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.prior.ScaleContext;
import proxima.space.Configuration;
import proxima.space.HistoryJson;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.space.learn.PriorTask;

class PriorTest {

  @TempDir private Path folder;

  private Experiment experiment() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: mlp}
        scale: {width: 32, depth: 2, batch: 64, tokens: 6400}
        hyperparameters: {learningRate: 1e-3, weightDecay: 0.3}
        space: {global: {learningRate: [1e-4, 1], weightDecay: [0.01, 1]}, perModule: {learningRate: 4}}
        """);
    return new Experiment(RunConfigReader.read(file, file));
  }

  /// Of two trials the second has the lower loss.
  private static PriorRun run(Experiment experiment, String name, double worse, double best) {
    RunConfig config = experiment.config();
    GlobalSpace space = new GlobalSpace(Map.of(Hyperparameter.LEARNING_RATE, new GlobalSpace.Interval(1e-4, 1)));
    List<TaskHistory.Entry> entries = new ArrayList<>();
    entries.add(new TaskHistory.Entry(new Configuration(Map.of("learningRate", new Value.Real(worse))), Outcome.of(2), 0));
    entries.add(new TaskHistory.Entry(new Configuration(Map.of("learningRate", new Value.Real(best))), Outcome.of(1), 0));
    PriorRun.Trials trials = new PriorRun.Trials(config.defaults(), new TaskHistory(name, space.space(), Map.of(), entries));
    return new PriorRun.PerModule(
        name, name, config.scale(), config.base(), config.rule(), experiment.network(config.base()), Map.of(PriorRun.Phase.GLOBAL, trials));
  }

  @Test
  void theGlobalValuesToExpectAreThoseOfEarlierRuns() throws IOException {
    Experiment experiment = experiment();
    PriorRuns runs = new PriorRuns(List.of(run(experiment, "a", 1e-1, 1e-3), run(experiment, "b", 1e-3, 1e-1)), true);
    Hyperparameters expected = Prior.of(runs).expected(experiment);
    // The geometric mean of the best rates; no run searched the weight decay.
    assertThat(expected.get(Hyperparameter.LEARNING_RATE)).isCloseTo(1e-2, within(1e-9));
    assertThat(expected.get(Hyperparameter.WEIGHT_DECAY)).isEqualTo(0.3);
  }

  /// Of learning rates, each with itself as its loss.
  private static TaskHistory sweep(String name, Map<String, Value> context, double... rates) {
    List<TaskHistory.Entry> entries =
        Arrays.stream(rates).mapToObj(rate -> new TaskHistory.Entry(new Configuration(Map.of("learningRate", new Value.Real(rate))), Outcome.of(rate), 0)).toList();
    return new TaskHistory(name, SearchSpace.of(Parameter.log("learningRate", 1e-4, 1)), context, entries);
  }

  private String history(TaskHistory history) throws IOException {
    return Files.writeString(folder.resolve(history.task() + ".json"), HistoryJson.write(history)).toString();
  }

  private PriorRuns read(String file) {
    return PriorSources.read(new PriorConfig(List.of(Path.of(file)), false));
  }

  @Test
  void aFileOfRunsThatAreToBeSharedSaysSo() throws IOException {
    String a = history(sweep("a", Map.of(), 1e-2, 1e-3));
    String out = folder.resolve("prior.json").toString();
    assertThat(Ended.run("learn-space", a, "-o", out).code()).isZero();
    assertThat(read(out).shared()).isFalse();
    assertThat(Ended.run("learn-space", a, "-o", out, "--shared").code()).isZero();
    assertThat(read(out).shared()).isTrue();
    String again = folder.resolve("again.json").toString();
    assertThat(Ended.run("learn-space", out, "-o", again).code()).isZero();
    assertThat(read(again).shared()).isTrue();
  }

  @Test
  void aContextThatSaysAnImpossibleScaleIsALineWithItsFile() throws IOException {
    TaskHistory narrow = sweep("narrow", Map.of("width", new Value.Whole(0), "depth", new Value.Whole(2), "batch", new Value.Whole(64), "tokens", new Value.Whole(6400)), 1e-2, 1e-3);
    String file = history(narrow);
    String line = file + ": the context of 'narrow' says no scale: width must be positive, got 0";
    assertThatThrownBy(() -> read(file)).isInstanceOf(InputException.class).hasMessage(line);
    Ended learned = Ended.run("learn-space", file, history(sweep("good", Map.of(), 1e-2, 1e-3)), "-o", folder.resolve("prior.json").toString());
    assertThat(learned.code()).as(learned.err()).isZero();
    assertThat(learned.out()).contains("left out: " + line);
    // As an earlier program wrote it into a run's folder.
    Prior written = Prior.of(new PriorRuns(List.of(new PriorRun.Plain("narrow", "narrow.json", narrow)), false));
    String inPrior = Files.writeString(folder.resolve("written.json"), written.text()).toString();
    assertThatThrownBy(() -> read(inPrior)).hasMessage(inPrior + ": the context of 'narrow' says no scale: width must be positive, got 0");
    assertThat(Prior.read(written.text()).origins()).containsExactly(Map.entry("narrow", "narrow.json"));
  }

  @Test
  void noDecayAtAllIsToldToCountAsTheLeast() throws IOException {
    Experiment experiment = experiment();
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (double decay : new double[] {0, 0.2, 0.5}) {
      Map<String, Value> values = Map.of("learningRate", new Value.Real(1e-3 + decay / 100), "weightDecay", new Value.Real(decay));
      entries.add(new TaskHistory.Entry(new Configuration(values), Outcome.of(decay), 0));
    }
    var history = new TaskHistory("a", SearchSpace.of(Parameter.log("learningRate", 1e-4, 1), Parameter.real("weightDecay", 0, 1)), ScaleContext.of(experiment.config().scale()), entries);
    Prior prior = Prior.of(new PriorRuns(List.of(new PriorRun.Plain("a", "", history)), false));
    PriorTask task = prior.global(experiment, (SpaceConfig.PerModule) experiment.config().space()).tasks().getFirst();
    assertThat(task.notes()).containsExactly(
        "1 of 3 trials have weightDecay 0, which counts as 0.2, the lowest above 0 that was tried", "its optimizer is not known, and counts as " + experiment.config().defaults().optimizer().id());
  }

  @Test
  void aFileWithoutRunsIsALine() throws IOException {
    String none = Files.writeString(folder.resolve("none.json"), Prior.of(new PriorRuns(List.of(), false)).text()).toString();
    Ended learned = Ended.run("learn-space", none, "-o", folder.resolve("prior.json").toString());
    assertThat(learned.code()).isEqualTo(2);
    assertThat(learned.err()).contains(none + ": has no runs");
  }

  @Test
  void ofTheFileToWriteTheRunsThatAreNowhereElseAreKept() throws IOException {
    String out = folder.resolve("prior.json").toString();
    String a = history(sweep("a", Map.of(), 1e-2, 1e-3));
    String gone = history(sweep("gone", Map.of(), 1e-2, 1e-1));
    assertThat(Ended.run("learn-space", a, gone, "-o", out).code()).isZero();
    history(sweep("a", Map.of(), 1e-2, 1e-3, 5e-3));
    Ended learned = Ended.run("learn-space", a, out, "-o", out);
    assertThat(learned.code()).as(learned.err()).isZero();
    assertThat(learned.out()).contains("left out: " + out + ": is the file to write, and 1 of its 2 runs are among the other sources");
    assertThat(read(out).runs()).extracting(PriorRun::name).containsExactly("a", "gone");
    assertThat(((PriorRun.Plain) read(out).runs().getFirst()).history().entries()).hasSize(3);
  }

  @Test
  void aSweepThatOnlyAConfigurationPlacesIsSaidToBeShownWithOne() throws IOException {
    Experiment experiment = experiment();
    String runs = Files.writeString(folder.resolve("runs.json"), Prior.of(new PriorRuns(List.of(run(experiment, "a", 1e-1, 1e-3)), false)).text()).toString();
    String scaled = history(sweep("scaled", ScaleContext.of(experiment.config().scale()), 1e-2, 1e-3));
    String plain = history(sweep("plain", Map.of(), 1e-2, 1e-3));
    Ended learned = Ended.run("learn-space", scaled, plain, runs, "-o", folder.resolve("prior.json").toString());
    assertThat(learned.code()).as(learned.err()).isZero();
    assertThat(learned.out())
        .contains("scaled is left out: a history with a scale is shown with --for CONFIG", "plain is left out: it says no scale, as its context lacks width, depth, batch, tokens, and this run tunes modules");
  }

  @Test
  void whatWasNotWrittenByThisCommandIsNotOverwritten() throws IOException {
    String a = history(sweep("a", Map.of(), 1e-2, 1e-3));
    String b = history(sweep("b", Map.of(), 1e-2, 1e-1));
    String before = Files.readString(Path.of(a));
    // As of `-o h/*.json`.
    Ended learned = Ended.run("learn-space", "-o", a, b);
    assertThat(learned.code()).isEqualTo(2);
    assertThat(learned.err()).contains(a + ": is there already and was not written by learn-space; name another file with --out");
    assertThat(Path.of(a)).content().isEqualTo(before);

    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("config.yaml"), "objective: {kind: mlp}\n");
    String prior = run.resolve("prior.json").toString();
    assertThat(Ended.run("learn-space", b, "-o", prior).err()).contains(prior + ": is where the run in this folder keeps what it learned from; name another file with --out");
    assertThat(run.resolve("prior.json")).doesNotExist();
  }

  @Test
  void sourcesOfOtherKindsNameWhatMakesHistoriesOfThem() throws IOException {
    Path csv = Files.writeString(folder.resolve("task.csv"), "lr,loss\n");
    Path database = Files.writeString(folder.resolve("study.db"), "");
    Path empty = Files.writeString(folder.resolve("empty.json"), "");
    Path histories = Files.createDirectories(folder.resolve("histories"));
    Ended learned = Ended.run("learn-space", csv.toString(), database.toString(), empty.toString(), histories.toString(), "-o", folder.resolve("prior.json").toString());
    assertThat(learned.code()).isEqualTo(2);
    assertThat(learned.err()).contains(
        csv + ": is no task history; make one of it: import-history csv " + csv + " --out histories",
        database + ": is no task history; make one of it: import-history optuna " + database + " --out histories",
        empty + ": is empty; a task history is what import-history writes",
        histories + ": is no run folder, as it has no config.yaml; give its histories themselves, such as " + histories.resolve("*.json"));
  }

  @Test
  void whatAHistoryLacksForAScaleIsSaid() throws IOException {
    String partly = history(sweep("partly", Map.of("width", new Value.Real(64.5), "depth", new Value.Whole(2)), 1e-2, 1e-3));
    String runs = Files.writeString(folder.resolve("runs.json"), Prior.of(new PriorRuns(List.of(run(experiment(), "a", 1e-1, 1e-3)), false)).text()).toString();
    Ended learned = Ended.run("learn-space", partly, runs, "-o", folder.resolve("prior.json").toString());
    assertThat(learned.out())
        .contains("partly is left out: it says no scale, as its context lacks batch, tokens and has the width 64.5, which is no whole number, and this run tunes modules");
  }

  @Test
  void wholeNumbersAreGlobalValuesTooAndOneAloneIsSaidToTeachNothing() throws IOException {
    Experiment experiment = experiment();
    for (long most : new long[] {1, 2}) {
      List<TaskHistory.Entry> entries = new ArrayList<>();
      for (long decay = 0; decay <= most; decay++) {
        Map<String, Value> values = Map.of("learningRate", new Value.Real(1e-3 * (decay + 1)), "weightDecay", new Value.Whole(decay));
        entries.add(new TaskHistory.Entry(new Configuration(values), Outcome.of((double) decay), 0));
      }
      var history = new TaskHistory("a", SearchSpace.of(Parameter.log("learningRate", 1e-4, 1), Parameter.integer("weightDecay", 0, most)), ScaleContext.of(experiment.config().scale()), entries);
      Prior prior = Prior.of(new PriorRuns(List.of(new PriorRun.Plain("a", "", history)), false));
      if (most == 1) {
        assertThatThrownBy(() -> prior.check(experiment)).isInstanceOf(InputException.class)
            .hasMessageContaining("it lacks [weightDecay]").hasMessageContaining("prior task 'a': its weightDecay teaches nothing, as not all its trials have it, or no two values of it above 0");
      } else {
        assertThat(prior.global(experiment, (SpaceConfig.PerModule) experiment.config().space()).tasks().getFirst().unknown()).isEmpty();
      }
    }
  }
}
