package proxima.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import java.util.OptionalLong;
import proxima.space.JsonFields;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.RegionJson;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;

/// The text form of events: one JSON object with its version. Doubles come back bit for bit; those that JSON has no number for are the
/// strings "NaN", "Infinity" and "-Infinity".
public final class EventJson {

  /// Raised when an older program could no longer read what is written.
  static final int VERSION = 2;

  /// The oldest version that is still read. It has no stopped outcomes, reports without a decision, whose trials went on, and trials of
  /// the whole length alone.
  private static final int OLDEST = 1;

  private static final String EVENT = "the event";
  private static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EventJson() {}

  public static String write(StudyEvent event) {
    ObjectNode json = NODES.objectNode().put("version", VERSION);
    switch (event) {
      case StudyEvent.Created(var study, var space, long seed, var strategy) -> {
        json.put("event", "created").put("study", study).put("seed", seed).put("strategy", strategy).set("space", SpaceJson.of(space));
        if (!space.region().isCube()) {
          json.set("region", RegionJson.of(space.region()));
        }
      }
      case StudyEvent.Asked(int trial, Point point, Assignment(var again, var steps, boolean isWhole), var known) -> {
        json.put("event", "asked").put("trial", trial).set("point", SpaceJson.of(point));
        again.ifPresent(first -> json.put("again", first));
        steps.ifPresent(s -> json.put("steps", s).put("whole", isWhole));
        known.ifPresent(k -> json.put("known", k));
      }
      case StudyEvent.Reported(int trial, long step, double value, Decision decision) ->
          json.put("event", "reported").put("trial", trial).put("step", step).put("value", value).put("decision", decision.id());
      case StudyEvent.Told(int trial, Outcome outcome) -> json.put("event", "told").put("trial", trial).set("outcome", SpaceJson.of(outcome));
      case StudyEvent.Added(int trial, Point point, Outcome outcome) ->
          json.put("event", "added").put("trial", trial).<ObjectNode>set("point", SpaceJson.of(point)).set("outcome", SpaceJson.of(outcome));
    }
    return json.toString();
  }

  /// @throws IllegalArgumentException saying what is wrong, if the text is no event of this version
  public static StudyEvent read(String text) {
    JsonNode json = parse(text);
    long version = JsonFields.whole(json, "version", EVENT);
    if (version < OLDEST || version > VERSION) {
      throw new IllegalArgumentException(
          "it has version " + version + ", and this program reads versions " + OLDEST + " to " + VERSION + "; use the program that wrote it, or a newer one");
    }
    String event = JsonFields.text(json, "event", EVENT);
    return switch (event) {
      case "created" ->
          new StudyEvent.Created(
              JsonFields.text(json, "study", EVENT),
              space(json),
              JsonFields.whole(json, "seed", EVENT),
              JsonFields.text(json, "strategy", EVENT));
      case "asked" -> new StudyEvent.Asked(trial(json), point(json), assignment(json), json.has("known") ? OptionalInt.of(JsonFields.index(json, "known", EVENT)) : OptionalInt.empty());
      case "reported" -> new StudyEvent.Reported(trial(json), JsonFields.whole(json, "step", EVENT), value(json), decision(json));
      case "told" -> new StudyEvent.Told(trial(json), outcome(json));
      case "added" -> new StudyEvent.Added(trial(json), point(json), outcome(json));
      default -> throw new IllegalArgumentException("no event is called '" + event + "'");
    };
  }

  private static SearchSpace space(JsonNode json) {
    SearchSpace space = SpaceJson.searchSpace(JsonFields.field(json, "space", EVENT));
    return json.has("region") ? space.within(RegionJson.region(json.get("region"))) : space;
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

  private static int trial(JsonNode json) {
    return JsonFields.index(json, "trial", EVENT);
  }

  private static Point point(JsonNode json) {
    return SpaceJson.point(JsonFields.field(json, "point", EVENT));
  }

  private static Outcome outcome(JsonNode json) {
    return SpaceJson.outcome(JsonFields.field(json, "outcome", EVENT));
  }

  private static Assignment assignment(JsonNode json) {
    return new Assignment(
        json.has("again") ? OptionalInt.of(JsonFields.index(json, "again", EVENT)) : OptionalInt.empty(),
        json.has("steps") ? OptionalLong.of(JsonFields.whole(json, "steps", EVENT)) : OptionalLong.empty(),
        !json.has("steps") || JsonFields.truth(json, "whole", EVENT));
  }

  private static Decision decision(JsonNode json) {
    return json.has("decision") ? Decision.of(JsonFields.text(json, "decision", EVENT)) : Decision.CONTINUE;
  }

  private static double value(JsonNode json) {
    JsonNode value = JsonFields.field(json, "value", EVENT);
    return switch (value.isTextual() ? value.textValue() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> JsonFields.real(json, "value", EVENT);
    };
  }
}
