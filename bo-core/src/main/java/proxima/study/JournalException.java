package proxima.study;

import proxima.space.OneLine;

/// A journal that cannot be read or written. The message is one line: what, where, the mend.
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(OneLine.of(message));
  }

  public JournalException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
