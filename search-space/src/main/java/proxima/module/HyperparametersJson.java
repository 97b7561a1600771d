package proxima.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import proxima.space.JsonFields;

/// The JSON form of global values: `{"optimizer", "learningRate", "weightDecay", "beta1", "beta2", "epsilon", "initStd"}`, the first only where it is not `adamw`, the
/// others as the optimizer has them, the last only where there is one.
public final class HyperparametersJson {

  private static final String WHERE = "the hyperparameters";

  private HyperparametersJson() {}

  public static ObjectNode of(Hyperparameters h) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (h.optimizer() != Optimizer.ADAMW) {
      node.put("optimizer", h.optimizer().id());
    }
    h.values().forEach((key, value) -> node.put(key.id(), value));
    return node;
  }

  /// @throws IllegalArgumentException naming the field, if one is missing, no number or out of its range.
  public static Hyperparameters hyperparameters(JsonNode node) {
    Optimizer optimizer = node.hasNonNull("optimizer") ? Optimizer.of(JsonFields.text(node, "optimizer", WHERE)) : Optimizer.ADAMW;
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter h : optimizer.hyperparameters()) {
      values.put(h, JsonFields.real(node, h.id(), WHERE));
    }
    if (node.hasNonNull(Hyperparameter.INIT_STD.id())) {
      values.put(Hyperparameter.INIT_STD, JsonFields.real(node, Hyperparameter.INIT_STD.id(), WHERE));
    }
    return new Hyperparameters(optimizer, values);
  }
}
