package proxima.objective;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The user's own training command: a program and its arguments, run without a shell.
///
/// @param arguments the program first; each may hold placeholders, see [CommandObjective]
/// @param workingDirectory where it runs; relative paths in the arguments are relative to it
/// @param environment added to the environment of this process, of which PGPASSWORD is left out
/// @param timeout after which one attempt is ended
/// @param retries further attempts after a crash
public record Command(List<String> arguments, Path workingDirectory, Map<String, String> environment, Duration timeout, int retries) {

  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    workingDirectory = workingDirectory.toAbsolutePath().normalize();
    if (arguments.isEmpty() || arguments.getFirst().isBlank()) {
      throw new IllegalArgumentException("command: needs a program and its arguments, got " + arguments);
    }
    if (!Files.isDirectory(workingDirectory)) {
      throw new IllegalArgumentException("command: working directory " + workingDirectory + " is not a directory");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("command: timeout must be positive, got " + timeout.toSeconds() + " s");
    }
    if (retries < 0) {
      throw new IllegalArgumentException("command: retries must be >= 0, got " + retries);
    }
  }

  /// A command in the directory of this process, of at most an hour, tried once more after a crash.
  public static Command of(String... arguments) {
    return new Command(Arrays.asList(arguments), Path.of(""), Map.of(), Duration.ofHours(1), 1);
  }

  public Command withWorkingDirectory(Path directory) {
    return new Command(arguments, directory, environment, timeout, retries);
  }

  public Command withEnvironment(Map<String, String> added) {
    return new Command(arguments, workingDirectory, added, timeout, retries);
  }

  public Command withTimeout(Duration limit) {
    return new Command(arguments, workingDirectory, environment, limit, retries);
  }

  public Command withRetries(int attempts) {
    return new Command(arguments, workingDirectory, environment, timeout, attempts);
  }

  /// @throws IllegalArgumentException if there is no such program.
  void checkProgram() {
    String program = arguments.getFirst();
    if (program.contains("{")) {
      return;
    }
    if (program.contains("/") || program.contains(File.separator)) {
      Path file = workingDirectory.resolve(program);
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException("command: no program " + file);
      }
      if (!Files.isExecutable(file)) {
        throw new IllegalArgumentException("command: " + file + " is not executable; chmod +x it, or name its interpreter first");
      }
      return;
    }
    String path = System.getenv().getOrDefault("PATH", "");
    boolean found = Arrays.stream(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    if (!found) {
      throw new IllegalArgumentException("command: no program '" + program + "' on the PATH; a program of your own needs its path, such as ./" + program);
    }
  }
}
