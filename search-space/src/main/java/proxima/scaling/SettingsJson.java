package proxima.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import proxima.module.Hyperparameter;
import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.NetworkJson;
import proxima.module.UpdateRule;
import proxima.space.JsonFields;

/// The JSON form of scaled settings: what `transfer` prints, and what training programs in any language read.
///
/// `{"table", "from": {"width", "depth", "batch", "tokens"}, "to": {…}, "steps", "modules": [{"name", "role", "learningRate", "weightDecay",
/// "beta1", "beta2", "epsilon", "initStd", "multiplier", "type", "block", "branch", "fanIn", "fanOut"}, …]}`, one module a parameter tensor,
/// full double precision; `block` and `branch` only where there is one. A module that another rule than AdamW moves says so, `"rule": "muon"`, and has that rule's hyperparameters.
public final class SettingsJson {

  private SettingsJson() {}

  public static ObjectNode of(ScaledSettings s) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("table", s.table());
    node.set("from", of(s.from()));
    node.set("to", of(s.to()));
    node.put("steps", s.steps());
    var modules = node.putArray("modules");
    s.settings().settings().forEach(m -> modules.add(of(m)));
    return node;
  }

  public static ObjectNode of(Scale s) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("width", s.width())
        .put("depth", s.depth())
        .put("batch", s.batch())
        .put("tokens", s.tokens());
  }

  public static ObjectNode of(ModuleSetting s) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", s.module().name());
    node.put("role", s.module().role().id());
    if (s.rule() != UpdateRule.ADAMW) {
      node.put("rule", s.rule().id());
    }
    s.values().forEach((h, value) -> node.put(h.id(), value));
    NetworkJson.shape(s.module(), node);
    return node;
  }

  /// @throws IllegalArgumentException naming the field, if one is missing or no number.
  public static ScaledSettings settings(JsonNode node) {
    List<ModuleSetting> settings = new ArrayList<>();
    for (JsonNode module : JsonFields.field(node, "modules", "the settings")) {
      settings.add(setting(module));
    }
    return new ScaledSettings(
        JsonFields.field(node, "table", "the settings").asText(),
        scale(JsonFields.field(node, "from", "the settings")),
        scale(JsonFields.field(node, "to", "the settings")),
        new ModuleSettings(settings));
  }

  /// @throws IllegalArgumentException naming the field, if one is missing or no whole positive number.
  public static Scale scale(JsonNode node) {
    return new Scale(
        JsonFields.index(node, "width", "the scale"),
        JsonFields.index(node, "depth", "the scale"),
        JsonFields.whole(node, "batch", "the scale"),
        JsonFields.whole(node, "tokens", "the scale"));
  }

  private static ModuleSetting setting(JsonNode node) {
    Module m = NetworkJson.module(node);
    // The field `initStd` is the setting's; what the network gives by itself is not in this form.
    Module module = new Module(m.name(), m.type(), m.role(), m.fanIn(), m.fanOut(), m.block(), m.branch(), OptionalDouble.empty());
    String where = "module '" + module.name() + "'";
    UpdateRule rule = node.hasNonNull("rule") ? UpdateRule.of(JsonFields.text(node, "rule", where)) : UpdateRule.ADAMW;
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    rule.hyperparameters().forEach(h -> values.put(h, JsonFields.real(node, h.id(), where)));
    return new ModuleSetting(module, rule, values);
  }
}
