package proxima.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Where in a module space the settings of a network lie, or come nearest to.
///
/// @param network of the space
/// @param global the values that the space's factors multiply
record NearestFactors(Network network, Hyperparameters global, ModuleSettings settings) {

  /// The factors by parameter name, without those of modules that the settings lack.
  Map<String, Double> values(List<Dial> dials) {
    var scales = new InitialScales(network, global.optimizer(), initialScales());
    Map<String, Double> values = new LinkedHashMap<>();
    for (Dial dial : dials) {
      double unit = dial.isOwn() ? scales.unit(dial.hyperparameter(), dial.owner()) : 1;
      factor(dial).ifPresent(f -> values.put(dial.parameter().name(), Dial.settle(f / unit)));
    }
    return values;
  }

  private Factors initialScales() {
    Map<String, Map<Hyperparameter, Double>> scales = new LinkedHashMap<>();
    means(Hyperparameter.INIT_STD).byType().forEach((type, factor) -> scales.put(type, Map.of(Hyperparameter.INIT_STD, factor)));
    return new Factors(scales, Map.of());
  }

  private OptionalDouble factor(Dial dial) {
    TypeMeans means = means(dial.hyperparameter());
    return dial.block().isPresent() ? means.ofBlock(dial.block().getAsInt()) : means.over(dial.names());
  }

  private TypeMeans means(Hyperparameter h) {
    return TypeMeans.of(settings, h, s -> factor(s, h));
  }

  /// What a setting is a multiple of the global value by; 0 where that is 0.
  private double factor(ModuleSetting s, Hyperparameter h) {
    double base =
        switch (h) {
          case INIT_STD -> global.initStd().orElse(network.module(s.module().name()).orElse(s.module()).initStd().orElse(0));
          case MULTIPLIER -> 1;
          case LEARNING_RATE, ADAMW_LEARNING_RATE, WEIGHT_DECAY, MOMENTUM, BETA1, BETA2, EPSILON, RHO, RADIUS -> {
            double value = global.get(s.module().role(), h);
            yield h.isDecay() ? 1 - value : value;
          }
        };
    double value = h.isDecay() ? 1 - s.get(h) : s.get(h);
    return base > 0 ? value / base : 0;
  }
}
