package proxima.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import proxima.space.CategoricalParameter;
import proxima.space.Decimal;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.strategy.Expected;
import proxima.strategy.GpStrategy;
import proxima.strategy.PowerCost;
import proxima.strategy.UserPrior;

/// What a user says of a space's parameters beside their ranges: which values are expected to be best, and how what a trial costs follows them.
///
/// @param costs powers by name
record Hints(List<Expected> expected, Map<String, Double> costs) {

  static final Hints NONE = new Hints(List.of(), Map.of());

  /// Of a strategy that is given some.
  static final String UNHEEDED = "takes no notice of what is expected of parameters ('expected') and of costs ('cost'); leave them out, or take gp or gp-input-warping";

  Hints {
    expected = List.copyOf(expected);
    costs = Map.copyOf(costs);
  }

  /// The value of a parameter that a text stands for.
  /// @throws IllegalArgumentException if it has none that reads so
  static Value value(Parameter parameter, String text) {
    Value other = new Value.Category(text);
    Value known = switch (parameter) {
      case CategoricalParameter c -> c.choice(text).<Value>map(Value.Category::new).orElse(other);
      case IntegerParameter _ -> Decimal.of(text).filter(v -> v == Math.rint(v)).<Value>map(v -> new Value.Whole(v.longValue())).orElse(other);
      case RealParameter _ -> Decimal.of(text).<Value>map(Value.Real::new).orElse(other);
    };
    parameter.encode(known, new double[parameter.width()], 0);
    return known;
  }

  /// The power by the parameter's name.
  /// @throws IllegalArgumentException as `PowerCost.check` does
  static Map<String, Double> cost(Parameter parameter, double power) {
    PowerCost.check(parameter, power);
    return Map.of(parameter.name(), power);
  }

  /// Both together.
  Hints and(Hints other) {
    List<Expected> all = Stream.concat(expected.stream(), other.expected.stream()).toList();
    Map<String, Double> powers = new HashMap<>(costs);
    powers.putAll(other.costs);
    return new Hints(all, powers);
  }

  GpStrategy given(GpStrategy strategy, SearchSpace space) {
    GpStrategy expecting = expected.isEmpty() ? strategy : strategy.expecting(new UserPrior(space, expected));
    return costs.isEmpty() ? expecting : expecting.costing(new PowerCost(space, costs));
  }

  /// What a journal remembers of them; empty where there are none.
  String label() {
    List<String> parts = new ArrayList<>(expected.stream().map(Expected::toString).toList());
    costs.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> parts.add("cost as " + e.getKey() + "^" + e.getValue()));
    return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
  }
}
