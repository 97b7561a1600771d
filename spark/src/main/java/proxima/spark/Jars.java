package proxima.spark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// The jars of this program, natives included, without Spark's, which executors have.
final class Jars {

  /// What is logged on an executor is the executor's.
  private static final Set<String> LOGGING = Set.of("slf4j-api", "logback-classic", "logback-core");

  private Jars() {}

  /// Their paths, joined by commas.
  static String sent() {
    Set<String> provided = provided();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar") && Files.exists(Path.of(entry)))
        .filter(entry -> !provided.contains(name(entry)) && LOGGING.stream().noneMatch(l -> name(entry).startsWith(l)))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .distinct()
        .collect(Collectors.joining(","));
  }

  /// The names of Spark's jars, as they were when this was built.
  private static Set<String> provided() {
    try (InputStream in = Jars.class.getResourceAsStream("provided.txt")) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split(":", -1)).map(Jars::name).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(File.separatorChar)) + 1);
  }
}
