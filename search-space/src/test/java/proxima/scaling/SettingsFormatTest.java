package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;

class SettingsFormatTest {

  private static final Scale BASE = new Scale(64, 2, 1024, 204_800);
  private static final Scale TARGET = new Scale(192, 3, 3072, 1_638_400);
  private static final ScaledSettings SETTINGS = settings();

  private static ScaledSettings settings() {
    Hyperparameters values = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.of(0.02));
    Factors factors = new Factors(Map.of("attn.q", Map.of(Hyperparameter.LEARNING_RATE, 3.0)), Map.of());
    Transfer transfer = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 0.5), BASE, Nets.ALL_ROLES.at(BASE), values, factors);
    return new ScaledSettings("complete-d-p", BASE, TARGET, transfer.at(TARGET, Nets.ALL_ROLES.at(TARGET)));
  }

  @Test
  void jsonIsReadBackBitForBit() throws JsonProcessingException {
    JsonNode node = new ObjectMapper().readTree(SettingsFormat.JSON.write(SETTINGS));
    assertThat(SettingsJson.settings(node)).isEqualTo(SETTINGS);
    assertThat(node).isEqualTo(new ObjectMapper().readTree(SettingsJson.of(SETTINGS).toString()));
  }

  @Test
  void yamlIsReadBackBitForBit() throws JsonProcessingException {
    assertThat(SettingsJson.settings(new YAMLMapper().readTree(SettingsFormat.YAML.write(SETTINGS)))).isEqualTo(SETTINGS);
  }

  @Test
  void jsonHasThePublishedFieldsInOrder() throws JsonProcessingException {
    JsonNode node = new ObjectMapper().readTree(SettingsFormat.JSON.write(SETTINGS));
    assertThat(node.fieldNames()).toIterable().containsExactly("table", "from", "to", "steps", "modules");
    assertThat(node.path("to").toString()).isEqualTo("{\"width\":192,\"depth\":3,\"batch\":3072,\"tokens\":1638400}");
    assertThat(node.path("steps").asLong()).isEqualTo(533);
    assertThat(node.path("modules").path(2).fieldNames())
        .toIterable()
        .containsExactly(
            "name", "role", "learningRate", "weightDecay", "beta1", "beta2", "epsilon", "initStd", "multiplier", "type", "block", "branch",
            "fanIn", "fanOut");
  }

  @Test
  void aMissingFieldIsNamed() throws JsonProcessingException {
    JsonNode node = new ObjectMapper().readTree(SettingsFormat.JSON.write(SETTINGS).replaceFirst("\"beta2\":[0-9.]+,", ""));
    assertThatThrownBy(() -> SettingsJson.settings(node)).hasMessageContaining("module 'embed' needs the field 'beta2'");
  }

  @Test
  void tableHasAlignedColumns() {
    List<String> lines = SettingsFormat.TABLE.write(SETTINGS).lines().toList();
    assertThat(lines).hasSize(2 + SETTINGS.settings().settings().size());
    assertThat(lines.get(1)).matches("module +role +learningRate +weightDecay +beta1 +beta2 +epsilon +initStd +multiplier");
    assertThat(lines.get(2)).matches("embed +embedding +0.00612372 +0.0612372 +0.9625 +0.98125 +5.44331e-09 +0.02 +1");
    assertThat(lines.get(4)).matches("block.0.attn.norm +vector .* 0.02 +0.816497");
    assertThat(lines.stream().skip(1).map(String::length).distinct()).hasSize(1);
  }

  @Test
  void torchGroupsHoldTheSettings(@TempDir Path folder) throws IOException, InterruptedException {
    List<ModuleSetting> settings =
        List.of(
            new ModuleSetting(module("embed.weight", ModuleRole.EMBEDDING, 11, 8), 1e-2, 0.1, 0.9, 0.95, 1e-8, 0.5, 1),
            new ModuleSetting(module("norm.weight", ModuleRole.FINAL_NORM, 1, 8), 2e-2, 0, 0.8, 0.99, 3e-9, 0.3, 1),
            new ModuleSetting(module("out.weight", ModuleRole.UNEMBEDDING, 8, 11), 3.3e-3, 0.25, 0.7, 0.9, 1.0 / 3e8, 0, 0.25));
    Files.writeString(
        folder.resolve("settings.py"), SettingsFormat.TORCH.write(new ScaledSettings("mup", BASE, TARGET, new ModuleSettings(settings))));
    Files.writeString(
        folder.resolve("check.py"),
        """
        import sys
        try:
            import torch
        except ImportError:
            sys.exit(77)
        from settings import SETTINGS, initialize, multipliers, parameter_groups

        torch.manual_seed(1)
        class Net(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.embed = torch.nn.Embedding(11, 8)
                self.norm = torch.nn.LayerNorm(8, bias=False)
                self.out = torch.nn.Linear(8, 11, bias=False)
            def forward(self, x):
                return self.out(self.norm(self.embed(x)))
        net = Net()
        before = {name: p.detach().clone() for name, p in net.named_parameters()}
        initialize(net)
        assert torch.equal(before["norm.weight"], net.norm.weight) and torch.equal(before["out.weight"], net.out.weight)
        assert 0.35 < net.embed.weight.std() < 0.65, net.embed.weight.std()
        optimizer = torch.optim.AdamW(parameter_groups(net))
        for group in optimizer.param_groups:
            lr, decay, beta1, beta2, eps, _, _ = SETTINGS[group["name"]]
            assert (group["lr"], group["weight_decay"], group["betas"], group["eps"]) == (lr, decay, (beta1, beta2), eps)
        assert SETTINGS["out.weight"] == (0.0033, 0.25, 0.7, 0.9, 1 / 3e8, 0, 0.25)
        assert multipliers(net) == {"embed.weight": 1, "norm.weight": 1, "out.weight": 0.25}
        net(torch.arange(11)).logsumexp(-1).sum().backward()
        optimizer.step()
        net.extra = torch.nn.Linear(1, 1)
        try:
            parameter_groups(net)
            sys.exit(3)
        except ValueError as e:
            assert "extra.bias, extra.weight" in str(e)
        """);
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "check.py").directory(folder.toFile()).redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile()).start();
    } catch (IOException e) {
      Assumptions.abort("not run: no python3 (" + e.getMessage() + ")");
      return;
    }
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeFalse(process.exitValue() == 77, "not run: python3 has no torch");
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
  }

  private static Module module(String name, ModuleRole role, long in, long out) {
    return new Module(name, name, role, in, out, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }

  @Test
  void aNameInThePythonFileEndsNoLine() {
    var setting = new ModuleSetting(module("a\"\\\n\r\0b", ModuleRole.EMBEDDING, 11, 8), 1e-2, 0.1, 0.9, 0.95, 1e-8, 0.5, 1);
    String text = SettingsFormat.TORCH.write(new ScaledSettings("mup", BASE, TARGET, new ModuleSettings(List.of(setting))));
    assertThat(text).contains("MULTIPLIERS[\"a\\\"\\\\\\x0a\\x0d\\x00b\"]", "    \"a\\\"\\\\\\x0a\\x0d\\x00b\": (").doesNotContain("\r", "\0");
  }
}
