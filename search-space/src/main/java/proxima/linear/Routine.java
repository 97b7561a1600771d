package proxima.linear;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// A native function.
///
/// @param direct takes Java's own arrays without a copy; no safepoint can pass while it runs
record Routine(MemorySegment address, FunctionDescriptor descriptor, MethodHandle direct) {

  static Routine of(SymbolLookup library, String name, MemoryLayout... arguments) {
    return of(library, name, FunctionDescriptor.ofVoid(arguments));
  }

  static Routine of(SymbolLookup library, String name, FunctionDescriptor descriptor) {
    MemorySegment address = library.findOrThrow(name);
    return new Routine(address, descriptor, Linker.nativeLinker().downcallHandle(address, descriptor, Linker.Option.critical(true)));
  }

  /// The handle that takes what `passage` passes.
  MethodHandle through(Passage passage) {
    return passage.direct() ? direct : Linker.nativeLinker().downcallHandle(address, descriptor);
  }
}
