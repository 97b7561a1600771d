package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import proxima.cli.Json;
import proxima.objective.Job;
import proxima.scaling.ScaledSettings;
import proxima.scaling.SettingsJson;
import proxima.space.JsonFields;
import proxima.space.SpaceJson;

/// A job, with all that a machine must know of its run to evaluate it.
record ClusterJob(RunDescription run, Job job) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WHERE = "the job";

  /// `{"run", "id", "seed", "configuration", "settings"}`, in full precision.
  String json() {
    ObjectNode node = Json.object().put("run", run.json()).put("id", job.id()).put("seed", job.seed());
    node.set("configuration", SpaceJson.of(job.configuration()));
    node.set("settings", SettingsJson.of(new ScaledSettings("", job.scale(), job.scale(), job.settings())));
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
              settings.settings(),
              settings.to(),
              JsonFields.whole(node, "seed", WHERE)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(WHERE + " is no JSON: " + JsonFields.fault(e), e);
    }
  }
}
