package proxima.fuzz;

import java.nio.file.Path;
import java.util.List;

/// A kind of input.
///
/// @param file the name that its files have
/// @param isText whether it is spoilt as a text, and not byte by byte
/// @param documents valid ones
record Kind(String name, String file, boolean isText, List<byte[]> documents, Reader reader) {

  /// What reads a file, in a folder of its own, in which files may lie beside it.
  interface Reader {
    /// @throws proxima.cli.InputException if it refuses the file, or another exception that it is documented to refuse it by.
    void read(Path file) throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }
}
