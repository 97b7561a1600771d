package proxima.module;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Per-module factors on global values: one for each type and hyperparameter, and optionally one for each block and hyperparameter.
///
/// A factor that is not listed is 1. The multiplier's factors are listed under the name of the branch, all others under the type.
/// A factor of 0 is allowed for the weight decay.
///
/// @param byType factors of a type (or branch)
/// @param byBlock factors of the blocks at the base scale, from the first to the last
public record Factors(Map<String, Map<Hyperparameter, Double>> byType, Map<Hyperparameter, List<Double>> byBlock) {

  public static final Factors NONE = new Factors(Map.of(), Map.of());

  public Factors {
    Map<String, Map<Hyperparameter, Double>> types = new LinkedHashMap<>();
    byType.forEach((type, factors) -> {
      factors.forEach((h, f) -> check(type, h, f));
      types.put(type, Collections.unmodifiableMap(copy(factors)));
    });
    byType = Collections.unmodifiableMap(types);
    Map<Hyperparameter, List<Double>> blocks = new EnumMap<>(Hyperparameter.class);
    byBlock.forEach((h, factors) -> {
      factors.forEach(f -> check("block", h, f));
      blocks.put(h, List.copyOf(factors));
    });
    byBlock = Collections.unmodifiableMap(blocks);
  }

  /// The factors of plain practice: no weight decay on the vectors of a network, 1 elsewhere.
  public static Factors plain(Network network) {
    Map<String, Map<Hyperparameter, Double>> byType = new LinkedHashMap<>();
    network.modules().stream()
        .filter(Module::isVector)
        .forEach(m -> byType.put(m.type(), Map.of(Hyperparameter.WEIGHT_DECAY, 0.0)));
    return new Factors(byType, Map.of());
  }

  private static <V> Map<Hyperparameter, V> copy(Map<Hyperparameter, V> map) {
    Map<Hyperparameter, V> copy = new EnumMap<>(Hyperparameter.class);
    copy.putAll(map);
    return copy;
  }

  private static void check(String where, Hyperparameter h, double factor) {
    boolean holds = factor > 0 || (factor == 0 && h == Hyperparameter.WEIGHT_DECAY);
    if (!holds || !Double.isFinite(factor)) {
      throw new IllegalArgumentException("the factor of " + where + " on " + h.id() + " must be positive, got " + factor);
    }
  }

  /// The factor of a type (or branch), 1 where none is listed.
  public double of(String type, Hyperparameter h) {
    return byType.getOrDefault(type, Map.of()).getOrDefault(h, 1.0);
  }
}
