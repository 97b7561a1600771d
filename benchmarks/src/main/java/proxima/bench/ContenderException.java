package proxima.bench;

/// A contender could not go on: it crashed, hung or said what can not be. Its run ends there; the comparison goes on.
final class ContenderException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param reason one line
  ContenderException(String reason) {
    super(reason);
  }
}
