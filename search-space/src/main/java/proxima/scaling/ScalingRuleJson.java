package proxima.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import proxima.space.JsonFields;

/// The JSON form of a scaling rule, with the keys that configurations have: `{"table", "alpha", "batchExponent", "durationExponent", "weightDecayExponent",
/// "tokensPerParameterExponent", "finalNormEpsilon", "betas": "linear" | "exponent", "depthInterpolation": "relative" | "cell-centred"}`.
public final class ScalingRuleJson {

  private static final String WHERE = "the scaling rule";
  private static final Map<String, BetaForm> BETAS = Map.of("linear", BetaForm.LINEAR, "exponent", BetaForm.EXPONENT);
  private static final Map<String, DepthInterpolation> DEPTHS =
      Map.of("relative", DepthInterpolation.RELATIVE, "cell-centred", DepthInterpolation.CELL_CENTRED);

  private ScalingRuleJson() {}

  public static ObjectNode of(ScalingRule rule) {
    ObjectNode node = JsonNodeFactory.instance
        .objectNode()
        .put("table", rule.table().id())
        .put("alpha", rule.alpha())
        .put("batchExponent", rule.batchExponent())
        .put("durationExponent", rule.durationExponent())
        .put("weightDecayExponent", rule.weightDecayExponent())
        .put("finalNormEpsilon", rule.finalNormEpsilon())
        .put("betas", key(BETAS, rule.betaForm()))
        .put("depthInterpolation", key(DEPTHS, rule.depthInterpolation()));
    // Files of before it was there do not have it.
    return rule.tokensPerParameterExponent() == 0 ? node : node.put("tokensPerParameterExponent", rule.tokensPerParameterExponent());
  }

  private static <T> String key(Map<String, T> names, T value) {
    return names.entrySet().stream().filter(e -> e.getValue().equals(value)).findFirst().orElseThrow().getKey();
  }

  /// @throws IllegalArgumentException naming the field, if one is missing or of the wrong kind.
  public static ScalingRule rule(JsonNode node) {
    return new ScalingRule(
        ScalingTable.of(JsonFields.text(node, "table", WHERE)),
        JsonFields.real(node, "alpha", WHERE),
        JsonFields.real(node, "batchExponent", WHERE),
        JsonFields.real(node, "durationExponent", WHERE),
        JsonFields.real(node, "weightDecayExponent", WHERE),
        node.has("tokensPerParameterExponent") ? JsonFields.real(node, "tokensPerParameterExponent", WHERE) : 0,
        JsonFields.truth(node, "finalNormEpsilon", WHERE),
        value(BETAS, node, "betas"),
        value(DEPTHS, node, "depthInterpolation"));
  }

  private static <T> T value(Map<String, T> names, JsonNode node, String field) {
    String name = JsonFields.text(node, field, WHERE);
    return Optional.ofNullable(names.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + field + "' of " + WHERE + " is one of " + names.keySet().stream().sorted().collect(Collectors.joining(", ")) + ", got '" + name + "'"));
  }
}
