package proxima.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proxima.cli.Range;
import proxima.cli.Section;
import proxima.module.GlobalSpace;
import proxima.module.GlobalSpace.Interval;
import proxima.module.Hyperparameter;
import proxima.module.Optimizer;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.Expected;

/// The key `space`: ranges of global values and factors of modules, or a command's own parameters.
final class SpaceKeys {

  /// The largest range of a factor, in octaves to each side of 1: 2^12.
  private static final double MOST_OCTAVES = 12;

  private SpaceKeys() {}

  /// @param tunesModules whether what is trained has modules, and not parameters of its own
  static SpaceConfig space(Section s, boolean tunesModules, Optimizer optimizer) {
    SpaceConfig space =
        tunesModules
            ? new SpaceConfig.PerModule(
                global(s.section("global"), optimizer),
                globalHints(s.section("global"), optimizer),
                octaves(s.section("perModule"), true, optimizer),
                only(s.section("perModule")),
                octaves(s.section("shared"), false, optimizer),
                octaves(s.section("perBlock"), false, optimizer))
            : plain(s);
    if (tunesModules && Stream.of("perModule", "shared", "perBlock").allMatch(key -> s.section(key).keys().isEmpty())) {
      s.wrong("perModule", "is missing: name the hyperparameters to tune per module, such as {learningRate: 4, initStd: 3, multiplier: 3}");
    }
    s.finish();
    return space;
  }

  private static Map<Hyperparameter, Interval> global(Section s, Optimizer optimizer) {
    OptimizerKeys.refuseForeign(s, optimizer);
    Map<Hyperparameter, Interval> ranges = new LinkedHashMap<>();
    for (Hyperparameter h : GlobalSpace.searchable(optimizer)) {
      if (s.has(h.id())) {
        ranges.put(h, s.isSection(h.id()) ? interval(s.section(h.id()), "range", h) : interval(s, h.id(), h));
      }
    }
    s.finish();
    return ranges;
  }

  private static Interval interval(Section s, String key, Hyperparameter h) {
    double[] ends = s.interval(key, h.isDecay() ? Range.DECAY : Range.POSITIVE);
    return new Interval(ends[0], ends[1]);
  }

  /// What is expected as in `learningRate: {range: [1e-3, 0.25], expected: 0.01, confidence: high}`.
  private static Hints globalHints(Section s, Optimizer optimizer) {
    Hints hints = Hints.NONE;
    for (Hyperparameter h : GlobalSpace.searchable(optimizer)) {
      if (s.isSection(h.id())) {
        Section own = s.section(h.id());
        Interval range = interval(own, "range", h);
        hints = hints.and(expected(own, h, range));
        own.finish();
      }
    }
    return hints;
  }

  private static Hints expected(Section s, Hyperparameter h, Interval range) {
    Expected.Confidence confidence = confidence(s);
    double value = s.number("expected", range.low(), Range.ANY);
    if (!s.has("expected")) {
      return Hints.NONE;
    }
    return s.build("expected", _ -> {
      if (!(value >= range.low() && value <= range.high())) {
        throw new IllegalArgumentException("lies in the range, [" + range.low() + ", " + range.high() + "], got " + value);
      }
      Configuration searched = new GlobalSpace(Map.of(h, range)).searched(Map.of(h, value));
      return new Hints(searched.values().entrySet().stream().map(e -> new Expected(e.getKey(), e.getValue(), confidence)).toList(), Map.of());
    }, Hints.NONE);
  }

  private static Expected.Confidence confidence(Section s) {
    if (s.has("confidence") && !s.has("expected")) {
      s.wrong("confidence", "is that of 'expected', and there is none; add it, or leave this out");
    }
    return Expected.Confidence.of(s.choice("confidence", Expected.Confidence.MEDIUM.id(), Expected.Confidence.ids()));
  }

  /// @param withTypes whether `{octaves, only}` may stand for a number
  private static Map<Hyperparameter, Double> octaves(Section s, boolean withTypes, Optimizer optimizer) {
    OptimizerKeys.refuseForeignFactors(s, optimizer);
    Map<Hyperparameter, Double> octaves = new LinkedHashMap<>();
    for (Hyperparameter h : Hyperparameter.values()) {
      if (s.has(h.id())) {
        double value = withTypes && s.isSection(h.id()) ? s.section(h.id()).number("octaves", 4, Range.POSITIVE) : s.number(h.id(), 1, Range.POSITIVE);
        if (value > MOST_OCTAVES) {
          s.wrong(h.id(), "must be at most " + MOST_OCTAVES + " octaves to each side, got " + value);
        }
        octaves.put(h, Math.min(value, MOST_OCTAVES));
      }
    }
    s.finish();
    return octaves;
  }

