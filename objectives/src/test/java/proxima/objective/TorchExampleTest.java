package proxima.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import proxima.module.Factors;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.Network;
import proxima.module.NetworkJson;
import proxima.scaling.ModuleList;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.space.Configuration;
import proxima.space.Outcome;

/// The Python file and the training of examples/pytorch, where torch is installed.
class TorchExampleTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "pytorch").toAbsolutePath().normalize();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Scale BASE = new Scale(64, 2, 1024, 102400);

  @BeforeAll
  static void torchIsInstalled() throws IOException, InterruptedException {
    try {
      // Finding the package takes a twentieth of loading it.
      if (python("-c", "import importlib.util as u; print(u.find_spec('torch') is not None)").equals(List.of("True"))) {
        return;
      }
    } catch (IOException e) {
      skip("python3 is not installed");
    }
    skip("torch is not installed for python3");
  }

  private static void skip(String why) {
    System.out.println("skipped the tests of examples/pytorch: " + why);
    abort(why);
  }

  /// The lines on standard output.
  private static List<String> python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(EXAMPLE.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    List<String> lines = process.inputReader().readAllLines();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  @TestFactory
  Stream<DynamicTest> testsInPython() throws IOException, InterruptedException {
    Path tests = Path.of("src", "test", "python", "proxima_torch_test.py").toAbsolutePath();
    List<String> lines = python(tests.toString(), EXAMPLE.toString());
    assertThat(lines).isNotEmpty().last().asString().as("the script ran to its end").contains("test_losses_are_json_lines");
    return lines.stream().map(line -> DynamicTest.dynamicTest(line.replaceFirst("^\\w+ test_", "").replaceFirst(":.*", ""), () -> assertThat(line).startsWith("ok ")));
  }

  private static Network modulesFile() throws IOException {
    return NetworkJson.network(YAML.readTree(Files.readString(EXAMPLE.resolve("modules.yaml"))));
  }

  private static Module withoutStd(Module m) {
    return new Module(m.name(), m.type(), m.role(), m.fanIn(), m.fanOut(), m.block(), m.branch(), OptionalDouble.empty());
  }

  @Test
  void theModulesFileIsWhatTheToolLists() throws IOException, InterruptedException {
    List<String> lines = python("proxima_torch.py", "modules", "train:build", "--width", "64", "--depth", "2");
    Network listed = NetworkJson.network(YAML.readTree(String.join("\n", lines)));
    Network file = modulesFile();
    assertThat(file.modules()).map(TorchExampleTest::withoutStd).isEqualTo(listed.modules().stream().map(TorchExampleTest::withoutStd).toList());
    for (int i = 0; i < file.modules().size(); i++) {
      // Draws may differ between versions of torch: 2,624 of them for the smallest tensor, a standard error of 1.4 %.
      double std = file.modules().get(i).initStd().orElse(0);
      assertThat(listed.modules().get(i).initStd().orElse(0)).isCloseTo(std, within(0.1 * std));
    }
  }

  @Test
  void trainsAtAnotherWidthAndDepthAndSaysItsLosses(@TempDir Path directory) throws IOException, InterruptedException {
    Network network = modulesFile();
    Scale target = new Scale(32, 3, 256, 20 * 256);
    var values = new Hyperparameters(0.02, 0.1, 0.9, 0.98, 1e-8, OptionalDouble.empty());
    var transfer = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_P, 1), BASE, network, values, Factors.NONE);
    var job = new Job("train", new Configuration(Map.of()), transfer.at(target, new ModuleList(network, BASE).at(target)), target, 3);
    List<String> arguments = new ArrayList<>();
    YAML.readTree(EXAMPLE.resolve("tune.yaml").toFile()).at("/objective/command").forEach(argument -> arguments.add(argument.textValue()));
    Command command = Command.of(arguments.toArray(String[]::new))
        .withWorkingDirectory(EXAMPLE)
        .withEnvironment(Map.of("PYTHONDONTWRITEBYTECODE", "1"))
        .withTimeout(Duration.ofSeconds(100))
        .withRetries(0);
    Outcome outcome = new CommandObjective(command, List.of(), directory).evaluate(job, Monitor.NONE);
    assertThat(outcome).isInstanceOfSatisfying(Outcome.Finished.class, finished -> {
      assertThat(finished.curve()).map(Outcome.CurvePoint::step).containsExactly(10L, 20L);
      // ln 41 = 3.71 is the loss of guessing.
      assertThat(finished.loss()).isBetween(2.0, 3.6).isLessThan(finished.curve().getFirst().loss());
    });
  }
}
