package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Terminal;

class PeerSetupTest {

  /// Stands for Python: `-m venv DIR` puts a copy of itself there, `-m pip` fails where the requirements say so, and else it is a peer, of which
  /// the one named `odd` does not start.
  private static final String PYTHON = """
      #!/bin/sh
      echo "$@" >> 'CALLS'
      case "$1 $2" in
        '-m venv') mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
        '-m pip') for last; do :; done; if grep -q absent "$last"; then echo 'ERROR: No matching distribution found for absent'; echo 'notice' ; exit 1; fi ;;
        *odd) echo 'ImportError: odd' >&2; exit 1 ;;
        *) read line; echo "{\\"server\\":\\"$2 1.0\\"}" ;;
      esac
      """;

  @TempDir private Path home;
  private List<PeerEnvironment> environments = List.of();

  @BeforeEach
  void environments() throws IOException {
    environments = List.of(new PeerEnvironment(home, "main", List.of("ax", "odd")), new PeerEnvironment(home, "hebo", List.of("hebo")), new PeerEnvironment(home, "last", List.of("last")));
    Path peers = Files.createDirectories(home.resolve("benchmarks/peers"));
    Files.writeString(peers.resolve("main.txt"), "ax==1\n");
    Files.writeString(peers.resolve("hebo.txt"), "absent==1\n");
    Files.writeString(peers.resolve("last.txt"), "last==1\n");
    Files.writeString(peers.resolve("last-alone.txt"), "alone==1\n");
    Path python = Files.writeString(home.resolve("python"), PYTHON.replace("CALLS", home.resolve("calls").toString()));
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ObjectNode make(ByteArrayOutputStream out) throws InterruptedException {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new PeerSetup(environments, home.resolve("python").toString(), new Terminal(InputStream.nullInputStream(), stream, stream, false, false)).make();
  }

  @Test
  void eachFailureIsALineAndTheRestGoesOn() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ObjectNode answer = make(out);
    assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(l -> !l.contains("installing"))).containsExactly(
        "ax: ax 1.0",
        "odd: does not run: ended with exit code 1 on space: ImportError: odd",
        "hebo (hebo): can not be made: ERROR: No matching distribution found for absent",
        "last: last 1.0");
    assertThat(answer.at("/last/peers/0/version").textValue()).isEqualTo("last 1.0");
    assertThat(environments).extracting(e -> e.lacks().isEmpty()).containsExactly(true, false, true);
    assertThat(environments.get(1).lacks()).hasValueSatisfying(l -> assertThat(l).endsWith("./proxima bench --setup-peers makes it"));
  }

  @Test
  void whatIsThereIsNotInstalledAgainUntilItsVersionsChange() throws IOException, InterruptedException {
    make(new ByteArrayOutputStream());
    long calls = installs();
    assertThat(calls).isEqualTo(4);
    Files.writeString(home.resolve("benchmarks/peers/hebo.txt"), "present==1\n");
    make(new ByteArrayOutputStream());
    assertThat(installs()).isEqualTo(calls + 1);
    Files.writeString(home.resolve("benchmarks/peers/last-alone.txt"), "alone==2\n");
    assertThat(environments.get(2).lacks()).hasValueSatisfying(l -> assertThat(l).contains("has other versions than"));
    make(new ByteArrayOutputStream());
    assertThat(environments).allMatch(e -> e.lacks().isEmpty());
    assertThat(installs()).isEqualTo(calls + 3);
  }

  private long installs() throws IOException {
    return Files.readAllLines(home.resolve("calls")).stream().filter(l -> l.startsWith("-m pip")).count();
  }
}
