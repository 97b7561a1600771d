package proxima.module;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// The search space over global values: each in its logarithm, the decays of moving averages as 1 - beta.
///
/// @param ranges in natural units, such as beta1 in [0.6, 0.98]; both ends positive, and below 1 for a decay
public record GlobalSpace(Map<Hyperparameter, Interval> ranges) {

  /// Both ends included.
  public record Interval(double low, double high) {}

  public GlobalSpace {
    ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
  }

  /// The one with a space's parameters.
  /// @throws IllegalArgumentException if one is none of its parameters.
  public static GlobalSpace of(SearchSpace space) {
    Map<Hyperparameter, Interval> ranges = new LinkedHashMap<>();
    for (Parameter p : space.parameters()) {
      Hyperparameter h = hyperparameter(p).orElseThrow(() -> new IllegalArgumentException("no global value is called '" + p.name() + "'; there are " + names()));
      RealParameter r = (RealParameter) p;
      ranges.put(h, h.isDecay() ? new Interval(1 - r.high(), 1 - r.low()) : new Interval(r.low(), r.high()));
    }
    return new GlobalSpace(ranges);
  }

  private static Optional<Hyperparameter> hyperparameter(Parameter p) {
    return all().filter(h -> p instanceof RealParameter && name(h).equals(p.name())).findFirst();
  }

  private static List<String> names() {
    return all().map(GlobalSpace::name).toList();
  }

  private static Stream<Hyperparameter> all() {
    return Arrays.stream(Hyperparameter.values()).filter(h -> h != Hyperparameter.MULTIPLIER);
  }

  public SearchSpace space() {
    return new SearchSpace(ranges.entrySet().stream().map(e -> parameter(e.getKey(), e.getValue())).map(Parameter.class::cast).toList());
  }

  /// The values of a configuration; those that are not searched stay as in `defaults`.
  public Hyperparameters values(Configuration configuration, Hyperparameters defaults) {
    Hyperparameters values = defaults;
    for (Hyperparameter h : ranges.keySet()) {
      double v = configuration.real(name(h));
      values = values.with(h, h.isDecay() ? 1 - v : v);
    }
    return values;
  }

  /// Those whose value lies within a part of its range of an end, on the scale that is searched.
  /// @param margin below 1/2
  public List<Hyperparameter> atEnds(Configuration configuration, double margin) {
    double[] x = space().encode(configuration).toArray();
    List<Hyperparameter> all = List.copyOf(ranges.keySet());
    return IntStream.range(0, x.length).filter(i -> x[i] < margin || x[i] > 1 - margin).mapToObj(all::get).toList();
  }

  /// Names and values for a reader, in natural units.
  public Configuration natural(Configuration configuration) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Hyperparameter h : ranges.keySet()) {
      double v = configuration.real(name(h));
      values.put(h.id(), new Value.Real(h.isDecay() ? 1 - v : v));
    }
    return new Configuration(values);
  }

  /// The configuration of values in natural units, one for each range: the inverse of `natural`.
  public Configuration searched(Map<Hyperparameter, Double> values) {
    Map<String, Value> searched = new LinkedHashMap<>();
    values.forEach((h, v) -> searched.put(name(h), new Value.Real(h.isDecay() ? 1 - v : v)));
    return new Configuration(searched);
  }

  /// The parameters' values that come nearest to settings of a network: for each the geometric mean over the module types that it gives a value to, which is exact where these
  /// are alike. A parameter that no module has a value of is left out.
  public Map<String, Double> nearest(ModuleSettings settings, Optimizer optimizer) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Hyperparameter global : ranges.keySet()) {
      Hyperparameter h = global == Hyperparameter.ADAMW_LEARNING_RATE ? Hyperparameter.LEARNING_RATE : global;
      OptionalDouble mean = TypeMeans.of(settings, h, m -> optimizer.source(m.rule(), h) != global ? 0 : h.isDecay() ? 1 - m.get(h) : m.get(h)).overall();
      mean.ifPresent(v -> values.put(name(global), v));
    }
    return values;
  }

  /// Those that may have a global value with an optimizer.
  public static List<Hyperparameter> searchable(Optimizer optimizer) {
    return Arrays.stream(Hyperparameter.values()).filter(h -> h == Hyperparameter.INIT_STD || optimizer.hyperparameters().contains(h)).toList();
  }

  private static RealParameter parameter(Hyperparameter h, Interval range) {
    return h.isDecay() ? Parameter.log(name(h), 1 - range.high(), 1 - range.low()) : Parameter.log(name(h), range.low(), range.high());
  }

  private static String name(Hyperparameter h) {
    return h.isDecay() ? "1-" + h.id() : h.id();
  }
}