  /// The types that are named as in `learningRate: {octaves: 4, only: [attn.q, attn.k]}`.
  private static Map<Hyperparameter, List<String>> only(Section s) {
    Map<Hyperparameter, List<String>> only = new LinkedHashMap<>();
    for (Hyperparameter h : Hyperparameter.values()) {
      if (s.isSection(h.id())) {
        Section axis = s.section(h.id());
        axis.number("octaves", 4, Range.POSITIVE);
        if (axis.has("only")) {
          only.put(h, axis.texts("only"));
        }
        axis.finish();
      }
    }
    return only;
  }

  /// `parameters: {lr: {log: [1e-4, 1]}, layers: {integer: [1, 8]}, act: {choices: [a, b]}, …}`, each with an optional `when: {act: a}`, and hints.
  private static SpaceConfig.Plain plain(Section s) {
    Section list = s.section("parameters");
    List<Parameter> parameters = new ArrayList<>();
    SearchSpace standIn = SearchSpace.of(Parameter.real("x", 0, 1));
    if (list.keys().isEmpty()) {
      s.wrong("parameters", "is missing: a command without 'modules' needs parameters, such as {lr: {log: [1e-4, 1]}}");
      return new SpaceConfig.Plain(standIn, Hints.NONE, Set.of());
    }
    Hints hints = Hints.NONE;
    for (String name : list.keys()) {
      Section p = list.section(name);
      Parameter parameter = isScaleApart(p) ? Parameter.real(name, 0, 1) : p.build(x -> parameter(name, x), Parameter.real(name, 0, 1));
      if (p.has("when")) {
        parameter = conditional(parameter, p);
      }
      hints = hints.and(hints(parameter, p));
      p.finish();
      parameters.add(parameter);
    }
    return new SpaceConfig.Plain(list.build(x -> new SearchSpace(parameters), standIn), hints, literals(list));
  }

  /// `expected: 0.1`, maybe with `confidence: high`, and `cost: 2`.
  private static Hints hints(Parameter parameter, Section p) {
    Expected.Confidence confidence = confidence(p);
    List<Expected> expected = p.text("expected").map(text -> p.build("expected", _ -> List.of(new Expected(parameter.name(), Hints.value(parameter, text), confidence)), List.<Expected>of())).orElse(List.of());
    double power = p.number("cost", 0, Range.ANY);
    return new Hints(expected, p.has("cost") ? p.build("cost", _ -> Hints.cost(parameter, power), Map.of()) : Map.of());
  }

  private static Set<String> literals(Section parameters) {
    return parameters.keys().stream().filter(name -> parameters.isSection(name) && parameters.section(name).isOfLiterals("choices")).collect(Collectors.toSet());
  }

  private static Parameter conditional(Parameter parameter, Section p) {
    Section when = p.section("when");
    if (when.keys().size() != 1) {
      p.wrong("when", "takes one parameter with its values, such as {act: [a, b]}; got " + when.keys().size());
      return parameter;
    }
    String on = when.keys().iterator().next();
    List<String> values = when.texts(on);
    if (values.isEmpty()) {
      when.wrong(on, "needs a value, or a list of values, such as [a, b]");
      return parameter;
    }
    return parameter.when(on, values.toArray(String[]::new));
  }

  private static Parameter parameter(String name, Section p) {
    if (p.has("choices")) {
      return new CategoricalParameter(name, p.texts("choices"), Optional.empty());
    }
    for (String kind : List.of("log", "real", "integer", "logInteger")) {
      if (p.has(kind)) {
        double[] ends = p.interval(kind, kind.equals("log") ? Range.POSITIVE : Range.ANY);
        return switch (kind) {
          case "log" -> Parameter.log(name, ends[0], ends[1]);
          case "real" -> Parameter.real(name, ends[0], ends[1]);
          case "integer" -> Parameter.integer(name, whole(ends[0]), whole(ends[1]));
          default -> Parameter.logInteger(name, whole(ends[0]), whole(ends[1]));
        };
      }
    }
    throw new IllegalArgumentException("needs one of log, real, integer, logInteger: [low, high], or choices: [...]");
  }

  private static long whole(double end) {
    if (end != Math.rint(end)) {
      throw new IllegalArgumentException("the ends of a range of whole numbers are whole numbers, got " + end);
    }
    return (long) end;
  }

  /// `{real: [0.1, 1], log: true}` is how files of `study` say it; here the scale is the key of the range.
  private static boolean isScaleApart(Section p) {
    if (!p.has("log") || !List.of(List.of("true"), List.of("false")).contains(p.texts("log"))) {
      return false;
    }
    boolean isLog = p.flag("log", false);
    String kind = p.has("integer") ? "integer" : "real";
    String ends = p.has(kind) ? String.join(", ", p.texts(kind)) : "low, high";
    p.wrong("log", "a range on a log scale is " + (kind.equals("real") ? "log" : "logInteger") + ": [" + ends + "], and any other " + kind + ": [" + ends + "], without a second key; write the "
        + (isLog ? "first" : "second"));
    return true;
  }
}
