package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The library examples of README.md: they compile and run, and the first is short.
class ReadmeExampleTest {

  @TempDir Path directory;

  @Test
  void runsAndPrintsTheBestTrial() throws Exception {
    String output = output(block("example"));
    Matcher line = Pattern.compile("(\\S+) at \\{learningRate=\\S+, layers=5\\}\\n").matcher(output);
    assertThat(line.matches()).as(output).isTrue();
    assertThat(Double.parseDouble(line.group(1))).isBetween(0.0, 0.5);
  }

  @Test
  void strategiesLearnFromHistories() throws Exception {
    String program = """
        import java.util.*;
        import proxima.space.*;
        import proxima.space.learn.*;
        import proxima.strategy.*;
        import proxima.study.*;

        public class Example {
          public static void main(String[] arguments) {
            SearchSpace space = SearchSpace.of(Parameter.log("learningRate", 1e-5, 1e-1));
            List<TaskHistory.Entry> entries = new ArrayList<>();
            for (double rate : new double[] {1e-5, 1e-4, 1e-3, 1e-2, 1e-1}) {
              entries.add(new TaskHistory.Entry(new Configuration(Map.of("learningRate", new Value.Real(rate))), Outcome.of(Math.abs(Math.log10(rate) + 3)), 0));
            }
            List<TaskHistory> histories = List.of(new TaskHistory("earlier", space, Map.of(), entries));
            SNIPPET
            for (Study study : List.of(random, widening, learned)) {
              System.out.println(study.ask().configuration().real("learningRate"));
            }
          }
        }
        """;
    List<Double> first = output(program.replace("SNIPPET", block("learning"))).lines().map(Double::parseDouble).toList();
    // Of the earlier task's three best rates the box leaves out a tenth at either end.
    assertThat(first).hasSize(3).allSatisfy(rate -> assertThat(rate).isBetween(1e-4, 1e-2));
    assertThat(first.get(2)).isCloseTo(1e-3, within(1e-9));
  }

  private String output(String program) throws Exception {
    Path source = Files.writeString(directory.resolve("Example.java"), program);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void isNoLongerThanTwentyLines() throws IOException {
    assertThat(block("example").lines()).hasSizeLessThanOrEqualTo(20);
  }

  private static String block(String name) throws IOException {
    Pattern block = Pattern.compile("<!-- " + name + " -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    // Tests run in their module's directory.
    Matcher readme = block.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(readme.find()).as("README.md holds a java block after <!-- %s -->", name).isTrue();
    return readme.group(1);
  }
}
