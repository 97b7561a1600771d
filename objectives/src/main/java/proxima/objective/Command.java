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

  /// What is to be given where a whole line is.
  private static final String A_LIST = "; give a list, [program, argument, ...], or for a shell [sh, -c, \"...\"]";

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
    String first = program.split(" ", 2)[0];
    boolean isLine = !first.equals(program);
    if (program.contains("{")) {
      if (isLine && !first.contains("{") && isProgram(first)) {
        throw new IllegalArgumentException("command: no program '" + program + "'" + A_LIST);
      }
      return;
    }
    if (isProgram(program)) {
      return;
    }
    if (!isPath(program)) {
      throw new IllegalArgumentException("command: no program '" + program + "' on the PATH" + (isLine ? A_LIST : "; a program of your own needs its path, such as ./" + program));
    }
    Path file = workingDirectory.resolve(program);
    if (Files.isRegularFile(file)) {
      throw new IllegalArgumentException("command: " + file + " is not executable; chmod +x it, or name its interpreter first");
    }
    throw new IllegalArgumentException("command: no program " + file + (isLine ? A_LIST : ""));
  }

  private boolean isProgram(String name) {
    if (isPath(name)) {
      return isProgram(workingDirectory.resolve(name));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator)).filter(directory -> !directory.isEmpty()).anyMatch(directory -> isProgram(Path.of(directory, name)));
  }

  private static boolean isPath(String name) {
    return name.contains("/") || name.contains(File.separator);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
