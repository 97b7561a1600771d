package proxima.linear;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How arrays reach one native call: short calls read and write Java's arrays directly; long calls work on copies outside the heap,
/// so that the garbage collector need not wait for them.
final class Passage implements AutoCloseable {

  // 1e9 operations: some 20 ms on one core, the longest that other threads are made to wait at a safepoint.
  private static final double LONG = 1e9;

  private final @Nullable Arena arena; // null for a direct call, which is made thousands of times a second and allocates nothing
  private final List<Runnable> results;

  private Passage(@Nullable Arena arena, List<Runnable> results) {
    this.arena = arena;
    this.results = results;
  }

  static Passage of(double operations) {
    return operations < LONG ? new Passage(null, List.of()) : new Passage(Arena.ofConfined(), new ArrayList<>());
  }

  boolean direct() {
    return arena == null;
  }

  MemorySegment in(double[] array) {
    return arena == null ? MemorySegment.ofArray(array) : arena.allocateFrom(ValueLayout.JAVA_DOUBLE, array);
  }

  /// Read and written.
  MemorySegment inOut(double[] array) {
    MemorySegment segment = in(array);
    if (arena != null) {
      results.add(() -> MemorySegment.copy(segment, ValueLayout.JAVA_DOUBLE, 0, array, 0, array.length));
    }
    return segment;
  }

  /// Copies results back.
  @Override
  public void close() {
    if (arena != null) {
      results.forEach(Runnable::run);
      arena.close();
    }
  }
}
