package proxima.prior;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import proxima.module.HyperparametersJson;
import proxima.module.NetworkJson;
import proxima.scaling.ScalingRuleJson;
import proxima.scaling.SettingsJson;
import proxima.space.HistoryJson;
import proxima.space.JsonFields;

/// The JSON form of prior runs: `{"format": "proxima-prior", "version": 1, "shared", "runs": [{"name", "from", "history"} | {"name", "from", "scale", "base", "rule",
/// "modules", "phases": {"global": {"around", "history"}, "module": …}}, …]}`, a run a line. Histories are as `HistoryJson` has them.
public final class PriorJson {

  public static final String FORMAT = "proxima-prior";
  private static final int VERSION = 1;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private PriorJson() {}

  /// The text of a file.
  public static String write(PriorRuns prior) {
    List<String> lines = prior.runs().stream().map(r -> of(r).toString()).toList();
    return "{\"format\":\"" + FORMAT + "\",\"version\":" + VERSION + ",\"shared\":" + prior.shared() + ",\"runs\":[\n" + String.join(",\n", lines) + "\n]}\n";
  }

  private static ObjectNode of(PriorRun run) {
    ObjectNode node = NODES.objectNode().put("name", run.name()).put("from", run.from());
    switch (run) {
      case PriorRun.Plain p -> node.set("history", HistoryJson.of(p.history()));
      case PriorRun.PerModule m -> {
        node.set("scale", SettingsJson.of(m.scale()));
        node.set("base", SettingsJson.of(m.base()));
        node.set("rule", ScalingRuleJson.of(m.rule()));
        node.set("modules", NetworkJson.of(m.network()));
        ObjectNode phases = node.putObject("phases");
        m.phases().forEach((phase, trials) -> {
          ObjectNode t = phases.putObject(phase.id());
          t.set("around", HyperparametersJson.of(trials.around()));
          t.set("history", HistoryJson.of(trials.history()));
        });
      }
    }
    return node;
  }

  /// @throws IllegalArgumentException if it is no JSON, another format or version, or a field is missing or of the wrong kind.
  public static PriorRuns read(String text) {
    try {
      return prior(MAPPER.readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static PriorRuns prior(JsonNode node) {
    String where = "a file of prior runs";
    if (!node.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException("its format is '" + node.path("format").asText() + "', not '" + FORMAT + "'");
    }
    long version = JsonFields.whole(node, "version", where);
    if (version != VERSION) {
      throw new IllegalArgumentException("it has version " + version + ", this program reads version " + VERSION + "; use the program that wrote it, or one newer");
    }
    List<PriorRun> runs = new ArrayList<>();
    JsonFields.list(node, "runs", where).forEach(r -> runs.add(run(r)));
    return new PriorRuns(runs, JsonFields.truth(node, "shared", where));
  }

  private static PriorRun run(JsonNode node) {
    String name = JsonFields.text(node, "name", "a prior run");
    String where = "prior run '" + name + "'";
    String from = JsonFields.text(node, "from", where);
    if (node.has("history")) {
      return new PriorRun.Plain(name, from, HistoryJson.history(node.get("history")));
    }
    return new PriorRun.PerModule(
        name,
        from,
        SettingsJson.scale(JsonFields.field(node, "scale", where)),
        SettingsJson.scale(JsonFields.field(node, "base", where)),
        ScalingRuleJson.rule(JsonFields.field(node, "rule", where)),
        NetworkJson.network(JsonFields.field(node, "modules", where)),
        phases(JsonFields.field(node, "phases", where), where));
  }

  private static Map<PriorRun.Phase, PriorRun.Trials> phases(JsonNode node, String where) {
    List<String> known = Stream.of(PriorRun.Phase.values()).map(PriorRun.Phase::id).toList();
    List<String> strange = new ArrayList<>();
    node.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        strange.add(name);
      }
    });
    if (!node.isObject() || !strange.isEmpty()) {
      throw new IllegalArgumentException("'phases' of " + where + " is an object of " + String.join(" and ", known) + ", got " + (node.isObject() ? strange : JsonFields.brief(node)));
    }
    Map<PriorRun.Phase, PriorRun.Trials> phases = new LinkedHashMap<>();
    for (PriorRun.Phase phase : PriorRun.Phase.values()) {
      if (node.has(phase.id())) {
        JsonNode t = node.get(phase.id());
        phases.put(
            phase,
            new PriorRun.Trials(
                HyperparametersJson.hyperparameters(JsonFields.field(t, "around", where)), HistoryJson.history(JsonFields.field(t, "history", where))));
      }
    }
    return phases;
  }
}
