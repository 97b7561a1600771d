package proxima.spark;

import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.function.Function;
import proxima.tune.ClusterWork;

/// Evaluates a job on an executor. The one class of this program that travels.
record Task() implements Function<String, String> {

  private static final long serialVersionUID = 1;

  @Override
  public String call(String job) throws InterruptedException {
    if (!SparkEnv.get().executorId().equals("driver")) {
      Orphans.watch();
    }
    return ClusterWork.answer(job, Path.of(SparkFiles.getRootDirectory()));
  }
}
