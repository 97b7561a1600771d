package proxima.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Point;

/// The text form of events: one JSON object with its version. Doubles come back bit for bit; those that JSON has no number for are the
/// strings "NaN", "Infinity" and "-Infinity".
final class EventJson {

  /// Raised when an older program could no longer read what is written.
  static final int VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EventJson() {}

  static String write(StudyEvent event) {
    ObjectNode json = NODES.objectNode().put("version", VERSION);
    switch (event) {
      case StudyEvent.Created(var study, var space, long seed, var strategy) ->
          json.put("event", "created").put("study", study).put("seed", seed).put("strategy", strategy).set("space", SpaceJson.write(space));
      case StudyEvent.Asked(int trial, Point point) -> json.put("event", "asked").put("trial", trial).set("point", write(point));
      case StudyEvent.Reported(int trial, long step, double value) ->
          json.put("event", "reported").put("trial", trial).put("step", step).put("value", value);
      case StudyEvent.Told(int trial, Outcome outcome) -> json.put("event", "told").put("trial", trial).set("outcome", write(outcome));
      case StudyEvent.Added(int trial, Point point, Outcome outcome) ->
          json.put("event", "added").put("trial", trial).<ObjectNode>set("point", write(point)).set("outcome", write(outcome));
    }
    return json.toString();
  }

  /// @throws IllegalArgumentException saying what is wrong, if the text is no event of this version
  static StudyEvent read(String text) {
    JsonNode json = parse(text);
    int version = (int) whole(json, "version");
    if (version != VERSION) {
      throw new IllegalArgumentException("it has version " + version + ", and this program reads version " + VERSION + "; use the program that wrote it, or a newer one");
    }
    String event = string(json, "event");
    return switch (event) {
      case "created" -> new StudyEvent.Created(string(json, "study"), SpaceJson.read(member(json, "space")), whole(json, "seed"), string(json, "strategy"));
      case "asked" -> new StudyEvent.Asked(trial(json), point(member(json, "point")));
      case "reported" -> new StudyEvent.Reported(trial(json), whole(json, "step"), real(member(json, "value")));
      case "told" -> new StudyEvent.Told(trial(json), outcome(member(json, "outcome")));
      case "added" -> new StudyEvent.Added(trial(json), point(member(json, "point")), outcome(member(json, "outcome")));
      default -> throw new IllegalArgumentException("no event is called '" + event + "'");
    };
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      if (!json.isObject()) {
        throw new IllegalArgumentException("a JSON object is needed, got '" + start(text) + "'");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON: '" + start(text) + "'", e);
    }
  }

  private static String start(String text) {
    return text.codePoints().limit(40).map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  private static ArrayNode write(Point point) {
    ArrayNode coordinates = NODES.arrayNode();
    for (int i = 0; i < point.dimension(); i++) {
      coordinates.add(point.get(i));
    }
    return coordinates;
  }

  private static Point point(JsonNode json) {
    double[] x = new double[json.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = real(json.path(i));
    }
    return Point.of(x);
  }

  private static ObjectNode write(Outcome outcome) {
    ObjectNode json = NODES.objectNode();
    switch (outcome) {
      case Outcome.Finished(double loss, List<CurvePoint> curve) -> {
        json.put("is", "finished").put("loss", loss);
        if (!curve.isEmpty()) {
          ArrayNode points = json.putArray("curve");
          curve.forEach(p -> points.addArray().add(p.step()).add(p.loss()));
        }
      }
      case Outcome.Diverged(long step) -> json.put("is", "diverged").put("step", step);
      case Outcome.Failed(String reason) -> json.put("is", "failed").put("reason", reason);
    }
    return json;
  }

  private static Outcome outcome(JsonNode json) {
    String is = string(json, "is");
    return switch (is) {
      case "finished" -> {
        List<CurvePoint> curve = new ArrayList<>();
        json.path("curve").forEach(p -> curve.add(new CurvePoint(whole(p.path(0), "curve"), real(p.path(1)))));
        yield new Outcome.Finished(real(member(json, "loss")), curve);
      }
      case "diverged" -> new Outcome.Diverged(whole(json, "step"));
      case "failed" -> new Outcome.Failed(string(json, "reason"));
      default -> throw new IllegalArgumentException("no outcome is called '" + is + "'");
    };
  }

  private static int trial(JsonNode json) {
    return Math.toIntExact(whole(json, "trial"));
  }

  static JsonNode member(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("it has no '" + key + "'");
    }
    return value;
  }

  static String string(JsonNode json, String key) {
    JsonNode value = member(json, key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + key + "' is a string, got " + value);
    }
    return value.textValue();
  }

  static long whole(JsonNode json, String key) {
    JsonNode value = json.isObject() ? member(json, key) : json;
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("'" + key + "' is a whole number, got " + value);
    }
    return value.longValue();
  }

  static double real(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.isTextual() ? value.textValue() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("a number is needed, got " + value);
    };
  }
}
