package proxima.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A form that another program records trials in.
public interface Layout {

  /// The histories of a source, one a study or task.
  /// @throws proxima.cli.InputException if the source is not of this layout, saying where that shows.
  List<Imported> read(Path source, ImportOptions options) throws IOException, InterruptedException;
}
