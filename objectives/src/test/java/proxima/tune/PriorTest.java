package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.TaskHistory;
import proxima.space.Value;

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
}
