package proxima.linear;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/// The OpenBLAS library, unpacked from its jar once per machine.
final class Library {

  private static final List<String> OPENBLAS = List.of("libopenblas.so.0", "libopenblas.0.dylib", "libopenblas.dll");
  private static final List<String> RUN_TIME =
      List.of(
          "libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libgfortran.so.4", "libgfortran.so.3",
          "libgcc_s.1.1.dylib", "libgcc_s.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib", "libgfortran.4.dylib");

  private Library() {}

  /// @throws UnsatisfiedLinkError if the class path holds no OpenBLAS for this platform.
  static SymbolLookup load() {
    String platform = Loader.getPlatform();
    // The library looks for these beside itself ($ORIGIN, @loader_path).
    unpack(RUN_TIME, platform);
    List<File> found = unpack(OPENBLAS, platform);
    if (found.isEmpty()) {
      throw new UnsatisfiedLinkError(
          "OpenBLAS for " + platform + " is not on the class path: add org.bytedeco:openblas with classifier " + platform);
    }
    return SymbolLookup.libraryLookup(found.getFirst().toPath(), Arena.global());
  }

  private static List<File> unpack(List<String> names, String platform) {
    List<File> found = new ArrayList<>();
    try {
      for (String name : names) {
        File file = Loader.cacheResource(Library.class, "/org/bytedeco/openblas/" + platform + "/" + name);
        if (file != null) {
          found.add(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "OpenBLAS cannot be unpacked; the system property org.bytedeco.javacpp.cachedir names the folder: " + e.getMessage(), e);
    }
    return found;
  }
}
