package proxima.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON forms of spaces, configurations, points and outcomes.
///
/// Fields stand in a fixed order and numbers in full precision: equal things have equal texts, and reading back gives an equal thing.
/// Whole numbers and categories are told from reals by their JSON type, so that `1` is whole and `1.0` is real.
public final class SpaceJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SpaceJson() {}

  /// `[{"name", "type": "real" | "integer", "low", "high", "log"} | {"name", "type": "categorical", "choices"}, …]`, each with
  /// `"when": {"parameter", "values"}` where it is conditional. Where `log` is left out, it is false.
  public static ArrayNode of(SearchSpace space) {
    ArrayNode array = NODES.arrayNode();
    space.parameters().forEach(p -> array.add(of(p)));
    return array;
  }

  private static ObjectNode of(Parameter p) {
    ObjectNode node = NODES.objectNode().put("name", p.name());
    switch (p) {
      case RealParameter r -> node.put("type", "real").put("low", r.low()).put("high", r.high()).put("log", r.log());
      case IntegerParameter i -> node.put("type", "integer").put("low", i.low()).put("high", i.high()).put("log", i.log());
      case CategoricalParameter c -> {
        ArrayNode choices = node.put("type", "categorical").putArray("choices");
        c.choices().forEach(choices::add);
      }
    }
    p.condition().ifPresent(c -> {
      ArrayNode values = node.putObject("when").put("parameter", c.parameter()).putArray("values");
      c.values().forEach(values::add);
    });
    return node;
  }

  /// @throws IllegalArgumentException naming the parameter and field, if something is missing or of the wrong kind.
  public static SearchSpace searchSpace(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("a search space is a list of parameters, got " + JsonFields.brief(node));
    }
    List<Parameter> parameters = new ArrayList<>();
    node.forEach(p -> parameters.add(parameter(p)));
    return new SearchSpace(parameters);
  }

  /// One parameter of a space.
  /// @throws IllegalArgumentException naming the parameter and field, if something is missing or of the wrong kind.
  public static Parameter parameter(JsonNode node) {
    String name = JsonFields.text(node, "name", "a parameter");
    String where = "parameter '" + name + "'";
    Optional<Condition> condition =
        node.has("when")
            ? Optional.of(
                new Condition(JsonFields.text(node.path("when"), "parameter", where), JsonFields.texts(node.path("when"), "values", where)))
            : Optional.empty();
    String type = JsonFields.text(node, "type", where);
    return switch (type) {
      case "real" ->
          new RealParameter(
              name,
              JsonFields.real(node, "low", where),
              JsonFields.real(node, "high", where),
              isLog(node, where),
              condition);
      case "integer" ->
          new IntegerParameter(
              name,
              JsonFields.whole(node, "low", where),
              JsonFields.whole(node, "high", where),
              isLog(node, where),
              condition);
      case "categorical" -> new CategoricalParameter(name, JsonFields.texts(node, "choices", where), condition);
      default -> throw new IllegalArgumentException(where + " has the type '" + type + "'; there are real, integer, categorical");
    };
  }

  private static boolean isLog(JsonNode node, String where) {
    return node.has("log") && JsonFields.truth(node, "log", where);
  }

  /// `{"learningRate": 0.01, "layers": 2, "activation": "gelu"}`.
  public static ObjectNode of(Configuration configuration) {
    return of(configuration.values());
  }

  static ObjectNode of(Map<String, Value> values) {
    ObjectNode node = NODES.objectNode();
    values.forEach((name, value) -> {
      switch (value) {
        case Value.Real(double number) -> node.put(name, number);
        case Value.Whole(long number) -> node.put(name, number);
        case Value.Category(String choice) -> node.put(name, choice);
      }
    });
    return node;
  }

  /// @throws IllegalArgumentException naming the parameter, if a value is neither number nor text.
  public static Configuration configuration(JsonNode node) {
    return new Configuration(values(node, "a configuration"));
  }

  /// A configuration of a space, as a person or a language with one kind of number would write it: `2` may stand for `2.0`, and `2.0` for `2`.
  /// @throws IllegalArgumentException naming the parameter, if the space does not hold the configuration.
  public static Configuration configuration(JsonNode node, SearchSpace space) {
    Map<String, Value> written = values(node, "a configuration");
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter p : space.parameters()) {
      Value value = written.remove(p.name());
      if (value != null) {
        values.put(p.name(), as(p, value));
      }
    }
    values.putAll(written);
    Configuration configuration = new Configuration(values);
    space.encode(configuration);
    return configuration;
  }

  private static Value as(Parameter p, Value value) {
    if (p instanceof RealParameter && value instanceof Value.Whole(long v)) {
      return new Value.Real(v);
    }
    if (!(p instanceof CategoricalParameter) && value instanceof Value.Category) {
      throw new IllegalArgumentException("parameter '" + p.name() + "' takes a number, got the text '" + value + "'");
    }
    // 2^53: above it a double does not tell one whole number from the next.
    if (p instanceof IntegerParameter && value instanceof Value.Real(double v) && v == Math.rint(v) && Math.abs(v) < 0x1p53) {
      return new Value.Whole((long) v);
    }
    return value;
  }

  static Map<String, Value> values(JsonNode node, String where) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(where + " is an object of values, got " + JsonFields.brief(node));
    }
    Map<String, Value> values = new LinkedHashMap<>();
    node.properties().forEach(e -> {
      JsonNode v = e.getValue();
      if (v.isIntegralNumber() && v.canConvertToLong()) {
        values.put(e.getKey(), new Value.Whole(v.asLong()));
      } else if (v.isNumber()) {
        values.put(e.getKey(), new Value.Real(v.asDouble()));
      } else if (v.isTextual()) {
        values.put(e.getKey(), new Value.Category(v.asText()));
      } else {
        throw new IllegalArgumentException("'" + e.getKey() + "' of " + where + " must be a number or a text, got " + JsonFields.brief(v));
      }
    });
    return values;
  }

  /// `[0.5, 0.25, …]`.
  public static ArrayNode of(Point x) {
    ArrayNode array = NODES.arrayNode();
    for (int i = 0; i < x.dimension(); i++) {
      array.add(x.get(i));
    }
    return array;
  }

  /// @throws IllegalArgumentException if it is no list of numbers in [0, 1].
  public static Point point(JsonNode node) {
    double[] x = new double[node.size()];
    for (int i = 0; i < x.length; i++) {
      if (!node.path(i).isNumber()) {
        throw new IllegalArgumentException("a point is a list of numbers, got " + JsonFields.brief(node));
      }
      x[i] = node.path(i).asDouble();
    }
    return Point.of(x);
  }

  /// `{"finished": loss, "curve": [[step, loss], …]}`, with `"standardError"` before `curve` where it is known, `{"stopped": step, "loss": loss, "curve": …}`,
  /// `{"diverged": step}` or `{"failed": reason}`.
  public static ObjectNode of(Outcome outcome) {
    ObjectNode node = NODES.objectNode();
    switch (outcome) {
      case Outcome.Finished(double loss, double standardError, List<Outcome.CurvePoint> curve) -> {
        node.put("finished", loss);
        if (standardError > 0) {
          node.put("standardError", standardError);
        }
        node.set("curve", of(curve));
      }
      case Outcome.Stopped(long step, double loss, List<Outcome.CurvePoint> curve) -> node.put("stopped", step).put("loss", loss).set("curve", of(curve));
      case Outcome.Diverged(long step) -> node.put("diverged", step);
      case Outcome.Failed(String reason) -> node.put("failed", reason);
    }
    return node;
  }

  private static ArrayNode of(List<Outcome.CurvePoint> curve) {
    ArrayNode points = NODES.arrayNode();
    curve.forEach(p -> points.addArray().add(p.step()).add(p.loss()));
    return points;
  }

  /// @throws IllegalArgumentException if it is none of the four.
  public static Outcome outcome(JsonNode node) {
    if (node.has("finished")) {
      double standardError = node.has("standardError") ? JsonFields.real(node, "standardError", "an outcome") : 0;
      return new Outcome.Finished(JsonFields.real(node, "finished", "an outcome"), standardError, curve(node));
    }
    if (node.has("stopped")) {
      return new Outcome.Stopped(JsonFields.whole(node, "stopped", "an outcome"), JsonFields.real(node, "loss", "an outcome"), curve(node));
    }
    if (node.has("diverged")) {
      return new Outcome.Diverged(JsonFields.whole(node, "diverged", "an outcome"));
    }
    if (node.has("failed")) {
      return new Outcome.Failed(JsonFields.text(node, "failed", "an outcome"));
    }
    throw new IllegalArgumentException("an outcome has one of finished, stopped, diverged, failed, got " + JsonFields.brief(node));
  }

  private static List<Outcome.CurvePoint> curve(JsonNode outcome) {
    List<Outcome.CurvePoint> curve = new ArrayList<>();
    for (JsonNode p : outcome.hasNonNull("curve") ? JsonFields.list(outcome, "curve", "an outcome") : List.<JsonNode>of()) {
      if (!p.isArray() || !p.path(0).canConvertToExactIntegral()) {
        throw new IllegalArgumentException("the curve of an outcome has pairs of a step and a loss, got " + JsonFields.brief(p));
      }
      curve.add(new Outcome.CurvePoint(p.path(0).asLong(), JsonFields.number(p.path(1), "the curve of an outcome")));
    }
    return curve;
  }
}
