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
/// @param prior the text of what it learns from
record RunDescription(String version, String configuration, String given, Optional<String> prior) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WHERE = "the description of the run";

  /// @throws IOException if the file can not be read
  static RunDescription of(Path configFile, Optional<Prior> prior) throws IOException {
    return new RunDescription(Version.PROXIMA, Files.readString(configFile), configFile.toAbsolutePath().normalize().toString(), prior.map(Prior::text));
  }

  String json() {
    ObjectNode node = Json.object().put("version", version).put("configuration", configuration).put("given", given);
    prior.ifPresent(p -> node.put("prior", p));
    return node.toString();
  }

  /// @throws IllegalArgumentException if the text is none
  static RunDescription read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      Optional<String> prior = node.has("prior") ? Optional.of(JsonFields.text(node, "prior", WHERE)) : Optional.empty();
      return new RunDescription(JsonFields.text(node, "version", WHERE), JsonFields.text(node, "configuration", WHERE), JsonFields.text(node, "given", WHERE), prior);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(WHERE + " is no JSON: " + JsonFields.fault(e), e);
    }
  }

  /// This for those who train, and ask nothing.
  RunDescription withoutPrior() {
    return new RunDescription(version, configuration, given, Optional.empty());
  }

  /// @throws InputException if another version began the run, whose strategies may ask other points.
  RunDescription checkVersion(RunStore store) {
    if (!version.equals(Version.PROXIMA)) {
      throw new InputException(store.where() + " was begun by proxima " + version + ", and this is " + Version.PROXIMA + "; use the version that began it");
    }
    return this;
  }

  /// Whether it is of the same run, wherever its configuration's file lay.
  boolean isSame(RunDescription other) {
    return configuration.equals(other.configuration) && prior.equals(other.prior);
  }

  /// @throws InputException if this is another run.
  void checkSame(RunDescription other, RunStore store) {
    if (!isSame(other)) {
      throw new InputException(
          store.where() + " has another " + (configuration.equals(other.configuration) ? "prior" : "configuration") + " than this one; give this one another name, or join that one with: " + store.join());
    }
  }
}
