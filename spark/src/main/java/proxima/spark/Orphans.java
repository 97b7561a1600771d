package proxima.spark;

/// The processes that an executor leaves: it ends with its driver, however that ends, and users' commands would go on for nobody.
final class Orphans {

  private static final Thread HOOK = new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy), "orphans");

  static {
    Runtime.getRuntime().addShutdownHook(HOOK);
  }

  private Orphans() {}

  /// Asks them to end when this process does.
  static void end() {
    HOOK.isAlive(); // Loads the class, once.
  }
}
