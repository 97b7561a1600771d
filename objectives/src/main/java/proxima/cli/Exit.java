package proxima.cli;

/// Exit codes.
public final class Exit {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int BAD_INPUT = 2;
  public static final int INTERRUPTED = 130;

  private Exit() {}
}
