package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.cli.Version;
import proxima.space.JsonFields;

/// What a store keeps of a run, for those who join it.
///
/// @param version of the program that began it
/// @param configuration the text of its file
/// @param given where that file lay, against which its relative paths are read
/// @param data of the file that its trials learn from, or of its modules; empty where it has none, and where programs before this kept none
/// @param prior the text of what it learns from
record RunDescription(String version, String configuration, String given, Optional<RunData> data, Optional<String> prior) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WHERE = "the description of the run";

  /// Without its data.
  /// @throws IOException if the file can not be read
  static RunDescription of(Path configFile, Optional<Prior> prior) throws IOException {
    return new RunDescription(Version.PROXIMA, Files.readString(configFile), configFile.toAbsolutePath().normalize().toString(), Optional.empty(), prior.map(Prior::text));
  }

  String json() {
    ObjectNode node = Json.object().put("version", version).put("configuration", configuration).put("given", given);
    data.ifPresent(d -> node.put("data", d.text()));
    prior.ifPresent(p -> node.put("prior", p));
    return node.toString();
  }

  /// @throws IllegalArgumentException if the text is none
  static RunDescription read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return new RunDescription(
          JsonFields.text(node, "version", WHERE), JsonFields.text(node, "configuration", WHERE), JsonFields.text(node, "given", WHERE), optional(node, "data").map(RunData::read), optional(node, "prior"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(WHERE + " is no JSON: " + JsonFields.fault(e), e);
    }
  }

  private static Optional<String> optional(JsonNode node, String field) {
    return node.has(field) ? Optional.of(JsonFields.text(node, field, WHERE)) : Optional.empty();
  }

  /// This for those who train, and ask nothing.
  RunDescription withoutPrior() {
    return new RunDescription(version, configuration, given, data, Optional.empty());
  }

  /// This with the data that its configuration names, as it is here.
  /// @throws IllegalArgumentException if it can not be read
  RunDescription withData(RunConfig config) {
    return new RunDescription(version, configuration, given, RunData.of(config), prior);
  }

  /// What the run is called where its configuration does not say it.
  String nameByDefault() {
    return RunConfigReader.nameByDefault(given);
  }

  /// @param config this one's, read here
  /// @param where what can not be worked on, or where
  /// @throws InputException if the data that it names is another here
  void checkData(RunConfig config, String where) {
    if (data.isPresent() && RunData.of(config).filter(data.get()::isSame).isEmpty()) {
      throw new InputException(where + ": " + config.objective().file().orElseThrow() + " is another file than where the run began; files that its configuration names must be the same on every host");
    }
  }

  /// @throws InputException if another version began the run, whose strategies may ask other points.
  RunDescription checkVersion(RunStore store) {
    if (!version.equals(Version.PROXIMA)) {
      throw new InputException(store.where() + " was begun by proxima " + version + ", and this is " + Version.PROXIMA + "; use the version that began it");
    }
    return this;
  }

  /// Whether it is of the same run, wherever its configuration's file lay, and whatever the file that it names holds.
  boolean isSame(RunDescription other) {
    return difference(other).isEmpty();
  }

  /// What tells it from another.
  /// @param other given here
  private Optional<String> difference(RunDescription other) {
    Optional<String> keys = ConfigDifference.between(this, other).map(which -> "configuration than this one (" + which + ")");
    if (keys.isPresent()) {
      return keys;
    }
    return prior.equals(other.prior) ? Optional.empty() : Optional.of("prior than this one");
  }

  /// @throws InputException if this is another run, but for its data.
  void checkSame(RunDescription other, RunStore store) {
    difference(other).ifPresent(what -> {
      throw new InputException(store.where() + " has another " + what + "; give this one another name, or join that one with: " + store.join());
    });
  }
}
