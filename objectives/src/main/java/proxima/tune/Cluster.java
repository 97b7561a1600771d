package proxima.tune;

import proxima.cli.InputException;
import proxima.cli.RunFailedException;

/// Machines that evaluate jobs. Safe for use by several threads at once.
public interface Cluster extends AutoCloseable {

  /// Has a machine answer the text of a job by [ClusterWork], another one where that is lost.
  /// @throws InterruptedException if the thread was interrupted; the job is then given up
  /// @throws InputException if its machines can not run this program
  /// @throws RunFailedException if the cluster went away
  String answer(String job) throws InterruptedException;

  /// Leaves the cluster.
  @Override
  void close();
}
