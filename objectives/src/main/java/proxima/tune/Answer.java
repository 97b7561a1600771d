package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import proxima.cli.Json;
import proxima.objective.Timed;
import proxima.space.JsonFields;
import proxima.space.SpaceJson;

/// What a machine says of a job.
sealed interface Answer {

  /// The job has an outcome.
  record Ended(Timed timed) implements Answer {}

  /// The machine can not work on the run before something is mended.
  record Refused(String why) implements Answer {}

  /// The program is wrong.
  record Broken(String why) implements Answer {}

  ObjectMapper MAPPER = new ObjectMapper();
  String WHERE = "the answer";

  /// `{"outcome", "seconds"}`, `{"refused"}` or `{"broken"}`.
  default String json() {
    return switch (this) {
      case Ended(Timed(var outcome, double seconds)) -> Json.object().put("seconds", seconds).<ObjectNode>set("outcome", SpaceJson.of(outcome)).toString();
      case Refused(String why) -> Json.object().put("refused", why).toString();
      case Broken(String why) -> Json.object().put("broken", why).toString();
    };
  }

  /// @throws IllegalArgumentException if the text is none
  static Answer read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.has("refused")
          ? new Refused(JsonFields.text(node, "refused", WHERE))
          : node.has("broken")
              ? new Broken(JsonFields.text(node, "broken", WHERE))
              : new Ended(new Timed(SpaceJson.outcome(JsonFields.field(node, "outcome", WHERE)), JsonFields.real(node, "seconds", WHERE)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(WHERE + " is no JSON: " + JsonFields.fault(e), e);
    }
  }
}
