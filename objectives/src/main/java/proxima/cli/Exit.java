package proxima.cli;

/// Exit codes.
public final class Exit {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int BAD_INPUT = 2;
  /// A check was made, and what it checks does not hold.
  public static final int NOT_PASSED = 3;
  public static final int INTERRUPTED = 130;

  private Exit() {}
}
