package proxima.history;

import java.util.List;

/// A layout as the command line knows it.
///
/// @param help what SOURCE is, in a line or several
public record NamedLayout(String name, String help, Layout layout) {

  /// Those that need nothing else.
  public static List<NamedLayout> all() {
    return List.of(
        new NamedLayout("csv", "a CSV file, a line a trial, with a column 'loss' (or --loss NAME); its other columns are parameters (but --ignore NAME)", new CsvLayout()),
        new NamedLayout("optuna", "a database in SQLite, or a journal file; each study is a history", new OptunaLayout()),
        new NamedLayout("syne-tune", "the folder of an experiment, with metadata.json and results.csv.zip", new SyneTuneLayout()));
  }
}
