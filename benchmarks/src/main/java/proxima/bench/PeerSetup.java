package proxima.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;

/// Makes the Python environments of the peers, with pip. One that is whole stays as it is, one that was stopped goes on, and after one that can
/// not be made come the others.
///
/// @param python a program of a fit version
record PeerSetup(List<PeerEnvironment> environments, String python, Terminal terminal) {

  /// Python 3.11 and 3.12: for later ones the versions that HEBO needs are not built.
  private static final String FIT = "import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))";

  private static final long POLL_MILLIS = 500;
  private static final int SHOWN = 100;

  /// A program of a fit version on the PATH, or the one that PROXIMA_PYTHON names.
  /// @throws InputException if there is none.
  static String fitPython() throws InterruptedException {
    Optional<String> given = Optional.ofNullable(System.getenv("PROXIMA_PYTHON"));
    List<String> names = given.map(List::of).orElse(List.of("python3.11", "python3.12", "python3"));
    for (String name : names) {
      if (isFit(name)) {
        return name;
      }
    }
    throw new InputException("the Python packages need Python 3.11 or 3.12; looked at " + String.join(", ", names) + ": install one, or set PROXIMA_PYTHON to it");
  }

  private static boolean isFit(String python) throws InterruptedException {
    try {
      return new ProcessBuilder(python, "-c", FIT).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// @return a field for each environment: `folder`, and `peers` with the `version` of each, or `why` not
  ObjectNode make() throws InterruptedException {
    ObjectNode answer = Json.object();
    for (PeerEnvironment environment : environments) {
      ObjectNode made = answer.putObject(environment.name()).put("folder", environment.folder().toString());
      Optional<String> why = install(environment);
      if (why.isPresent()) {
        made.put("why", why.get());
        terminal.say(environment.name() + " (" + String.join(", ", environment.peers()) + "): can not be made: " + why.get());
      } else {
        check(environment, made.putArray("peers"));
      }
    }
    return answer;
  }

  /// @return why it can not be made
  private Optional<String> install(PeerEnvironment environment) throws InterruptedException {
    if (environment.lacks().isEmpty()) {
      return Optional.empty();
    }
    Path log = environment.folder().resolveSibling(environment.name() + ".log");
    terminal.note(environment.name() + " (" + String.join(", ", environment.peers()) + "): installing, some gigabytes; log: " + log);
    try {
      Files.createDirectories(log.getParent());
      Files.writeString(log, "");
      String pip = environment.python().toString();
      run(List.of(python, "-m", "venv", environment.folder().toString()), log);
      run(List.of(pip, "-m", "pip", "install", "--progress-bar", "off", "-r", environment.requirements().toString()), log);
      if (Files.exists(environment.alone())) {
        run(List.of(pip, "-m", "pip", "install", "--progress-bar", "off", "--no-deps", "-r", environment.alone().toString()), log);
      }
      Files.writeString(environment.note(), environment.wanted());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// @throws IOException with the command's last line, if it fails.
  private void run(List<String> command, Path log) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        show(last(log));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      show("");
    }
    if (process.exitValue() != 0) {
      throw new IOException(last(log));
    }
  }

  /// The last line on the terminal's last line.
  private void show(String line) {
    if (terminal.interactive()) {
      terminal.err().print("\r\033[K" + (line.length() > SHOWN ? line.substring(0, SHOWN) : line));
      terminal.err().flush();
    }
  }

  /// The last error of pip, or the last line there is.
  private static String last(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
    Stream<String> errors = lines.stream().filter(l -> l.startsWith("ERROR"));
    return errors.reduce((_, l) -> l).orElse(lines.isEmpty() ? "" : lines.getLast());
  }

  private static ObjectNode hello() {
    ObjectNode hello = Json.object().put("request", "space").put("seed", 0);
    hello.set("space", SpaceJson.of(SearchSpace.of(Parameter.real("x", 0, 1))));
    return hello;
  }

  /// Starts each peer once.
  private void check(PeerEnvironment environment, ArrayNode peers) throws InterruptedException {
    for (String name : environment.peers()) {
      ObjectNode peer = peers.addObject().put("name", name);
      try (PeerProcess process = new PeerProcess(environment.command(name), Contenders.LIMIT)) {
        String version = process.answer(hello()).path("server").asText();
        peer.put("version", version);
        terminal.say(name + ": " + version);
      } catch (ContenderException e) {
        peer.put("why", e.getMessage());
        terminal.say(name + ": does not run: " + e.getMessage());
      }
    }
  }
}
