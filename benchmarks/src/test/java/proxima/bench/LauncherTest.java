package proxima.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of a small checkout, whose Maven copies sources to jars and whose JDK prints what it is to run.
class LauncherTest {

  private static final List<String> MODULES = List.of("search-space", "bo-core", "objectives", "benchmarks", "spark");

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void aCheckout() throws IOException {
    checkout = folder.resolve("a checkout");
    Files.createDirectories(checkout);
    Files.copy(Path.of("..", "proxima"), checkout.resolve("proxima"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    for (String module : MODULES) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
      Files.writeString(checkout.resolve(module).resolve("src/main/Code.java"), "first");
    }
    program("jdk/bin/javac", "");
    program("jdk/bin/java", "for arg; do last=$arg; done; [ \"$last\" = start.db ] || echo \"ran $last\"");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
    program("bin/mvn", """
        echo "$JAVA25_HOME $*" >>../calls
        for module in search-space bo-core objectives benchmarks; do
          mkdir -p $module/target
          cat $module/src/main/Code.java >$module/target/$module-0.1.0.jar
          echo "$PWD/search-space/target/search-space-0.1.0.jar" >$module/target/classpath.txt
        done
        if [ -e ../meanwhile ]; then . ../meanwhile; fi
        """);
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String run() throws IOException, InterruptedException {
    return run(Map.of());
  }

  private String run(Map<String, String> environment) throws IOException, InterruptedException {
    Process process = started(folder.resolve("bin") + ":" + System.getenv("PATH"), environment);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();
    return out;
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  @Test
  void itBuildsOnFirstUseWithTheJdkItFound() throws IOException, InterruptedException {
    assertThat(run()).isEqualTo("ran status\n");
    assertThat(run()).isEqualTo("ran status\n");
    assertThat(builds()).singleElement().asString().startsWith(folder.resolve("jdk") + " -B -Dmaven.test.skip=true package");
  }

  @Test
  void aChangedSourceIsBuiltWhateverItsTime() throws IOException, InterruptedException {
    Path code = checkout.resolve("bo-core/src/main/Code.java");
    run();
    FileTime before = Files.getLastModifiedTime(code);
    Files.writeString(code, "other");
    Files.setLastModifiedTime(code, before);
    run();
    Files.move(checkout.resolve("bo-core/src/main/Code.java"), checkout.resolve("bo-core/src/main/Moved.java"));
    Files.writeString(code, "third");
    Files.delete(checkout.resolve("bo-core/src/main/Moved.java"));
    run();
    assertThat(builds()).hasSize(3);
    Files.setLastModifiedTime(code, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    run();
    assertThat(builds()).as("a newer time alone is no change").hasSize(3);
  }

  @Test
  void aSourceThatIsSavedDuringABuildIsBuiltNext() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("meanwhile"), "echo late >bo-core/src/main/Code.java; rm ../meanwhile");
    run();
    run();
    run();
    assertThat(builds()).hasSize(2);
    assertThat(checkout.resolve("bo-core/target/bo-core-0.1.0.jar")).hasContent("late");
  }

  @Test
  void whatWasBuiltElsewhereIsBuiltAnew() throws IOException, InterruptedException {
    run();
    Path moved = folder.resolve("moved");
    Files.move(checkout, moved);
    checkout = moved;
    run();
    assertThat(builds()).hasSize(2);
    assertThat(checkout.resolve("benchmarks/target/classpath.txt")).content().startsWith(moved.toString());
    Files.delete(checkout.resolve("search-space/target/search-space-0.1.0.jar"));
    run();
    assertThat(builds()).as("a library is gone").hasSize(3);
  }

  @Test
  void profilesStayWhereNoneAreNamed() throws IOException, InterruptedException {
    run(Map.of("PROXIMA_PROFILES", "gpu"));
    run();
    assertThat(builds()).singleElement().asString().contains(" -Pgpu ");
    run(Map.of("PROXIMA_PROFILES", ""));
    run();
    assertThat(builds()).hasSize(2).last().asString().doesNotContain("-P");
  }

  @Test
  void commandsThatRunKeepTheirFilesWhenOthersAreBuilt() throws IOException, InterruptedException {
    run();
    try (InputStream open = Files.newInputStream(checkout.resolve("objectives/target/objectives-0.1.0.jar"))) {
      Files.writeString(checkout.resolve("objectives/src/main/Code.java"), "other");
      run();
      assertThat(new String(open.readAllBytes(), UTF_8)).isEqualTo("first");
    }
    assertThat(checkout.resolve("objectives/target/objectives-0.1.0.jar")).hasContent("other");
  }

  @Test
  void commandsThatStartAtOnceBuildOnceEvenWithoutFlock() throws IOException, InterruptedException {
    for (String tool : List.of("bash", "cat", "cksum", "dirname", "env", "find", "grep", "head", "ln", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "sort", "tail")) {
      Path there = Stream.of("/usr/bin", "/bin").map(d -> Path.of(d, tool)).filter(Files::exists).findFirst().orElseThrow();
      program("bin/" + tool, "exec " + there + " \"$@\"");
    }
    Files.writeString(folder.resolve("meanwhile"), "sleep 1");
    List<Process> all = Stream.generate(() -> started(folder.resolve("bin").toString(), Map.of())).limit(3).toList();
    for (Process process : all) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(builds()).hasSize(1);
  }

  /// As it is for another account: not even root writes into a folder.
  @Test
  void aCheckoutThatIsNotMineIsRefusedInOneLine() throws IOException, InterruptedException {
    Files.createDirectories(checkout.resolve(".build/lock"));
    Process process = started(folder.resolve("bin") + ":" + System.getenv("PATH"), Map.of());
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(folder.resolve("errors")).hasContent("proxima: " + checkout + "/.build can not be written, and there is something to build; use the account that built this checkout, or a checkout of your own\n");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  private Process started(String path, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(checkout.resolve("proxima").toString(), "status").redirectError(folder.resolve("errors").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PROXIMA_"));
    builder.environment().putAll(environment);
    builder.environment().put("PROXIMA_JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("PATH", path);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
