package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  void aSeedThatNeverReachesTheGlobalLossIsABoundAndCounted() {
    // Two seeds of the default, the global and the per-module setting; then 0.4, 0.5, 0.6, 0.7 and 0.85 of the steps.
    double[] loss = {9, 9, 3, 1, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3};
    Verification.Result result = Verification.result(loss, 2, Verification.FRACTIONS);
    assertThat(result.speedups()).containsExactly(2.0, 1.0);
    assertThat(result.bounded()).isOne();
    assertThat(result.unreached()).isOne();
    assertThat(result.losses()).containsOnlyKeys("default", "global", "perModule");
  }

  @Test
  void aSeedWithWhichTheGlobalSettingDivergedHasNoLossToReach() {
    double[] loss = {9, 9, 3, Double.NaN, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3};
    Verification.Result result = Verification.result(loss, 2, Verification.FRACTIONS);
    assertThat(result.speedups()).containsExactly(2.0);
    assertThat(result.bounded()).isZero();
    assertThat(result.losses()).containsOnlyKeys("default", "perModule");
  }
}
