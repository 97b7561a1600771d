package proxima.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import proxima.cli.CsvReader;
import proxima.cli.InputException;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// A CSV file with a line for each trial: a column with its loss, which is blank, NA, or not finite where the trial diverged, maybe one with the loss's standard error, which is
/// so where it is not known, and one for each parameter, which is blank where the parameter was not active. Without a space, ranges are those of the values.
final class CsvLayout implements Layout {

  private static final String LOSS = "loss";
  private static final String STANDARD_ERROR = "standardError";

  /// Among the columns of Optuna's `trials_dataframe()`.
  private static final String STATE = "state";

  private static final String OUTCOME = "outcome";

  /// Among the columns of what `export` writes.
  private static final List<String> EXPORTED = List.of("phase", "trial", OUTCOME, "step");

  /// Also a number beyond the largest.
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf|infinity|[\\d.]+e\\+?\\d+)");

  @Override
  public List<Imported> read(Path source, ImportOptions options) throws IOException {
    List<String> header;
    List<List<String>> rows = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    String metric = options.loss().orElse(LOSS);
    int loss;
    int standardError;
    try (CsvReader csv = new CsvReader(source)) {
      header = csv.header();
      check(header, options, csv);
      loss = header.indexOf(metric);
      if (loss < 0) {
        throw new InputException(source + ":1: has no column '" + metric + "' for the loss; there are " + String.join(", ", header) + "; name one with --loss");
      }
      standardError = options.ignored().contains(STANDARD_ERROR) ? -1 : header.indexOf(STANDARD_ERROR);
      for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
        rows.add(row.get());
        places.add(csv.place());
        outcomes.add(outcome(row.get().get(loss), standardError < 0 ? "" : row.get().get(standardError), options, csv));
      }
    }
    options.ignored().stream().filter(name -> !header.contains(name)).findFirst().ifPresent(name -> {
      throw new InputException(source + ":1: has no column '" + name + "' to ignore; there are " + String.join(", ", header));
    });
    String task = String.valueOf(source.getFileName()).replaceFirst("\\.csv$", "");
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      int at = i;
      if (i != loss && i != standardError && !options.ignored().contains(header.get(i))) {
        columns.put(header.get(i), rows.stream().map(row -> row.get(at)).toList());
      }
    }
    return List.of(Imported.of(task, () -> options.space().map(space -> of(task, space, columns, places, outcomes)).orElseGet(() -> guessed(task, columns, outcomes))));
  }

  private static void check(List<String> header, ImportOptions options, CsvReader csv) {
    header.stream().filter(name -> Collections.frequency(header, name) > 1).findFirst().ifPresent(name -> {
      throw csv.wrong("has the column '" + name + "' twice; rename one");
    });
    if (header.contains(STATE) && header.stream().anyMatch(name -> name.startsWith("params_")) && !options.ignored().contains(STATE)) {
      throw csv.wrong("is a table of Optuna's trials, of which some may be pruned or have failed; read its storage instead, by import-history optuna, or all as finished by --ignore " + STATE);
    }
    if (header.containsAll(EXPORTED) && !options.ignored().contains(OUTCOME)) {
      throw csv.wrong("is an export of Proxima's, whose trials have outcomes of several kinds; export the run as JSON, which is a history, or read losses alone by --ignore " + String.join(" --ignore ", EXPORTED));
    }
  }

  private static Outcome outcome(String loss, String standardError, ImportOptions options, CsvReader csv) {
    double known = number(STANDARD_ERROR, standardError, csv).orElse(0.0);
    if (known < 0) {
      throw csv.wrong("a standard error is 0 or more, got " + standardError + "; it is blank where it is not known, and --ignore " + STANDARD_ERROR + " leaves it out");
    }
    return number(options.loss().orElse(LOSS), loss, csv).<Outcome>map(v -> new Outcome.Finished(options.asLoss(v), known, List.of())).orElse(new Outcome.Diverged(0));
  }

  /// Empty where there is none, or none that is finite.
  private static Optional<Double> number(String column, String cell, CsvReader csv) {
    Optional<Double> number = Values.number(cell);
    if (number.isEmpty() && !Values.isMissing(cell) && !NOT_FINITE.matcher(cell.strip()).matches()) {
      throw csv.wrong("column '" + column + "' takes a number, or nothing where there is none, got '" + cell + "'");
    }
    return number;
  }

  private static Imported.Read of(String task, SearchSpace space, Map<String, List<String>> columns, List<String> places, List<Outcome> outcomes) {
    List<String> missing = space.parameters().stream().map(Parameter::name).filter(n -> !columns.containsKey(n)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("it has no column for the parameters " + missing + " of the space, but " + columns.keySet());
    }
    List<String> notes = new ArrayList<>();
    List<String> more = columns.keySet().stream().filter(c -> space.parameters().stream().noneMatch(p -> p.name().equals(c))).toList();
    if (!more.isEmpty()) {
      notes.add("the columns " + more + " are not read, as the space lacks them");
    }
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      try {
        Configuration configuration = configuration(space, columns, i);
        space.encode(configuration);
        entries.add(new TaskHistory.Entry(configuration, outcomes.get(i), 0));
      } catch (IllegalArgumentException e) {
        notes.add(places.get(i) + " is left out: " + e.getMessage());
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no line of it is a configuration of the space; " + String.join("; ", notes));
    }
    return new Imported.Read(new TaskHistory(task, space, Map.of(), entries), notes);
  }

  private static Configuration configuration(SearchSpace space, Map<String, List<String>> columns, int row) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter p : space.parameters()) {
      String cell = columns.getOrDefault(p.name(), List.of()).get(row);
      if (!cell.isBlank() && p.condition().map(c -> c.holds(new Configuration(values))).orElse(true)) {
        values.put(p.name(), Values.of(p, cell));
      }
    }
    return new Configuration(values);
  }

  private static Imported.Read guessed(String task, Map<String, List<String>> columns, List<Outcome> outcomes) {
    var draft = new HistoryDraft();
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    List<Column> all = columns.entrySet().stream().filter(e -> !e.getKey().isEmpty()).map(e -> new Column(e.getKey(), e.getValue())).toList();
    if (columns.containsKey("")) {
      draft.note("the column without a name is left out");
    }
    for (Column column : all) {
      column.parameter().ifPresentOrElse(p -> parameters.put(column.name(), p), () -> draft.note("column '" + column.name() + "' is left out, as it has one value alone"));
      column.stranger().ifPresent(text -> draft.note("column '" + column.name() + "' is one of choices, since '" + text + "' is no number"));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      Map<String, HistoryDraft.Suggestion> suggestions = new LinkedHashMap<>();
      for (Column column : all) {
        Parameter p = parameters.get(column.name());
        String cell = column.cells().get(i);
        if (p != null && !cell.isBlank()) {
          suggestions.put(p.name(), new HistoryDraft.Suggestion(p, Values.of(p, cell)));
        }
      }
      draft.add(suggestions, outcomes.get(i));
    }
    draft.note("ranges are those of the values; to give wider ones, or to say which are searched in their logarithm: --space FILE");
    return draft.history(task);
  }
}
