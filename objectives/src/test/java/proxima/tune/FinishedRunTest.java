package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Exit;
import proxima.scaling.SettingsJson;

/// What is done with a run once it is finished: its recommendation for other scales, and what that is worth there.
class FinishedRunTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static Path config;
  private static Path run;

  @BeforeAll
  static void tune() throws IOException {
    config = Files.writeString(folder.resolve("small.yaml"), """
        objective: {kind: mlp, device: cpu}
        scale: {width: 16, depth: 2, batch: 16, tokens: 160}
        hyperparameters: {learningRate: 0.01, weightDecay: 0.1, beta1: 0.9, beta2: 0.98, epsilon: 1e-8}
        space: {global: {learningRate: [1e-3, 0.1]}, perModule: {learningRate: {octaves: 2, only: [in, up, down, out]}, multiplier: 2}, shared: {weightDecay: 2}}
        budget: {global: 2, perModule: 2, finalists: 1, seeds: 1}
        """);
    run = folder.resolve("run");
    Ended tuned = Ended.run("tune", config.toString(), "--out", run.toString());
    assertThat(tuned.code()).as(tuned.err()).isEqualTo(Exit.DONE);
  }

  private static JsonNode result() throws IOException {
    return JSON.readTree(run.resolve("result.json").toFile());
  }

  private static Ended transfer(String to, String... more) {
    List<String> all = new ArrayList<>(List.of("transfer", run.toString(), "--to", to));
    all.addAll(List.of(more));
    Ended ended = Ended.run(all.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return ended;
  }

  @Test
  void atItsOwnScaleTheRecommendationIsTheRunsResult() throws IOException {
    JsonNode setting = result().get("setting");
    assertThat(setting).as("factors that can be told from none").isNotEqualTo(result().get("globalSetting"));
    JsonNode modules = transfer("width=16", "--format", "json").json().get("modules");
    assertThat(modules).hasSizeGreaterThan(5);
    for (JsonNode module : modules) {
      JsonNode factors = setting.path("factors").path(module.get("type").textValue());
      for (String h : List.of("learningRate", "weightDecay", "epsilon")) {
        double value = setting.path("hyperparameters").path(h).doubleValue() * factors.path(h).asDouble(1);
        assertThat(module.get(h).doubleValue()).as("%s of %s", h, module.get("name")).isCloseTo(value, withinPercentage(1e-9));
      }
    }
    JsonNode rates = setting.path("factors");
    assertThat(List.of("in", "up", "down", "out")).allSatisfy(type -> assertThat(rates.path(type).has("learningRate")).as(type).isTrue());
  }

  /// Over the width alone, by complete-d-p: a hidden weight's rate falls as its fan-in grows, that of the inputs stays.
  @Test
  void atTwiceTheWidthAHiddenWeightsRateIsHalf() throws IOException {
    JsonNode small = transfer("width=16", "--format", "json").json();
    JsonNode large = transfer("width=32", "--format", "json").json();
    assertThat(large.at("/to").toString()).isEqualTo("{\"width\":32,\"depth\":2,\"batch\":16,\"tokens\":160}");
    assertThat(large.get("modules")).hasSameSizeAs(small.get("modules"));
    int hidden = 0;
    for (int i = 0; i < large.get("modules").size(); i++) {
      JsonNode before = small.get("modules").get(i);
      JsonNode after = large.get("modules").get(i);
      assertThat(after.get("name")).isEqualTo(before.get("name"));
      boolean isHidden = after.get("role").textValue().equals("hidden");
      hidden += isHidden ? 1 : 0;
      if (isHidden || after.get("role").textValue().equals("embedding")) {
        assertThat(after.get("learningRate").doubleValue()).as(after.get("name").textValue()).isEqualTo(before.get("learningRate").doubleValue() / (isHidden ? 2 : 1), within(1e-15));
      }
    }
    assertThat(hidden).as("two in each block").isEqualTo(4);
  }

  @Test
  void eachFormatHoldsTheSameValues() throws IOException {
    String to = "width=32,depth=4";
    JsonNode json = transfer(to, "--format", "json").json();
    Path file = folder.resolve("settings.yaml");
    assertThat(transfer(to, "-o", file.toString(), "--format", "yaml").out()).isEmpty();
    assertThat(SettingsJson.settings(new YAMLMapper().readTree(file.toFile()))).isEqualTo(SettingsJson.settings(json));
    Ended asked = transfer(to, "--json");
    assertThat(asked.out().strip()).doesNotContain("\n");
    assertThat(asked.json()).isEqualTo(json);

    String table = transfer(to).out();
    assertThat(table).isEqualTo(transfer(to, "--format", "table").out()).startsWith("complete-d-p  from width=16,depth=2,batch=16,tokens=160  to width=32,depth=4,batch=16,tokens=160  steps=10\n");
    assertThat(table.lines()).hasSize(2 + json.get("modules").size());
    JsonNode first = json.get("modules").get(0);
    assertThat(table.lines().toList().get(2)).startsWith(first.get("name").textValue() + " ").contains(String.format(Locale.ROOT, "%.6g", first.get("learningRate").doubleValue()).replaceFirst("0+$", ""));

    Path torch = folder.resolve("settings.py");
    transfer(to, "--format", "torch", "--output", torch.toString());
    assertThat(torch).content().contains("def parameter_groups(model):");
    for (JsonNode module : json.get("modules")) {
      assertThat(torch).content().contains("\"" + module.get("name").textValue() + "\": (" + module.get("learningRate").doubleValue() + ", ");
    }
    Ended other = Ended.run("transfer", run.toString(), "--to", to, "--format", "yml");
    assertThat(other.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(other.err().strip()).isEqualTo("proxima: --format: 'yml' is not one of table, json, yaml, torch");
  }

  @Test
  void aRunWithoutAResultHasNothingToTransferOrVerify() throws IOException {
    Path other = folder.resolve("unfinished");
    assertThat(Ended.run("tune", config.toString(), "--out", other.toString()).code()).isEqualTo(Exit.DONE);
    Files.delete(other.resolve("result.json"));
    for (String command : List.of("transfer", "verify")) {
      Ended ended = Ended.run(command, other.toString(), "--to", "width=32");
      assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(ended.err().strip()).isEqualTo("proxima: " + other + ": this run has no result yet; finish it with: ./proxima resume " + other);
    }
  }

  private static List<String> log() throws IOException {
    return Files.readAllLines(run.resolve("log.csv"));
  }

  @Test
  void whatATransferIsWorthIsMeasuredOnceAndKept() throws IOException {
    String[] line = {"verify", run.toString(), "--to", "width=32", "--seeds", "2", "--json"};
    Ended verified = Ended.run(line);
    assertThat(verified.code()).as(verified.err()).isEqualTo(Exit.DONE);
    // Three settings and five shorter trainings, each with two seeds.
    List<String> trained = log().stream().filter(l -> l.startsWith("verify,")).toList();
    assertThat(trained).hasSize(16).allMatch(l -> l.contains(",finished,"));
    assertThat(trained.stream().map(l -> l.split(",", -1)[2])).containsOnly("1700000", "1700001");

    JsonNode json = verified.json();
    assertThat(json.at("/from/width").intValue()).isEqualTo(16);
    assertThat(json.at("/to/width").intValue()).isEqualTo(32);
    assertThat(json.get("seeds").intValue()).isEqualTo(2);
    for (String setting : List.of("default", "global", "perModule")) {
      JsonNode estimate = json.get(setting);
      assertThat(estimate.get("mean").doubleValue()).as(setting).isBetween(estimate.get("low").doubleValue(), estimate.get("high").doubleValue());
    }
    JsonNode speedup = json.get("stepSpeedup");
    assertThat(speedup.get("reached").intValue() + speedup.get("unreached").intValue()).isEqualTo(2);
    assertThat(speedup.get("lost").intValue()).isZero();
    assertThat(speedup.get("mean").asDouble(1)).as("null where no seed gets there").isBetween(1.0, 2.5);
    assertThat(JSON.readTree(run.resolve("verify-width-32-depth-2-batch-16-tokens-160-seeds-2.json").toFile())).isEqualTo(json);
    assertThat(verified.err()).contains("verify at width=32,depth=2,batch=16,tokens=160:", "  global     loss ", "(2 seeds)");

    List<String> log = log();
    assertThat(Ended.run(line).out()).isEqualTo(verified.out());
    assertThat(log()).as("nothing is trained again").isEqualTo(log);
  }

  @Test
  void aVerificationThatCanNotBeIsOneLine() throws IOException {
    for (String seeds : List.of("0", "1001")) {
      Ended refused = Ended.run("verify", run.toString(), "--to", "width=32", "--seeds", seeds);
      assertThat(refused.code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(refused.err().strip()).isEqualTo("proxima: --seeds: must be from 1 to 1000, got " + seeds);
    }
    Ended strange = Ended.run("verify", run.toString(), "--to", "widht=32");
    assertThat(strange.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(strange.err().strip()).startsWith("proxima: --to: ").doesNotContain("\n");
  }
}
