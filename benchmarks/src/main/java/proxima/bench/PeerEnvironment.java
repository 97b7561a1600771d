package proxima.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A virtual environment of Python with some of the peers, in `.peers/NAME` under the repository's root.
///
/// @param home the repository's root
/// @param name of the folder, and of `benchmarks/peers/NAME.txt`, which says what is installed in it
/// @param peers the contenders that run in it
record PeerEnvironment(Path home, String name, List<String> peers) {

  /// All there are. HEBO and Vizier each need other versions of what they share with the rest.
  static List<PeerEnvironment> all(Path home) {
    return List.of(
        new PeerEnvironment(home, "main", List.of("botorch", "turbo", "ax", "optuna-tpe", "optuna-gp", "smac", "cma")),
        new PeerEnvironment(home, "hebo", List.of("hebo")),
        new PeerEnvironment(home, "vizier", List.of("vizier")));
  }

  Path folder() {
    return home.resolve(".peers").resolve(name);
  }

  Path python() {
    return folder().resolve("bin/python");
  }

  /// Where what was installed is noted, once all of it was.
  Path note() {
    return folder().resolve("installed.txt");
  }

  /// Starts one of its peers.
  List<String> command(String peer) {
    return List.of(python().toString(), home.resolve("benchmarks/peers/server.py").toString(), peer);
  }

  /// The packages, one a line with its version.
  Path requirements() {
    return home.resolve("benchmarks/peers").resolve(name + ".txt");
  }

  /// Packages that are installed without what they ask for; the file may not exist.
  Path alone() {
    return home.resolve("benchmarks/peers").resolve(name + "-alone.txt");
  }

  /// What the note holds once everything is installed: what was asked for.
  String wanted() throws IOException {
    return Files.readString(requirements()) + (Files.exists(alone()) ? Files.readString(alone()) : "");
  }

  /// Why its peers can not play, and how to mend it; empty where they can.
  Optional<String> lacks() {
    String mend = "; ./proxima bench --setup-peers makes it";
    try {
      if (!Files.exists(note())) {
        return Optional.of("no Python environment " + folder() + mend);
      }
      return Files.readString(note()).equals(wanted()) ? Optional.empty() : Optional.of("the Python environment " + folder() + " has other versions than " + requirements() + mend);
    } catch (IOException e) {
      return Optional.of("the Python environment " + folder() + " can not be read: " + e.getMessage() + mend);
    }
  }
}
