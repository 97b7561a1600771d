package proxima.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why Spark could not have a task answered, in one line.
final class Failure {

  /// "Job aborted due to stage failure: Task 0 in stage 3.0 failed 8 times, most recent failure: Lost task 0.7 in stage 3.0 (TID 12) (10.0.0.1 executor 5): java.lang.Error: ...".
  private static final Pattern TASK = Pattern.compile("most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\(([^)]*)\\): ([^\\n]*)");

  private Failure() {}

  static boolean isLost(Throwable e) {
    return text(e).contains(": ExecutorLostFailure");
  }

  /// Whether an executor's JDK can not load the classes of this program.
  static boolean isOldJdk(Throwable e) {
    return text(e).contains("UnsupportedClassVersionError");
  }

  /// Where and why the last attempt at a task failed; otherwise the first line of what is there.
  static String line(Throwable e) {
    Matcher task = TASK.matcher(text(e));
    return task.find() ? task.group(1) + ": " + task.group(2) : text(e).lines().findFirst().orElse("");
  }

  private static String text(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
