package proxima.objective;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import proxima.scaling.SettingsJson;
import proxima.space.Configuration;
import proxima.space.Value;

/// The files of one job, in its own directory.
///
/// @param directory absolute
record JobFiles(Path directory) {

  /// 64 MiB of standard output and as much of standard error: more than anyone looks through.
  private static final int KEPT = 64 << 20;
  /// 1 MiB, in which a crash says why.
  private static final int END = 1 << 20;
  private static final byte[] LEFT_OUT = "\n... (of what a training prints, proxima keeps the first 63 MiB and the last one)\n".getBytes(StandardCharsets.US_ASCII);

  Path settings() {
    return directory.resolve("settings.json");
  }

  Path configuration() {
    return directory.resolve("configuration.json");
  }

  /// Written by the command, if it likes.
  Path result() {
    return directory.resolve("result.json");
  }

  /// Names the process of an attempt while it is followed.
  Path process() {
    return directory.resolve("process");
  }

  /// What the command printed on standard output, attempt after attempt.
  Path out() {
    return directory.resolve("stdout.log");
  }

  /// What the command printed on standard error.
  Path err() {
    return directory.resolve("stderr.log");
  }

  /// Leaves the middle of what was printed out, where it is very much.
  void shorten() throws IOException {
    shorten(out());
    shorten(err());
  }

  private static void shorten(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) <= KEPT) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      byte[] end = new byte[END];
      file.seek(file.length() - END);
      file.readFully(end);
      int start = KEPT - END - LEFT_OUT.length;
      file.setLength(start);
      file.seek(start);
      file.write(LEFT_OUT);
      file.write(end);
    }
  }

  /// Makes the directory and what the command may read.
  /// @param literals the parameters whose choices are numbers or booleans
  void write(Job job, Set<String> literals) throws IOException {
    Files.createDirectories(directory);
    Report.JSON.writerWithDefaultPrettyPrinter().writeValue(settings().toFile(), settings(job));
    Report.JSON.writerWithDefaultPrettyPrinter().writeValue(configuration().toFile(), configuration(job.configuration(), literals));
  }

  private static ObjectNode settings(Job job) {
    ObjectNode root = Report.JSON.createObjectNode();
    root.put("id", job.id()).put("seed", job.seed());
    root.set("to", SettingsJson.of(job.scale()));
    root.put("steps", job.scale().steps());
    ArrayNode modules = root.putArray("modules");
    job.settings().settings().forEach(s -> modules.add(SettingsJson.of(s)));
    return root;
  }

  private static ObjectNode configuration(Configuration configuration, Set<String> literals) {
    ObjectNode root = Report.JSON.createObjectNode();
    configuration.values().forEach((name, value) -> {
      switch (value) {
        case Value.Real(double number) -> root.put(name, number);
        case Value.Whole(long number) -> root.put(name, number);
        case Value.Category(String choice) when literals.contains(name) -> root.set(name, literal(choice));
        case Value.Category(String choice) -> root.put(name, choice);
      }
    });
    return root;
  }

  private static JsonNode literal(String choice) {
    return choice.equalsIgnoreCase("true") || choice.equalsIgnoreCase("false") ? BooleanNode.valueOf(Boolean.parseBoolean(choice)) : DecimalNode.valueOf(new BigDecimal(choice));
  }
}
