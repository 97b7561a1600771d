package proxima.importer;

import java.io.IOException;
import java.nio.file.Path;

/// A layout that others record evaluations in.
interface Importer {

  /// Writes a table for each task of the source. What is wrong with a row or a task leaves it out.
  /// @throws proxima.cli.InputException if the source is not of this layout, with the place where that shows.
  void read(Path source, ImportFolder to) throws IOException, InterruptedException;
}
