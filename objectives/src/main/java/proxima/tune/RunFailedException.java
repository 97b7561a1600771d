package proxima.tune;

/// Work that could be done, but came to nothing. The command line prints its line and exits with 1.
final class RunFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RunFailedException(String message) {
    super(message);
  }
}
