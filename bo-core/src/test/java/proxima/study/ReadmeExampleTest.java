package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The library example of README.md: it compiles, runs, and is short.
class ReadmeExampleTest {

  private static final Pattern EXAMPLE = Pattern.compile("<!-- example -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void runsAndPrintsTheBestTrial() throws Exception {
    Path source = Files.writeString(directory.resolve("Example.java"), example());
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
    Matcher line = Pattern.compile("(\\S+) at \\{learningRate=\\S+, layers=5\\}\\n").matcher(output);
    assertThat(line.matches()).as(output).isTrue();
    assertThat(Double.parseDouble(line.group(1))).isBetween(0.0, 0.5);
  }

  @Test
  void isNoLongerThanTwentyLines() throws IOException {
    assertThat(example().lines()).hasSizeLessThanOrEqualTo(20);
  }

  private static String example() throws IOException {
    // Tests run in their module's directory.
    Matcher readme = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(readme.find()).as("README.md holds a java block after <!-- example -->").isTrue();
    return readme.group(1);
  }
}
