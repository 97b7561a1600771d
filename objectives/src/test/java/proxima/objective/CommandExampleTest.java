package proxima.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.module.ModuleSettings;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Value;

/// The command of examples/command, where Python is installed.
class CommandExampleTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "command").toAbsolutePath().normalize();

  @TempDir Path directory;

  @BeforeAll
  static void pythonIsInstalled() {
    boolean installed = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream().anyMatch(d -> Files.isExecutable(Path.of(d, "python3")));
    if (!installed) {
      System.out.println("skipped the test of examples/command: python3 is not installed");
    }
    assumeTrue(installed, "python3 is not installed");
  }

  private Outcome train(double rate, String optimizer) throws IOException, InterruptedException {
    JsonNode config = new YAMLMapper().readTree(EXAMPLE.resolve("tune.yaml").toFile());
    List<String> parameters = new ArrayList<>();
    config.at("/space/parameters").fieldNames().forEachRemaining(parameters::add);
    List<String> arguments = new ArrayList<>();
    config.at("/objective/command").forEach(argument -> arguments.add(argument.textValue()));
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("rate", new Value.Real(rate));
    values.put("hidden", new Value.Whole(4));
    values.put("optimizer", new Value.Category(optimizer));
    if (optimizer.equals("momentum")) {
      values.put("momentum", new Value.Real(0.9));
    }
    Command command = Command.of(arguments.toArray(String[]::new)).withWorkingDirectory(EXAMPLE).withRetries(0);
    return new CommandObjective(command, parameters, directory)
        .evaluate(new Job("job", new Configuration(values), new ModuleSettings(List.of()), Jobs.SCALE, 1), Monitor.NONE);
  }

  @Test
  void finishesOrDiverges() throws IOException, InterruptedException {
    // Guessing 0 gives 0.49, the mean square of the wave.
    assertThat(train(0.03, "momentum")).isInstanceOfSatisfying(Outcome.Finished.class, finished -> assertThat(finished.loss()).isBetween(0.0, 0.3));
    assertThat(train(0.03, "sgd")).isInstanceOf(Outcome.Finished.class);
    assertThat(train(10, "sgd")).isInstanceOf(Outcome.Diverged.class);
  }
}
