package proxima.module;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/// A positive quantity of each module, as geometric means: by type, over types, and by block relative to the types.
///
/// @param values of the modules that have it
/// @param byType in the network's order; by branch for the multiplier
record TypeMeans(List<Valued> values, Map<String, Double> byType) {

  /// @param name the module's type, or branch
  record Valued(Module module, String name, double value) {}

  /// @param quantity of a module that has `h`; what is not positive is left out
  static TypeMeans of(ModuleSettings settings, Hyperparameter h, ToDoubleFunction<ModuleSetting> quantity) {
    List<Valued> values = new ArrayList<>();
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    for (ModuleSetting s : settings.settings()) {
      double value = s.has(h) ? quantity.applyAsDouble(s) : 0;
      String name = h == Hyperparameter.MULTIPLIER ? s.module().branch().orElse("") : s.module().type();
      if (value > 0 && !name.isEmpty()) {
        values.add(new Valued(s.module(), name, value));
        lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    Map<String, Double> byType = new LinkedHashMap<>();
    lists.forEach((name, list) -> byType.put(name, mean(list).orElseThrow()));
    return new TypeMeans(values, byType);
  }

  /// Over types, each of the same weight; empty where none of them has the quantity.
  OptionalDouble over(List<String> names) {
    return mean(names.stream().filter(byType::containsKey).map(byType::get).toList());
  }

  /// Over all types.
  OptionalDouble overall() {
    return mean(List.copyOf(byType.values()));
  }

  /// Of the modules in a block, relative to their types.
  OptionalDouble ofBlock(int block) {
    return mean(values.stream().filter(v -> v.module.block().equals(OptionalInt.of(block))).map(v -> v.value / byType.getOrDefault(v.name, 1.0)).toList());
  }

  /// The geometric mean, which is exact where all are equal.
  private static OptionalDouble mean(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    boolean equal = Collections.max(values).equals(Collections.min(values));
    return OptionalDouble.of(equal ? values.getFirst() : Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow()));
  }
}
