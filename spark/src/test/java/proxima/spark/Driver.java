package proxima.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// A command line in a process of its own, whose class path holds jars alone, as the launcher's does.
///
/// @param said what it prints
record Driver(Process process, Path said) implements AutoCloseable {

  /// Of a wait for a text: some seconds, or a minute where Spark starts on a busy machine.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// The class path, with a jar for each directory.
  /// @param folder where those are made
  static String jars(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(entry)) && !entry.endsWith("test-classes")) {
        Path jar = folder.resolve("classes" + entries.size() + ".jar");
        ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--no-compress", "--file", jar.toString(), "-C", entry, ".");
        entries.add(jar.toString());
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /// @param settings of Spark, such as `spark.speculation=true`
  static Driver start(String classPath, Path said, List<String> settings, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "-Dai.djl.offline=true", "-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1"));
    settings.forEach(s -> line.add("-D" + s));
    line.addAll(List.of("-cp", classPath, "proxima.tune.Main"));
    line.addAll(List.of(arguments));
    return new Driver(new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start(), said);
  }

  String text() throws IOException {
    return Files.readString(said);
  }

  /// Waits for a text among what it prints.
  /// @return when it was there, in nanoseconds
  long await(String text) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!text().contains(text)) {
      if (!process.isAlive() && !text().contains(text)) {
        throw new IllegalStateException("it ended without '" + text + "': " + text());
      }
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException("in " + LONGEST.toMinutes() + " minutes it did not say '" + text + "': " + text());
      }
      Thread.sleep(10);
    }
    return System.nanoTime();
  }

  int end() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
