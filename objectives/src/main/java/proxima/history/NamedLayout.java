package proxima.history;

import java.util.List;

/// A layout as the command line knows it.
///
/// @param help what SOURCE is, in lines of 64 letters at most
/// @param options of `ImportHistoryCommand`, those that it heeds
public record NamedLayout(String name, List<String> help, List<String> options, Layout layout) {

  public NamedLayout {
    help = List.copyOf(help);
    options = List.copyOf(options);
  }

  /// Those that need nothing else.
  public static List<NamedLayout> all() {
    return List.of(
        new NamedLayout("csv", List.of("SOURCE is a CSV file with a line for each trial: a column loss", "(or --loss NAME), maybe one standardError, the others parameters", "(but --ignore NAME)."), ImportHistoryCommand.OF_CSV, new CsvLayout()),
        new NamedLayout("optuna", List.of("SOURCE is a SQLite database or a journal file. Each study is a", "history."), List.of(ImportHistoryCommand.FAILED), new OptunaLayout()),
        new NamedLayout("syne-tune", List.of("SOURCE is the folder of an experiment, with metadata.json and", "results.csv.zip."), List.of(ImportHistoryCommand.LOSS, ImportHistoryCommand.MAXIMIZE), new SyneTuneLayout()));
  }
}
