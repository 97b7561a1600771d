package proxima.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleSettingsTest {

  private static ModuleSettings settings(UpdateRule rule, double rate, double decay) {
    Module m = new Module("w", "w", ModuleRole.HIDDEN, 8, 8, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    rule.hyperparameters().forEach(h -> values.put(h, 0.5));
    values.put(Hyperparameter.LEARNING_RATE, rate);
    values.put(Hyperparameter.WEIGHT_DECAY, decay);
    return new ModuleSettings(List.of(new ModuleSetting(m, rule, values)));
  }

  @ParameterizedTest
  @EnumSource(value = UpdateRule.class, mode = EnumSource.Mode.EXCLUDE, names = "LAMB")
  void aStepThatLeavesNothingOfAWeightIsRefused(UpdateRule rule) {
    ModuleSettings most = settings(rule, 3.2, 0.3);
    assertThat(most.checkDecay()).isSameAs(most);
    assertThatThrownBy(settings(rule, 3.2, 0.3125)::checkDecay).hasMessageContaining("is 1.0, which must be below 1");
    assertThatThrownBy(settings(rule, 3.2, 1)::checkDecay)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "module 'w': learningRate 3.2 times weightDecay 1.0 is 3.2, which must be below 1: a step would leave nothing of a weight, or turn its sign; take a smaller rate or decay");
  }

  /// Its steps have the size of the rate, whatever the decay is.
  @Test
  void lambsDecayTakesNoMoreThanItsRate() {
    ModuleSettings lamb = settings(UpdateRule.LAMB, 3.2, 1);
    assertThat(lamb.checkDecay()).isSameAs(lamb);
  }
}
