package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import proxima.cli.Json;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.NetworkJson;
import proxima.objective.Job;
import proxima.scaling.ScaledSettings;
import proxima.scaling.SettingsJson;
import proxima.space.JsonFields;
import proxima.space.SpaceJson;

/// A job, with all that a machine must know of its run to evaluate it.
record ClusterJob(RunDescription run, Job job) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WHERE = "the job";

  /// `{"run", "id", "seed", "configuration", "settings", "modules"}`, in full precision. Settings do not have all that modules are.
  String json() {
    ObjectNode node = Json.object().put("run", run.json()).put("id", job.id()).put("seed", job.seed());
    node.set("configuration", SpaceJson.of(job.configuration()));
    node.set("settings", SettingsJson.of(new ScaledSettings("", job.scale(), job.scale(), job.settings())));
    if (!job.settings().settings().isEmpty()) {
      node.set("modules", NetworkJson.of(job.settings().network()));
    }
    return node.toString();
  }

  /// @throws IllegalArgumentException if the text is none
  static ClusterJob read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      ScaledSettings settings = SettingsJson.settings(JsonFields.field(node, "settings", WHERE));
      return new ClusterJob(
          RunDescription.read(JsonFields.text(node, "run", WHERE)),
          new Job(
              JsonFields.text(node, "id", WHERE),
              SpaceJson.configuration(JsonFields.field(node, "configuration", WHERE)),
              settings(settings, node.path("modules")),
              settings.to(),
              JsonFields.whole(node, "seed", WHERE)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(WHERE + " is no JSON: " + JsonFields.fault(e), e);
    }
  }

  private static ModuleSettings settings(ScaledSettings scaled, JsonNode modules) {
    List<ModuleSetting> settings = new ArrayList<>();
    for (ModuleSetting s : scaled.settings().settings()) {
      settings.add(new ModuleSetting(NetworkJson.module(modules.path(settings.size())), s.rule(), s.values()));
    }
    return new ModuleSettings(settings);
  }
}
