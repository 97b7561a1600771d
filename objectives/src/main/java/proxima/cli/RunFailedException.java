package proxima.cli;

/// Work that could be done, but came to nothing. The command line prints its line and exits with 1.
public final class RunFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RunFailedException(String message) {
    super(message);
  }
}
