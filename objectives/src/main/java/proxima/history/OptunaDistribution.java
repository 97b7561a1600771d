package proxima.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.space.CategoricalParameter;
import proxima.space.IntegerParameter;
import proxima.space.JsonFields;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.Value;

/// What an Optuna trial chose a parameter's value from: `{"name": "FloatDistribution", "attributes": {"low", "high", "log", "step"}}` in storages, also under the
/// names that versions before 3 had. A step is not kept: its values are some of the range's.
///
/// @param choices of a categorical distribution, whose value is an index; empty of others
record OptunaDistribution(String name, String kind, double low, double high, boolean log, List<String> choices) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final double ROUNDING = 1e-9;

  /// @throws IllegalArgumentException if it is none of Optuna's.
  static OptunaDistribution of(String name, String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      JsonNode attributes = node.path("attributes");
      String kind = node.path("name").asText();
      return switch (kind) {
        case "FloatDistribution", "UniformDistribution", "DiscreteUniformDistribution" -> number(name, "real", attributes, attributes.path("log").asBoolean());
        case "LogUniformDistribution" -> number(name, "real", attributes, true);
        case "IntDistribution", "IntUniformDistribution" -> number(name, "integer", attributes, attributes.path("log").asBoolean());
        case "IntLogUniformDistribution" -> number(name, "integer", attributes, true);
        case "CategoricalDistribution" -> new OptunaDistribution(name, "categorical", 0, 0, false, choices(attributes));
        default -> throw new IllegalArgumentException("parameter '" + name + "' has the unknown distribution '" + kind + "'");
      };
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the distribution of parameter '" + name + "' is not JSON: " + JsonFields.fault(e), e);
    }
  }

  private static OptunaDistribution number(String name, String kind, JsonNode attributes, boolean log) {
    String where = "the distribution of parameter '" + name + "'";
    return new OptunaDistribution(name, kind, JsonFields.real(attributes, "low", where), JsonFields.real(attributes, "high", where), log, List.of());
  }

  /// Texts as they are, other values as JSON has them, such as `null`; of two that look alike the second has its number.
  private static List<String> choices(JsonNode attributes) {
    List<String> choices = new ArrayList<>();
    for (JsonNode choice : attributes.path("choices")) {
      String text = choice.isTextual() ? choice.textValue() : choice.toString();
      choices.add(choices.contains(text) ? text + " (" + choices.size() + ")" : text);
    }
    return choices;
  }

  /// Empty where it has one value alone.
  Optional<HistoryDraft.Suggestion> suggestion(double internal) {
    return parameter().map(p -> new HistoryDraft.Suggestion(p, value(internal)));
  }

  /// Whether a number lies outside by more than rounding, as one that was enqueued may: it counts as the range's end.
  boolean isBeyond(double internal) {
    return kind.equals("real") && low < high && Math.abs(internal - Math.clamp(internal, low, high)) > ROUNDING * (high - low);
  }

  private Optional<Parameter> parameter() {
    return switch (kind) {
      case "categorical" -> choices.size() < 2 ? Optional.empty() : Optional.of(new CategoricalParameter(name, choices, Optional.empty()));
      case "integer" -> low < high ? Optional.of(new IntegerParameter(name, (long) low, (long) high, log, Optional.empty())) : Optional.empty();
      default -> low < high ? Optional.of(new RealParameter(name, low, high, log, Optional.empty())) : Optional.empty();
    };
  }

  private String choice(double internal) {
    if (!(internal >= 0 && internal < choices.size())) {
      throw new IllegalArgumentException("parameter '" + name + "' has the choices 0 to " + (choices.size() - 1) + ", got " + internal);
    }
    return choices.get((int) internal);
  }

  private Value value(double internal) {
    return switch (kind) {
      case "categorical" -> new Value.Category(choice(internal));
      case "integer" -> new Value.Whole(Math.round(internal));
      default -> new Value.Real(Math.clamp(internal, low, high));
    };
  }
}
