package proxima.spark;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.tune.Cluster;
import proxima.tune.Engine;

/// Apache Spark's standalone clusters. Spark's own settings are system properties, such as `-Dspark.executor.memory=4g`.
public final class SparkEngine implements Engine {

  /// Executors' flags are the launcher's.
  private static final String FLAGS =
      "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djava.awt.headless=true -Dai.djl.offline=true ";
  private static final String EXECUTOR_FLAGS = "spark.executor.extraJavaOptions";
  /// A trial that takes so many executors with it, one after the other, has failed.
  private static final int LOSSES = 8;

  private static final int PAUSE_MILLIS = 100;
  /// 15 s: a master has answered by then, and executors of a free cluster are there.
  private static final int PATIENCE = 150;

  /// Found as a service.
  public SparkEngine() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Cluster connect(String master, int slots, Path folder, Terminal terminal) throws InterruptedException {
    Master.check(master);
    Path log = folder.resolve("spark.log");
    SparkLog.keep(log);
    CountDownLatch closed = new CountDownLatch(1);
    letGoFirst(closed);
    terminal.note("proxima: joins " + master + "; what Spark says is in " + log);
    SparkCluster cluster = new SparkCluster(answered(master, terminal, () -> context(master, slots, folder, log, closed)), master, log, closed);
    try {
      await(cluster, terminal);
      return cluster;
    } catch (InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// What a master gives. Spark waits a minute for it to answer; where that is long, it is said.
  private static JavaSparkContext answered(String master, Terminal terminal, Supplier<JavaSparkContext> context) {
    if (Master.isLocal(master)) {
      return context.get();
    }
    Thread waiting = Thread.ofVirtual().start(() -> {
      try {
        Thread.sleep(PATIENCE * PAUSE_MILLIS);
        terminal.note("proxima: waiting for " + master + " to answer; where no master of Spark is there, that is given up after a minute");
      } catch (InterruptedException e) {
        // It has answered.
      }
    });
    try {
      return context.get();
    } finally {
      waiting.interrupt();
    }
  }

  /// @param closed counted down where there is none
  private static JavaSparkContext context(String master, int slots, Path folder, Path log, CountDownLatch closed) {
    boolean isMade = false;
    try {
      JavaSparkContext context = new JavaSparkContext(conf(master, slots, folder));
      isMade = true;
      return context;
    } catch (InputException e) {
      throw e;
    } catch (Exception e) {
      // Spark's own wear no `throws`.
      throw new InputException("--master: " + master + " takes no program: " + Failure.line(e) + "; it must be a master of Spark 4.2, and " + log + " says more");
    } finally {
      if (!isMade) {
        closed.countDown();
      }
    }
  }

  private static SparkConf conf(String master, int slots, Path folder) {
    SparkConf conf = new SparkConf().setMaster(master).setAppName("proxima " + folder.getFileName())
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.task.maxFailures", Integer.toString(LOSSES));
    if (Master.isLocal(master)) {
      return conf;
    }
    conf.setIfMissing("spark.cores.max", Long.toString((long) slots * conf.getInt("spark.task.cpus", 1)));
    // What is sent is loaded first: Spark's Jackson is another.
    return conf.set("spark.jars", Jars.sent()).set("spark.executor.userClassPathFirst", "true").set(EXECUTOR_FLAGS, FLAGS + conf.get(EXECUTOR_FLAGS, ""));
  }

  /// Spark ends its context as soon as the process is asked to end. This makes it wait until the run has stopped by itself.
  private static void letGoFirst(CountDownLatch closed) {
    ShutdownHookManager.get().addShutdownHook(() -> {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, Integer.MAX_VALUE);
  }

  private static void await(SparkCluster cluster, Terminal terminal) throws InterruptedException {
    for (int i = 0; !cluster.hasExecutor(); i++) {
      if (i == PATIENCE) {
        terminal.note("proxima: waiting for an executor: no worker has the memory and cores for one yet");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
