package proxima.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.history.Imported;
import proxima.history.NamedLayout;
import proxima.space.Outcome;
import proxima.space.TaskHistory;
import proxima.tables.LossTable;
import proxima.tables.TableFolder;

/// Recorded tables as histories: those of a folder, or of a layout of others that `import-tables` makes tables of.
public final class TableHistories {

  private TableHistories() {}

  /// The layouts, to stand beside those that need no tables.
  public static List<NamedLayout> layouts() {
    return List.of(
        new NamedLayout("hpo-b", List.of("SOURCE is the folder hpob-data, or a file in it. Each task is a", "history; losses are 1 - y."), List.of(), (source, _) -> imported(new HpoB(), source)),
        new NamedLayout("tables", List.of("SOURCE is a folder of tables, as `import-tables` and `record`", "make it. Each table is a history."), List.of(), (source, _) -> tables(source, "")));
  }

  private static List<Imported> imported(Importer importer, Path source) throws IOException, InterruptedException {
    Path draft = Files.createTempDirectory("tables");
    try {
      Path place = draft.resolve("tables");
      List<Imported> all = new ArrayList<>();
      try (ImportFolder folder = new ImportFolder(place, _ -> {})) {
        importer.read(source, folder);
        folder.keep();
        folder.results().stream().filter(TableResult.LeftOut.class::isInstance).forEach(r -> all.add(new Imported.LeftOut(r.task(), ((TableResult.LeftOut) r).why())));
      }
      try (Stream<Path> suites = Files.list(place)) {
        for (Path suite : suites.sorted().toList()) {
          all.addAll(tables(suite, suite.getFileName() + "/"));
        }
      }
      return all.stream().map(TableHistories::noted).toList();
    } finally {
      ImportFolder.delete(draft);
    }
  }

  /// Losses of HPO-B.
  private static Imported noted(Imported imported) {
    return imported instanceof Imported.Read(TaskHistory history, List<String> notes)
        ? new Imported.Read(history, Stream.concat(Stream.of("losses are 1 - y, as its values y are accuracies"), notes.stream()).toList())
        : imported;
  }

  /// @param prefix of the tasks' names
  private static List<Imported> tables(Path path, String prefix) {
    if (!Files.isDirectory(path)) {
      throw new InputException(path + ": is no folder of tables");
    }
    TableFolder folder = new TableFolder(path);
    List<Imported> all = new ArrayList<>();
    for (String task : folder.tasks()) {
      all.add(history(folder, task, prefix + task));
    }
    return all;
  }

  private static Imported history(TableFolder folder, String file, String task) {
    try {
      return history(folder.table(file), task);
    } catch (InputException e) {
      return new Imported.LeftOut(task, String.join("; ", e.problems()));
    }
  }

  private static Imported history(LossTable table, String task) {
    List<TaskHistory.Entry> entries = new ArrayList<>();
    table.losses().forEach((x, losses) ->
        losses.forEach(loss -> entries.add(new TaskHistory.Entry(table.space().decode(x), Double.isFinite(loss) ? Outcome.of(loss) : new Outcome.Diverged(0), 0))));
    return new Imported.Read(new TaskHistory(task, table.space(), Map.of(), entries), List.of());
  }
}
