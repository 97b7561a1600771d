package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.cli.InputException;
import proxima.cli.TextFile;
import proxima.cli.Version;
import proxima.cli.WholeFile;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.HyperparametersJson;
import proxima.space.Configuration;
import proxima.space.JsonFields;
import proxima.space.SpaceJson;

/// `result.json`: what a run found, for `transfer` and `verify` and for scripts.
final class ResultFile {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SETTING = "setting";
  private static final String GLOBAL = "globalSetting";

  private ResultFile() {}

  /// The answer of `tune --json`.
  static ObjectNode summary(RunResult result, Tally tally) {
    ObjectNode node = summary(result.study(), tally);
    for (String name : List.of("default", "global")) {
      Optional.ofNullable(result.losses().get(name)).ifPresent(l -> node.set(name, l.json("loss")));
    }
    ObjectNode best = node.putObject("best");
    Optional.ofNullable(result.losses().get(result.recommended())).ifPresent(l -> best.setAll(l.json("loss")));
    best.set("configuration", SpaceJson.of(result.best()));
    return node;
  }

  /// The same, of a run that has no result: how far it came.
  static ObjectNode summary(String study, Tally tally) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("study", study).put("trials", tally.trials()).put("stopped", tally.stopped()).put("diverged", tally.diverged()).put("failed", tally.failed());
    return node.put("seconds", tally.seconds()).put("savedSeconds", tally.saved());
  }

  /// @throws IOException if the file can not be written.
  static void write(Path file, RunResult result, Tally tally) throws IOException {
    ObjectNode node = summary(result, tally);
    node.put("version", Version.PROXIMA);
    result.setting().ifPresent(s -> node.set(SETTING, setting(s)));
    result.global().ifPresent(s -> node.set(GLOBAL, setting(s)));
    WholeFile.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }

  /// The recommended setting of a finished run.
  /// @throws InputException if there is none, or the file is damaged.
  static Setting setting(RunFolder folder) {
    return read(folder, SETTING);
  }

  /// The best global setting of a finished run.
  /// @throws InputException if there is none, or the file is damaged.
  static Setting global(RunFolder folder) {
    return read(folder, GLOBAL);
  }

  /// The recommended configuration of a finished run; empty before.
  /// @throws InputException if the file is damaged.
  static Optional<Configuration> best(RunFolder folder) {
    if (!folder.isFinished()) {
      return Optional.empty();
    }
    String text = TextFile.recorded(folder.result());
    try {
      return Optional.of(SpaceJson.configuration(MAPPER.readTree(text).at("/best/configuration")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw damaged(folder, e);
    }
  }

  private static Setting read(RunFolder folder, String key) {
    Path file = folder.result();
    if (!Files.exists(file)) {
      throw new InputException(folder.path() + ": this run has no result yet; finish it with: ./proxima resume " + folder.path());
    }
    String text = TextFile.recorded(file);
    try {
      JsonNode node = MAPPER.readTree(text).get(key);
      if (node == null) {
        throw new InputException(folder.path() + ": this run tunes no modules, so that there is nothing to transfer");
      }
      return setting(node);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw damaged(folder, e);
    }
  }

  private static InputException damaged(RunFolder folder, Exception e) {
    String fault = e instanceof JsonProcessingException json ? JsonFields.fault(json) : String.valueOf(e.getMessage());
    return new InputException(
        folder.result() + ": is damaged (" + fault.lines().findFirst().orElse("") + "); delete it and make it anew with: ./proxima resume " + folder.path());
  }

  private static ObjectNode setting(Setting s) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("hyperparameters", HyperparametersJson.of(s.hyperparameters()));
    ObjectNode types = node.putObject("factors");
    s.factors().byType().forEach((type, factors) -> {
      ObjectNode f = types.putObject(type);
      factors.forEach((hyperparameter, factor) -> f.put(hyperparameter.id(), factor));
    });
    ObjectNode blocks = node.putObject("blockFactors");
    s.factors().byBlock().forEach((hyperparameter, factors) -> {
      var list = blocks.putArray(hyperparameter.id());
      factors.forEach(list::add);
    });
    return node;
  }

  private static Setting setting(JsonNode node) {
    Map<String, Map<Hyperparameter, Double>> types = new LinkedHashMap<>();
    node.path("factors").properties().forEach(type -> {
      Map<Hyperparameter, Double> factors = new EnumMap<>(Hyperparameter.class);
      type.getValue().properties().forEach(f -> factors.put(hyperparameter(f.getKey()), f.getValue().doubleValue()));
      types.put(type.getKey(), factors);
    });
    Map<Hyperparameter, List<Double>> blocks = new EnumMap<>(Hyperparameter.class);
    node.path("blockFactors").properties().forEach(f -> {
      List<Double> list = new java.util.ArrayList<>();
      f.getValue().forEach(v -> list.add(v.doubleValue()));
      blocks.put(hyperparameter(f.getKey()), list);
    });
    return new Setting(HyperparametersJson.hyperparameters(node.path("hyperparameters")), new Factors(types, blocks));
  }

  private static Hyperparameter hyperparameter(String id) {
    return Hyperparameter.of(id).orElseThrow(() -> new IllegalArgumentException("no hyperparameter '" + id + "'"));
  }
}
