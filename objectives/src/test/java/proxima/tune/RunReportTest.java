package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.prior.PriorRun;
import proxima.proxy.Text;
import proxima.space.Outcome;
import proxima.strategy.RandomStrategy;
import proxima.study.SqliteJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.TrialResult;

/// What a run's report says at each of its stages.
class RunReportTest {

  @TempDir private Path folder;

  private RunFolder tuned(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("shell.yaml"), config);
    RunFolder run = new RunFolder(folder.resolve("run"));
    Ended ended = Ended.run("tune", file.toString(), "--out", run.path().toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return run;
  }

  private static String report(RunFolder run) throws IOException {
    Ended ended = Ended.run("report", run.path().toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return Files.readString(run.report());
  }

  /// Where the search's seed likes small values, and all fresh seeds large ones.
  @Test
  void withoutItsResultARunRecommendsTheSame() throws IOException {
    RunFolder run = tuned("""
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": $(( {seed} == 1000000 ? {n} : 100 - 30 * {n} ))}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 12, finalists: 3, seeds: 2}
        strategy: random
        """);
    RunConfig config = run.read();
    StoredStudy search = RunRecord.read(run, config).phase("search").orElseThrow();
    TrialResult lowest = search.trials().stream().min(Comparator.comparingDouble(t -> t.loss().orElseThrow())).orElseThrow();
    assertThat(ResultFile.best(run).orElseThrow().integer("n")).as("the fresh seeds decide").isGreaterThan(lowest.configuration().integer("n"));
    String page = report(run);
    assertThat(page).contains("recommended").doesNotContain("the best so far");
    Files.delete(run.result());
    assertThat(report(run)).isEqualTo(page);
  }

  @Test
  void lossesAboveABayesLossAreCalledSo() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    Ended ended = tuned("{data: hmm, heads: 1, sequence: 8, device: cpu}", run);
    String above = String.format(Locale.ROOT, "the Bayes loss %.2f", new Text.HiddenMarkov().floor(new Text.HiddenMarkov().corpus(), 8).orElseThrow());
    assertThat(ended.out()).contains("  losses are nats above " + above);
    assertThat(report(run)).contains(">loss, nats above " + above + "<", "Every loss is counted from " + above);
  }

  @Test
  void lossesThatAreLogarithmsAreCalledSo() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    Ended ended = tuned("{kind: mlp, device: cpu}", run);
    String what = "osses are logarithms of the mean squared error over the targets' variance: 0 where nothing is learned, and below it from there on";
    assertThat(ended.out()).contains("  l" + what);
    assertThat(report(run).replace("&#39;", "'")).contains("L" + what);
  }

  /// A whole run of a small model.
  private Ended tuned(String objective, RunFolder run) throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), """
        objective: %s
        scale: {width: 8, depth: 1, batch: 8, tokens: 16}
        space: {perModule: {learningRate: 2}}
        budget: {perModule: 2, finalists: 1, seeds: 1}
        """.formatted(objective));
    Ended ended = Ended.run("tune", file.toString(), "--out", run.path().toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return ended;
  }

  /// Seeds from 1600000 on confirm.
  @Test
  void aRecommendationThatDivergesWithEveryFreshSeedIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'if [ {seed} -ge 1600000 ]; then echo "{\\"diverged\\": true}"; else echo "{\\"loss\\": {n}}"; fi']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 4, finalists: 1, seeds: 2}
        strategy: random
        """);
    RunFolder run = new RunFolder(folder.resolve("run"));
    Ended ended = Ended.run("tune", file.toString(), "--out", run.path().toString(), "--json");
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    assertThat(ended.err()).contains("  best       no loss  (none of 2 fresh seeds finished)", "proxima: beware: the recommended setting has no loss with any fresh seed");
    assertThat(ended.json().at("/best/loss").isNull()).isTrue();
    assertThat(ended.json().at("/best/lost").intValue()).isEqualTo(2);
    assertThat(run.report()).content().contains("The recommended setting has no loss over fresh seeds: none of 2 fresh seeds finished.").doesNotContain("no losses over fresh seeds yet");
  }

  /// Of three seeds one is lost, one has a loss, and one is being trained.
  @Test
  void whatIsStillTrainedIsNotLost() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'true']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 4, finalists: 1, seeds: 3}
        """), Optional.empty());
    try (SqliteJournal journal = SqliteJournal.open(run.journal());
        Study search = Study.open(journal, "search", ((SpaceConfig.Plain) run.read().space()).space(), new RandomStrategy(), "random", 1);
        Study confirm = JobList.open(journal, "confirm", 3, 1)) {
      search.tell(search.ask().number(), Outcome.of(1));
      confirm.tell(confirm.ask().number(), new Outcome.Diverged(3));
      confirm.tell(confirm.ask().number(), Outcome.of(1.5));
      confirm.ask();
    }
    assertThat(report(run)).contains("only 1 of 2 fresh seeds finished", "1 training with fresh seeds not told yet", "seed 2: 1.500");
  }

  @ParameterizedTest(name = "with ''{0}''")
  @ValueSource(strings = {"", "stopping: {kind: promotion, grace: 10, steps: 20, eta: 2}"})
  void aRunWithoutAScaleIsGivenNone(String stopping) throws IOException {
    RunFolder run = tuned("""
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": {n}}"', '{settings}']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 4, finalists: 1, seeds: 1}
        strategy: random
        """ + stopping);
    assertThat(report(run)).doesNotContain("width=1", "Scale: ");
    Ended beside = Ended.run("report", run.path().toString(), "--beside", run.path().toString());
    assertThat(beside.code()).as(beside.err()).isEqualTo(Exit.DONE);
    assertThat(run.report()).content().contains("Losses compare where").doesNotContain("trained at");
    RunConfig config = run.read();
    assertThat(config.hasScale()).isFalse();
    assertThat(RunHistory.of("here", RunRecord.read(run, config))).isInstanceOfSatisfying(PriorRun.Plain.class, p -> assertThat(p.history().context()).isEmpty());
  }
}
