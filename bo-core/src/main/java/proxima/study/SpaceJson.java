package proxima.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.space.CategoricalParameter;
import proxima.space.Condition;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;

/// The JSON form of a space: the array of its parameters.
final class SpaceJson {

  private SpaceJson() {}

  static ArrayNode write(SearchSpace space) {
    ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
    for (Parameter p : space.parameters()) {
      ObjectNode json = parameters.addObject().put("name", p.name());
      switch (p) {
        case RealParameter r -> json.put("is", "real").put("low", r.low()).put("high", r.high()).put("log", r.log());
        case IntegerParameter i -> json.put("is", "integer").put("low", i.low()).put("high", i.high()).put("log", i.log());
        case CategoricalParameter c -> c.choices().forEach(json.put("is", "categorical").putArray("choices")::add);
      }
      p.condition().ifPresent(c -> c.values().forEach(json.putObject("when").put("parameter", c.parameter()).putArray("values")::add));
    }
    return parameters;
  }

  static SearchSpace read(JsonNode json) {
    List<Parameter> parameters = new ArrayList<>();
    json.forEach(p -> parameters.add(parameter(p)));
    return new SearchSpace(parameters);
  }

  private static Parameter parameter(JsonNode json) {
    String name = EventJson.string(json, "name");
    Optional<Condition> when =
        json.has("when") ? Optional.of(new Condition(EventJson.string(json.path("when"), "parameter"), strings(json.path("when").path("values")))) : Optional.empty();
    boolean log = json.path("log").booleanValue();
    String is = EventJson.string(json, "is");
    return switch (is) {
      case "real" -> new RealParameter(name, EventJson.real(json.path("low")), EventJson.real(json.path("high")), log, when);
      case "integer" -> new IntegerParameter(name, EventJson.whole(json, "low"), EventJson.whole(json, "high"), log, when);
      case "categorical" -> new CategoricalParameter(name, strings(json.path("choices")), when);
      default -> throw new IllegalArgumentException("no parameter is called '" + is + "'");
    };
  }

  private static List<String> strings(JsonNode json) {
    List<String> strings = new ArrayList<>();
    json.forEach(s -> strings.add(s.asText()));
    return strings;
  }
}
