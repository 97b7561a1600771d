package proxima.tune;

import java.nio.file.Path;
import proxima.cli.InputException;
import proxima.cli.Terminal;

/// A kind of cluster that evaluates trials, as `--engine` names it. A service of whatever module brings it.
public interface Engine {

  /// As `--engine` names it.
  String name();

  /// Joins a cluster, and waits for its first machine.
  ///
  /// @param master where the cluster is, as `--master` says
  /// @param slots jobs at once
  /// @param folder of the run, where a log may be kept
  /// @throws InputException if there is no such cluster, or it does not take this program
  Cluster connect(String master, int slots, Path folder, Terminal terminal) throws InterruptedException;
}
