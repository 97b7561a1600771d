package proxima.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import proxima.cli.InputException;
import proxima.cli.RunFailedException;
import proxima.tune.Cluster;
import proxima.tune.ClusterWork;

/// An application of Spark's.
///
/// @param closed counted down once this has let go of the context
record SparkCluster(JavaSparkContext context, String master, Path log, CountDownLatch closed) implements Cluster {

  /// 1 s: this thread's own interrupt comes in that time if the whole run was asked to stop.
  private static final long STOP_MILLIS = 1000;

  /// @throws InputException if Spark has ended the application
  boolean hasExecutor() {
    if (context.sc().isStopped()) {
      throw new InputException("--master: " + master + " gives no executor: it is no master of Spark 4.2, or its workers can start none; see " + log + ", and the logs of the workers");
    }
    // The driver is one of them.
    return Master.isLocal(master) || context.sc().statusTracker().getExecutorInfos().length > 1;
  }

  @Override
  public String answer(String job) throws InterruptedException {
    try {
      context.sc().setInterruptOnCancel(true);
      return answer(context.parallelize(List.of(job), 1).map(new Task()).collectAsync());
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (IllegalStateException e) {
      // Of a context that was stopped.
      return failed(e);
    }
  }

  private static String answer(JavaFutureAction<List<String>> action) throws InterruptedException, ExecutionException {
    try {
      return action.get().getFirst();
    } catch (InterruptedException e) {
      action.cancel(true);
      throw e;
    }
  }

  private String failed(Throwable e) throws InterruptedException {
    if (context.sc().isStopped()) {
      Thread.sleep(STOP_MILLIS);
      throw new RunFailedException("Spark ended the application: " + Failure.line(e) + "; what was told is kept, see " + log);
    }
    if (Failure.isLost(e)) {
      return ClusterWork.lost("its executors were lost, one after the other: " + Failure.line(e));
    }
    if (Failure.isOldJdk(e)) {
      throw new InputException("executors run on a JDK older than 25: " + Failure.line(e) + "; set JAVA_HOME to a JDK 25 in conf/spark-env.sh of every worker");
    }
    throw new InputException("executors can not run this program: " + Failure.line(e) + "; see " + log);
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      closed.countDown();
    }
  }
}
