package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.InputException;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.study.MemoryJournal;

class VerificationTest {

  @TempDir private Path folder;

  private Experiment experiment() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 16, tokens: 1600}
        hyperparameters: {learningRate: 0.001}
        space: {global: {learningRate: [1e-4, 1]}, perModule: {learningRate: 4}}
        seed: 7
        """);
    return new Experiment(RunConfigReader.read(file, file));
  }

  @Test
  void allSettingsSeeTheSameSeedsAndShorterTrainingsKeepTheirValues() throws IOException, InterruptedException {
    Experiment experiment = experiment();
    Setting global = new Setting(experiment.config().defaults().with(Hyperparameter.LEARNING_RATE, 0.01), Factors.NONE);
    Setting perModule = new Setting(global.hyperparameters(), new Factors(Map.of("up", Map.of(Hyperparameter.LEARNING_RATE, 4.0)), Map.of()));
    Scale target = new Scale(32, 4, 16, 3200);
    Map<String, Job> jobs = new ConcurrentHashMap<>();
    Verification.Result result = new Verification(experiment, global, perModule, target, 2).run(new MemoryJournal(), (job, _) -> {
      jobs.put(job.id(), job);
      return Outcome.of(1);
    }, new Silent());
    assertThat(result.losses()).containsOnlyKeys("default", "global", "perModule");
    assertThat(jobs).hasSize(16);
    List<String> trainings = List.of("default 3200", "global 3200", "perModule 3200", "perModule 1280", "perModule 1600", "perModule 1920", "perModule 2240", "perModule 2720");
    List<Job> all =
        trainings.stream()
            .map(training -> training.split(" "))
            .flatMap(t -> IntStream.range(0, 2).mapToObj(k -> jobs.get("verify-" + t[0] + "-width-32-depth-4-batch-16-tokens-" + t[1] + "-" + k)))
            .toList();
    assertThat(all.stream().map(Job::seed)).containsExactlyElementsOf(IntStream.range(0, 16).mapToObj(i -> 7_700_000L + i % 2).toList());
    assertThat(all.stream().map(job -> job.scale().steps())).containsExactly(200L, 200L, 200L, 200L, 200L, 200L, 80L, 80L, 100L, 100L, 120L, 120L, 140L, 140L, 170L, 170L);
    assertThat(all).allSatisfy(job -> assertThat(new Scale(job.scale().width(), job.scale().depth(), job.scale().batch(), 3200)).isEqualTo(target));
    List<Setting> settings = List.of(new Setting(experiment.config().defaults(), Factors.NONE), global, perModule);
    for (int i = 0; i < 16; i++) {
      ModuleSettings expected = experiment.settings(settings.get(Math.min(i / 2, 2)), target).settings();
      assertThat(all.get(i).settings()).as("training %d", i).isEqualTo(expected);
    }
  }

  @Test
  void aSettingWithoutACounterpartIsToldBeforeAnythingIsTrained() throws IOException {
    Experiment experiment = experiment();
    Setting global = new Setting(experiment.config().defaults().with(Hyperparameter.BETA1, 0.5), Factors.NONE);
    Scale target = new Scale(32, 4, 64, 1600);
    assertThatThrownBy(() ->
            new Verification(experiment, global, global, target, 2).run(new MemoryJournal(), (job, _) -> {
              throw new AssertionError("trained " + job.id());
            }, new Silent()))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).hasSize(2).satisfiesExactly(
            p -> assertThat(p).startsWith("global at " + target + ": module ").contains("beta1 = 0.5 cannot move to 4.0 times"),
            p -> assertThat(p).startsWith("perModule at " + target + ": module ")));
  }

  // Two seeds of the default, the global and the per-module setting; then 0.4, 0.5, 0.6, 0.7 and 0.85 of the steps.

  private static final double NONE = Double.NaN;

  private static Verification.Result result(double... loss) {
    return Verification.result(loss, 2, Verification.FRACTIONS);
  }

  private static List<String> text(Verification.Result result) {
    return VerifyCommand.text(2, result.speedup());
  }

  private static String json(Verification.Result result) {
    return VerifyCommand.json(result.speedup()).toString();
  }

  @Test
  void aSpeedupThatIsMeasuredWithAllSeedsHasAnInterval() {
    Verification.Result result = result(9, 9, 3, 3, 1, 1, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3);
    assertThat(result.speedup()).isEqualTo(new Verification.Speedup(List.of(2.0, 1 / 0.6), 0, 0, 0));
    assertThat(text(result)).containsExactly("the per-module setting reaches the global setting's final loss in 1.83x fewer steps  [-0.28, 3.95]");
    assertThat(json(result)).contains("\"low\":-0.28", "\"high\":3.95", "\"reached\":2,\"isLowerBound\":false,\"isUpperBound\":false,\"bounded\":0,\"unreached\":0,\"lost\":0");
  }

  @Test
  void aSeedThatNeverReachesTheGlobalLossCountsAsOneAndMakesTheMeanABound() {
    Verification.Result result = result(9, 9, 3, 1, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3);
    assertThat(result.speedup()).isEqualTo(new Verification.Speedup(List.of(2.0, 1.0), 0, 1, 0));
    assertThat(text(result)).containsExactly(
        "the per-module setting reaches the global setting's final loss in at most 1.50x fewer steps",
        "(not reached in as many steps, and counted as 1, with 1 of 2 seeds)");
    assertThat(json(result)).isEqualTo("{\"mean\":1.5,\"low\":null,\"high\":null,\"reached\":1,\"isLowerBound\":false,\"isUpperBound\":true,\"bounded\":1,\"unreached\":1,\"lost\":0}");
  }

  @Test
  void whereNoSeedReachesTheGlobalLossThereIsNoMean() {
    Verification.Result result = result(9, 9, 3, 1, NONE, 2, NONE, 4, NONE, 4, NONE, 3, NONE, 3, NONE, 3);
    assertThat(text(result)).containsExactly("the per-module setting does not reach the global setting's final loss in as many steps with 2 of 2 seeds");
    assertThat(json(result)).isEqualTo("{\"mean\":null,\"low\":null,\"high\":null,\"reached\":0,\"isLowerBound\":false,\"isUpperBound\":true,\"bounded\":2,\"unreached\":2,\"lost\":0}");
  }

  /// The second seed is above it again at half of the steps, by less than before below.
  @Test
  void whatTheShortestTrainingReachesIsABound() {
    Verification.Result result = result(9, 9, 3, 3, 1, 1, 3, 2.9, 2, 3.1, 2, 2, 2, 2, 1, 1);
    assertThat(result.speedup()).isEqualTo(new Verification.Speedup(List.of(2.5, 2.5), 2, 0, 0));
    assertThat(text(result)).containsExactly(
        "the per-module setting reaches the global setting's final loss in at least 2.50x fewer steps",
        "(with 2 of 2 seeds already in the shortest training, so that it may need fewer still)");
    assertThat(json(result)).isEqualTo("{\"mean\":2.5,\"low\":null,\"high\":null,\"reached\":2,\"isLowerBound\":true,\"isUpperBound\":false,\"bounded\":2,\"unreached\":0,\"lost\":0}");
  }

  @Test
  void aSeedWithWhichTheGlobalSettingDivergedHasNoLossToReach() {
    Verification.Result result = result(9, 9, 3, NONE, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3);
    assertThat(result.speedup()).isEqualTo(new Verification.Speedup(List.of(2.0), 0, 0, 1));
    assertThat(text(result)).containsExactly(
        "the global setting has no loss with 1 of 2 seeds, so that there is none to reach",
        "the per-module setting reaches the global setting's final loss in 2.00x fewer steps");
  }

  @Test
  void aSettingKeepsTheLossesOfTheSeedsThatFinished() {
    Verification.Result result = result(NONE, NONE, 3, NONE, NONE, 2, NONE, 4, NONE, 4, NONE, 3, NONE, 3, NONE, 3);
    assertThat(result.losses()).isEqualTo(Map.of("default", LossesTest.of(NONE, NONE), "global", LossesTest.of(3, NONE), "perModule", LossesTest.of(NONE, 2)));
  }
}
