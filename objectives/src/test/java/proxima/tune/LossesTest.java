package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import proxima.module.Factors;
import proxima.module.Hyperparameters;
import proxima.module.Optimizer;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.study.MemoryJournal;
import proxima.study.Study;
import proxima.study.TrialResult;

class LossesTest {

  /// Of the seeds from 0 on; NaN for one without a loss.
  static Losses of(double... values) {
    SortedMap<Integer, Double> bySeed = new TreeMap<>();
    for (int k = 0; k < values.length; k++) {
      if (!Double.isNaN(values[k])) {
        bySeed.put(k, values[k]);
      }
    }
    return new Losses(bySeed, values.length - bySeed.size());
  }

  @Test
  void seedsWithoutALossAreSaid() {
    assertThat(of(1, 2).text("fresh seed")).isEqualTo("loss 1.500  [-4.853, 7.853]  (2 fresh seeds)");
    assertThat(of(1).text("seed")).isEqualTo("loss 1.000  (1 seed)");
    assertThat(of(Double.NaN, 1, Double.NaN).text("seed")).isEqualTo("loss 1.000  (only 1 of 3 seeds finished)");
    assertThat(of(Double.NaN, Double.NaN).text("fresh seed")).isEqualTo("no loss  (none of 2 fresh seeds finished)");
  }

  @Test
  void smallAndLargeLossesHaveTheirDigits() {
    assertThat(of(2e-5, 4e-5).text("seed")).isEqualTo("loss 3.00e-05  [-9.71e-05, 0.000157]  (2 seeds)");
    assertThat(of(1e300).text("seed")).isEqualTo("loss 1.00e+300  (1 seed)");
  }

  @Test
  void whatIsNotKnownIsNull() {
    assertThat(of(1, 1, Double.NaN).json("loss").toString()).isEqualTo("{\"loss\":1.0,\"low\":1.0,\"high\":1.0,\"seeds\":2,\"lost\":1}");
    assertThat(of(Double.NaN, 1).json("loss").toString()).isEqualTo("{\"loss\":1.0,\"low\":null,\"high\":null,\"seeds\":1,\"lost\":1}");
    assertThat(of(Double.NaN).json("mean").toString()).isEqualTo("{\"mean\":null,\"low\":null,\"high\":null,\"seeds\":0,\"lost\":1}");
  }

  /// Two settings, three seeds each.
  @Test
  void whatIsStillTrainedIsNotLost() {
    List<Optional<Outcome>> outcomes = new ArrayList<>(List.of(Optional.of(new Outcome.Diverged(3)), Optional.of(Outcome.of(2)), Optional.of(new Outcome.Failed("lost")), Optional.empty(), Optional.of(Outcome.of(5))));
    List<TrialResult> trials;
    try (Study study = JobList.open(new MemoryJournal(), "confirm", 6, 1)) {
      for (Optional<Outcome> outcome : outcomes) {
        int number = study.ask().number();
        outcome.ifPresent(o -> study.tell(number, o));
      }
      trials = study.trials();
    }
    assertThat(Losses.of(trials, List.of("global", "perModule"), 3)).isEqualTo(Map.of("global", of(Double.NaN, 2, Double.NaN), "perModule", new Losses(new TreeMap<>(Map.of(1, 5.0)), 0)));
    assertThat(Losses.of(trials.subList(0, 4), List.of("global", "perModule"), 3)).containsOnlyKeys("global");
  }

  private static RunResult result(Losses byDefault, Losses global, Losses perModule) {
    Map<String, Losses> losses = new LinkedHashMap<>();
    losses.put("default", byDefault);
    losses.put("global", global);
    losses.put("perModule", perModule);
    Setting setting = new Setting(Hyperparameters.of(Optimizer.ADAMW), Factors.NONE);
    return new RunResult("run", losses, new Configuration(Map.of()), Optional.of(setting), Optional.of(setting));
  }

  @Test
  void aSettingThatIsBetterThanTheRecommendedOneIsNamed() {
    assertThat(Session.beware(result(of(3, 3.1), of(2, 2.1), of(1, 1.1)))).isEmpty();
    assertThat(Session.beware(result(of(3, 3), of(Double.NaN, Double.NaN), of(3, 3)))).isEmpty();
    assertThat(Session.beware(result(of(1, 1.1), of(2, 2.1), of(3, 3.11))).orElseThrow()).startsWith("the default setting has a lower loss").endsWith("transfer --setting default takes that one");
    assertThat(Session.beware(result(of(4, 4.1), of(2, 2.1), of(3, 3.11))).orElseThrow()).startsWith("the global setting has a lower loss");
  }

  /// The seeds differ far more than the settings do, which is no reason to be silent: they are the same ones.
  @Test
  void whatChanceMayExplainIsNoReasonToBeware() {
    assertThat(Session.beware(result(of(1, 5, 9), of(1, 5, 9), of(1.1, 5.11, 9.1)))).isPresent();
    assertThat(Session.beware(result(of(1, 5, 9), of(1, 5, 9), of(1.3, 4.9, 9.1)))).as("one of three seeds is better").isEmpty();
    assertThat(Session.beware(result(of(1.7039999), of(1.704), of(1.704)))).as("one seed says nothing of chance").isEmpty();
    assertThat(Session.beware(result(of(1, Double.NaN, 1), of(9, 9, 9), of(Double.NaN, 2, 2)))).as("one seed that both have").isEmpty();
  }

  @Test
  void aRecommendationWithoutALossIsToldAndKept() {
    Losses none = of(Double.NaN, Double.NaN);
    assertThat(Session.beware(result(of(4), of(2), none)).orElseThrow()).startsWith("the recommended setting has no loss with any fresh seed").endsWith("transfer --setting global takes one that has");
    assertThat(Session.beware(result(none, none, none)).orElseThrow()).startsWith("the recommended setting has no loss with any fresh seed").doesNotContain("transfer");
    JsonNode best = ResultFile.summary(result(of(4), of(2), none), new Tally(9, 0, 2, 0, 1, 0)).get("best");
    assertThat(best.get("loss").isNull()).isTrue();
    assertThat(best.get("seeds").intValue()).isZero();
    assertThat(best.get("lost").intValue()).isEqualTo(2);
  }
}
