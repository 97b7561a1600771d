package proxima.train;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The C library's heap, which keeps what the engine frees: one pool for each thread, as large as the thread's largest training.
final class NativeMemory {

  /// `int malloc_trim(size_t pad)`; GNU's C library only.
  private static final Optional<MethodHandle> TRIM =
      Linker.nativeLinker()
          .defaultLookup()
          .find("malloc_trim")
          .map(
              address ->
                  Linker.nativeLinker()
                      .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

  private NativeMemory() {}

  /// Gives free pages back to the system, where the C library can.
  static void trim() {
    TRIM.ifPresent(NativeMemory::call);
  }

  private static void call(MethodHandle trim) {
    try {
      int _ = (int) trim.invokeExact(0L);
    } catch (Throwable e) {
      // A C function throws nothing; invokeExact declares Throwable.
      throw new IllegalStateException(e);
    }
  }
}
