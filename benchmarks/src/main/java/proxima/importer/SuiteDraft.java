package proxima.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import proxima.space.SearchSpace;

/// A folder of tables with one space, being written.
///
/// @param prefix of its tasks' names in messages
record SuiteDraft(Path folder, String prefix, SearchSpace space, ImportFolder parent) {

  TableDraft table(String task) throws IOException {
    String name = FileName.of(task);
    for (int i = 2; Files.exists(folder.resolve(name + ".csv")); i++) {
      name = FileName.of(task) + "_" + i;
    }
    return new TableDraft(this, name);
  }
}
