package proxima.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import proxima.bench.report.Played.Session;
import proxima.cli.Version;

/// What a comparison is played on.
final class Machine {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx");
  private static final long PATIENCE_SECONDS = 10; // for git

  private Machine() {}

  /// @param home the repository's root
  /// @param workers runs at once
  static Session session(Path home, OffsetDateTime now, int workers) throws InterruptedException {
    return new Session(MINUTE.format(now), revision(home), processor() + " (" + System.getProperty("os.name") + ")", Runtime.getRuntime().availableProcessors(), Runtime.version().toString(), workers);
  }

  /// The commit that is checked out, `-dirty` where files differ from it; the version where there is no repository.
  private static String revision(Path home) throws InterruptedException {
    try {
      Process git = new ProcessBuilder("git", "-C", home.toString(), "describe", "--always", "--dirty", "--exclude=*").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        git.getOutputStream().close();
        // What it says is a line, for which the pipe has room.
        if (git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0) {
          String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
          if (!text.isEmpty()) {
            return text;
          }
        }
      } finally {
        git.destroyForcibly();
      }
    } catch (IOException e) {
      // There is no git.
    }
    return "proxima " + Version.PROXIMA;
  }

  /// The processor's name on Linux, elsewhere its kind.
  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    String kind = System.getProperty("os.arch");
    try {
      Optional<String> name = Files.exists(file) ? Files.readAllLines(file).stream().filter(l -> l.startsWith("model name")).findFirst() : Optional.empty();
      return name.map(l -> l.substring(l.indexOf(':') + 1).strip()).filter(n -> !n.isEmpty()).orElse(kind);
    } catch (IOException e) {
      return kind;
    }
  }
}
