package proxima.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import proxima.space.JsonFields;

/// The JSON form of global values: `{"learningRate", "weightDecay", "beta1", "beta2", "epsilon", "initStd"}`, the last only where there is one.
public final class HyperparametersJson {

  private static final String WHERE = "the hyperparameters";

  private HyperparametersJson() {}

  public static ObjectNode of(Hyperparameters h) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("learningRate", h.learningRate()).put("weightDecay", h.weightDecay()).put("beta1", h.beta1()).put("beta2", h.beta2()).put("epsilon", h.epsilon());
    h.initStd().ifPresent(v -> node.put("initStd", v));
    return node;
  }

  /// @throws IllegalArgumentException naming the field, if one is missing, no number or out of its range.
  public static Hyperparameters hyperparameters(JsonNode node) {
    return new Hyperparameters(
        number(node, "learningRate"), number(node, "weightDecay"), number(node, "beta1"), number(node, "beta2"), number(node, "epsilon"),
        node.hasNonNull("initStd") ? OptionalDouble.of(number(node, "initStd")) : OptionalDouble.empty());
  }

  private static double number(JsonNode node, String field) {
    return JsonFields.real(node, field, WHERE);
  }
}
