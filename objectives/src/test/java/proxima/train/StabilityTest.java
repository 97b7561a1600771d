package proxima.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import proxima.module.Hyperparameter;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.UpdateRule;

class StabilityTest {

  private static ModuleSetting adamW() {
    Module module = new Module("embed", "embed", ModuleRole.EMBEDDING, 1, 4, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    UpdateRule.ADAMW.hyperparameters().forEach(h -> values.put(h, 0.0));
    values.putAll(Map.of(Hyperparameter.LEARNING_RATE, 0.01, Hyperparameter.BETA1, 0.9, Hyperparameter.BETA2, 0.99, Hyperparameter.EPSILON, 1e-8, Hyperparameter.MULTIPLIER, 1.0));
    return new ModuleSetting(module, UpdateRule.ADAMW, values);
  }

  /// Long after the start a squared gradient of 4 makes steps of half the rate for each unit of mean gradient; the threshold is 38.
  @Test
  void adamWsGainIsItsRateOverTheDeviationOverTheThreshold() {
    assertThat(Stability.gain(adamW(), 4, 10_000)).isCloseTo(0.01 / 2 / 38, within(1e-9));
  }

  /// Over epsilon alone the gain would be 26,000.
  @Test
  void aWeightWhoseGradientWasAlwaysNothingTakesNoStep() {
    assertThat(Stability.gain(adamW(), 0, 50)).isZero();
  }
}
