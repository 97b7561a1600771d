package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import proxima.study.JournalException;

/// What stores say of faults.
final class FaultLines {

  private FaultLines() {}

  /// The one line by which something is refused.
  static String of(ThrowingCallable work) {
    Throwable thrown = catchThrowable(work);
    assertThat(thrown).isInstanceOf(JournalException.class);
    assertThat(thrown.getMessage()).contains("; ").doesNotContain("\n");
    return String.valueOf(thrown.getMessage());
  }
}
