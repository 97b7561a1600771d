package proxima.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import proxima.objective.EditDistance;
import proxima.space.JsonFields;
import proxima.space.Outcome;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;

/// The text form of requests: one JSON object, whose field `request` says which.
final class RequestJson {

  private static final List<String> REQUESTS = List.of("space", "ask", "tell", "report", "best", "recommend");
  private static final List<String> OUTCOMES = List.of("loss", "stopped", "diverged", "failed");

  /// NaN and infinity as Python writes them, where JSON has no word for them.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RequestJson() {}

  /// @param space of the configurations in it
  /// @throws IllegalArgumentException saying in one line what is wrong and how to mend it
  static Request read(String line, SearchSpace space) {
    JsonNode json = parse(line);
    if (!json.path("request").isTextual()) {
      throw new IllegalArgumentException(
          "a request is an object whose field 'request' is one of " + String.join(", ", REQUESTS) + ", such as {\"request\":\"ask\"}; got " + JsonFields.brief(json));
    }
    String request = json.path("request").textValue();
    return switch (request) {
      case "space" -> {
        // A study does not mind how many ask at once.
        checkFields(json, "space", "seed", "workers");
        yield new Request.Space(
            json.has("space") ? Optional.of(SpaceJson.searchSpace(json.get("space"))) : Optional.empty(),
            json.has("seed") ? OptionalLong.of(JsonFields.whole(json, "seed", request)) : OptionalLong.empty());
      }
      case "ask" -> {
        checkFields(json);
        yield new Request.Ask();
      }
      case "tell" -> {
        checkFields(json, "trial", "configuration", "loss", "standardError", "stopped", "diverged", "failed");
        yield tell(json, space);
      }
      case "report" -> {
        checkFields(json, "trial", "step", "loss");
        yield new Request.Report(JsonFields.index(json, "trial", request), JsonFields.whole(json, "step", request), loss(json, request));
      }
      case "best" -> {
        checkFields(json);
        yield new Request.Best();
      }
      case "recommend" -> {
        checkFields(json);
        yield new Request.Recommend();
      }
      default ->
          throw new IllegalArgumentException("there is no request '" + request + "'" + EditDistance.hint(request, REQUESTS) + "; there are " + String.join(", ", REQUESTS));
    };
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a request is one JSON object on one line; " + at(e) + JsonFields.fault(e), e);
    }
  }

  /// Nothing where it is not known, as of what is nested too deeply.
  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "at column " + e.getLocation().getColumnNr() + ": ";
  }

  private static void checkFields(JsonNode json, String... fields) {
    List<String> known = List.of(fields);
    String request = json.path("request").textValue();
    json.fieldNames().forEachRemaining(field -> {
      if (!field.equals("request") && !known.contains(field)) {
        throw new IllegalArgumentException(
            request + " has no field '" + field + "'" + EditDistance.hint(field, known) + (known.isEmpty() ? "; it has none" : "; it has " + String.join(", ", known)));
      }
    });
  }

  private static Request tell(JsonNode json, SearchSpace space) {
    String given = given(json);
    if (json.has("standardError") && !given.equals("loss")) {
      throw new IllegalArgumentException("'standardError' of tell is that of a 'loss', and does not go with '" + given + "'; leave it out");
    }
    if (given.equals("stopped")) {
      return stop(json);
    }
    Outcome outcome = outcome(json, given);
    if (json.has("trial") == json.has("configuration")) {
      throw new IllegalArgumentException("tell needs either 'trial' or 'configuration', got " + JsonFields.brief(json));
    }
    return json.has("trial")
        ? new Request.Tell(JsonFields.index(json, "trial", "tell"), outcome)
        : new Request.Add(SpaceJson.configuration(json.get("configuration"), space), outcome);
  }

  private static String given(JsonNode json) {
    List<String> given = OUTCOMES.stream().filter(json::has).toList();
    if (given.size() != 1) {
      throw new IllegalArgumentException("tell needs exactly one of " + String.join(", ", OUTCOMES) + ", got " + JsonFields.brief(json));
    }
    return given.getFirst();
  }

  private static Request stop(JsonNode json) {
    if (!JsonFields.truth(json, "stopped", "tell") || json.has("configuration")) {
      throw new IllegalArgumentException("'stopped' of tell is true, and of a 'trial', which was stopped after its last report; got " + JsonFields.brief(json));
    }
    return new Request.Stop(JsonFields.index(json, "trial", "tell"));
  }

  private static Outcome outcome(JsonNode json, String given) {
    return switch (given) {
      case "loss" -> finished(json);
      case "diverged" -> new Outcome.Diverged(step(json));
      default -> new Outcome.Failed(JsonFields.text(json, "failed", "tell"));
    };
  }

  /// Of a loss that is not finite the standard error is not read: it is what came of the same numbers.
  private static Outcome finished(JsonNode json) {
    double loss = loss(json, "tell");
    return json.has("standardError") && Double.isFinite(loss)
        ? new Outcome.Finished(loss, JsonFields.number(json.get("standardError"), "'standardError' of tell"), List.of())
        : Outcome.of(loss);
  }

  /// The step at which a trial diverged, or 0 for `true`, where it is not known.
  private static long step(JsonNode tell) {
    JsonNode diverged = tell.path("diverged");
    if (diverged.isNumber()) {
      return JsonFields.whole(tell, "diverged", "tell");
    }
    if (diverged.isBoolean() && diverged.booleanValue()) {
      return 0;
    }
    throw new IllegalArgumentException("'diverged' of tell must be true or a step, got " + JsonFields.brief(diverged) + "; a trial that did not diverge has a loss");
  }

  /// NaN also where it is null, as languages write it that have no word for NaN in JSON.
  private static double loss(JsonNode json, String request) {
    JsonNode loss = json.path("loss");
    return loss.isNull() ? Double.NaN : JsonFields.number(loss, "'loss' of " + request);
  }
}
