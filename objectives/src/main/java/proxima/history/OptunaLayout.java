package proxima.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxima.cli.InputException;

/// Optuna's storages: a SQLite database or a journal file. Each study is a history.
final class OptunaLayout implements Layout {

  private static final String SQLITE = "SQLite format 3";

  @Override
  public List<Imported> read(Path source, ImportOptions options) throws IOException {
    if (!Files.isRegularFile(source)) {
      throw new InputException(source + ": is no file; give Optuna's SQLite database or journal file");
    }
    List<Imported> read = new ArrayList<>();
    for (OptunaStudy study : isDatabase(source) ? OptunaDatabase.read(source) : OptunaJournal.read(source)) {
      read.add(Imported.of(study.name(), () -> study.history(options.failedDiverged())));
    }
    return read;
  }

  private static boolean isDatabase(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(SQLITE.length()), StandardCharsets.ISO_8859_1).equals(SQLITE);
    }
  }
}
