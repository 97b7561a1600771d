package proxima.objective;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process that a file names by its number and its start: that of an attempt, which goes on where the program that began it is killed.
final class Orphan {

  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18})\\s*");

  /// 1 s: starts are told from the machine's, which is known to the second.
  private static final long TOLERANCE_MILLIS = 1000;

  private Orphan() {}

  /// Names the process, where the system tells its start.
  static void note(Path file, Process process) throws IOException {
    Optional<Instant> start = process.info().startInstant();
    if (start.isPresent()) {
      Files.writeString(file, process.pid() + " " + start.get().toEpochMilli() + "\n");
    }
  }

  /// The process that is named there, while it is alive. Another that has its number by now has another start.
  static Optional<ProcessHandle> find(Path file) throws IOException {
    Matcher line = LINE.matcher(Files.exists(file) ? Files.readString(file) : "");
    if (!line.matches()) {
      return Optional.empty();
    }
    long start = Long.parseLong(line.group(2));
    return ProcessHandle.of(Long.parseLong(line.group(1)))
        .filter(p -> p.info().startInstant().filter(s -> Math.abs(s.toEpochMilli() - start) <= TOLERANCE_MILLIS).isPresent());
  }
}
