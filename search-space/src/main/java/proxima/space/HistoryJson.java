package proxima.space;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The JSON form of task histories: `{"format": "proxima-history", "version": 1, "task", "context", "space", "entries": [{"configuration",
/// "outcome", "seed"}, …]}`.
public final class HistoryJson {

  private static final String FORMAT = "proxima-history";
  /// Of files of runs, which `PriorJson` reads.
  private static final String PRIOR = "proxima-prior";
  private static final int VERSION = 1;

  private HistoryJson() {}

  public static ObjectNode of(TaskHistory history) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("format", FORMAT).put("version", VERSION).put("task", history.task());
    node.set("context", SpaceJson.of(history.context()));
    node.set("space", SpaceJson.of(history.space()));
    ArrayNode entries = node.putArray("entries");
    for (TaskHistory.Entry e : history.entries()) {
      ObjectNode entry = entries.addObject();
      entry.set("configuration", SpaceJson.of(e.configuration()));
      entry.set("outcome", SpaceJson.of(e.outcome()));
      entry.put("seed", e.seed());
    }
    return node;
  }

  /// The text of a history file, one entry a line.
  public static String write(TaskHistory history) {
    ObjectNode node = of(history);
    JsonNode entries = node.remove("entries");
    List<String> lines = new ArrayList<>();
    entries.forEach(e -> lines.add(e.toString()));
    String head = node.toString();
    return head.substring(0, head.length() - 1) + ",\"entries\":[\n" + String.join(",\n", lines) + "\n]}\n";
  }

  /// The history of a file's text.
  /// @throws IllegalArgumentException if it is no JSON, another format or version, or a field is missing or of the wrong kind.
  public static TaskHistory read(String text) {
    try {
      return history(new ObjectMapper().readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a task history: " + e.getOriginalMessage(), e);
    }
  }

  /// @throws IllegalArgumentException if it is another format or version, or a field is missing or of the wrong kind.
  public static TaskHistory history(JsonNode node) {
    String where = "a task history";
    if (!node.path("format").asText().equals(FORMAT)) {
      String format = node.path("format").asText();
      throw new IllegalArgumentException("not a task history: its format is '" + format + "', not '" + FORMAT + "'" + (format.equals(PRIOR) ? "; PriorJson.read reads it" : ""));
    }
    long version = JsonFields.whole(node, "version", where);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the task history has version " + version + ", this program reads version " + VERSION + "; use the program that wrote it, or one newer");
    }
    String task = JsonFields.text(node, "task", where);
    SearchSpace space = SpaceJson.searchSpace(JsonFields.field(node, "space", where));
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (JsonNode e : JsonFields.list(node, "entries", where)) {
      String entry = "entry " + entries.size();
      entries.add(
          new TaskHistory.Entry(
              configuration(JsonFields.field(e, "configuration", entry), space, entry + " of task '" + task + "'"),
              SpaceJson.outcome(JsonFields.field(e, "outcome", entry)),
              JsonFields.whole(e, "seed", entry)));
    }
    return new TaskHistory(task, space, SpaceJson.values(JsonFields.field(node, "context", where), "the context"), entries);
  }

  private static Configuration configuration(JsonNode node, SearchSpace space, String entry) {
    try {
      return SpaceJson.configuration(node, space);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(entry + ": " + e.getMessage(), e);
    }
  }
}
