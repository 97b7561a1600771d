package proxima.spark;

import java.util.concurrent.atomic.AtomicBoolean;

/// The processes that an executor leaves: it ends with its driver, however that ends, and users' commands would go on for nobody.
final class Orphans {

  // Of the process, as its hooks are.
  private static final AtomicBoolean IS_WATCHING = new AtomicBoolean();

  private Orphans() {}

  /// Has them asked to end when this process ends.
  static void watch() {
    if (IS_WATCHING.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy), "orphans"));
    }
  }
}
