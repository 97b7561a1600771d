package proxima.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import proxima.cli.CsvReader;
import proxima.cli.InputException;
import proxima.history.Values;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// A scenario of YAHPO Gym: a folder with `config_space.json` and the recorded evaluations, `data.csv`.
///
/// A row has a task, hyperparameters, how far it was trained, and quantities. Those of its task that were trained farthest are the table; rows that differ in
/// the number of a repetition alone are replicates.
final class Yahpo implements Importer {

  /// Columns that name the task (yahpo_gym/benchmarks: `instance_names`).
  private static final List<String> TASKS = List.of("OpenML_task_id", "task_id", "task_name", "task");
  /// Columns that say how far a row was trained, and which repetition it is (`fidelity_params`).
  private static final List<String> FIDELITIES = List.of("epoch", "trainsize");
  private static final List<String> REPETITIONS = List.of("repl", "replication");
  /// What YAHPO Gym's suite of one target takes, and for scenarios that it does not have, the error and the validation loss.
  private static final List<String> TARGETS = List.of("val_accuracy", "acc", "mmce", "valid_loss");
  /// As pandas reads them.
  private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null");

  private final Optional<String> target;

  /// @param target the column of the loss; if empty, the scenario's usual one
  Yahpo(Optional<String> target) {
    this.target = target;
  }

  /// @param task its column; empty where all rows are of one task
  /// @param scenario the task where there is no column
  private record Roles(Optional<Integer> task, String scenario, List<Integer> fidelities, Map<String, Integer> parameters, int target) {
    String task(CsvReader csv, List<String> row) {
      String name = task.map(row::get).orElse(scenario);
      if (MISSING.contains(name)) {
        throw csv.wrong("does not name its task");
      }
      return name;
    }
  }

  /// @param farthest the highest fidelities of each task
  /// @param largest value of the target
  private record Survey(Map<String, double[]> farthest, double largest) {}

  @Override
  public void read(Path source, ImportFolder to) throws IOException, InterruptedException {
    Path data = source.resolve("data.csv");
    Path config = source.resolve("config_space.json");
    List<String> problems =
        Stream.of(data, config)
            .filter(f -> !Files.isRegularFile(f))
            .map(f -> f + ": no such file; SOURCE is a scenario's folder, with config_space.json and data.csv")
            .toList();
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    List<String> header = header(data);
    List<String> apart = Stream.of(TASKS, FIDELITIES, REPETITIONS).flatMap(List::stream).filter(header::contains).toList();
    SearchSpace space = ConfigSpace.read(config, new HashSet<>(apart));
    Roles roles = roles(data, header, apart, space, String.valueOf(source.toAbsolutePath().normalize().getFileName()));
    Survey survey = survey(data, roles);
    Target loss = Target.ofLargest(header.get(roles.target), survey.largest);
    String farthest = roles.fidelities.isEmpty() ? "" : ", rows with the highest " + String.join(" and ", roles.fidelities.stream().map(header::get).toList());
    to.note("the loss is " + loss.text() + farthest);
    SuiteDraft suite = to.suite("", space, "YAHPO Gym, scenario " + roles.scenario + "; loss is " + loss.text() + farthest, Map.of());
    write(data, roles, survey, loss, suite);
  }

  private static List<String> header(Path data) throws IOException {
    try (CsvReader csv = new CsvReader(data)) {
      return csv.header();
    }
  }

  private Roles roles(Path data, List<String> header, List<String> apart, SearchSpace space, String scenario) {
    List<String> problems = new ArrayList<>();
    Map<String, Integer> parameters = new LinkedHashMap<>();
    for (Parameter p : space.parameters()) {
      parameters.put(p.name(), header.indexOf(p.name()));
      if (!header.contains(p.name())) {
        problems.add(data + ":1: has no column '" + p.name() + "', a parameter of config_space.json");
      }
    }
    List<String> wanted = target.map(List::of).orElse(TARGETS);
    Optional<String> found = wanted.stream().filter(header::contains).findFirst();
    if (found.isEmpty()) {
      List<String> others = header.stream().filter(h -> !parameters.containsKey(h) && !apart.contains(h)).toList();
      problems.add(data + ":1: has no column " + String.join(" or ", wanted) + "; name the loss with --target, one of " + String.join(", ", others));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    Optional<Integer> task = TASKS.stream().filter(header::contains).findFirst().map(header::indexOf);
    List<Integer> fidelities = FIDELITIES.stream().filter(header::contains).map(header::indexOf).toList();
    return new Roles(task, scenario, fidelities, parameters, header.indexOf(found.orElseThrow()));
  }

  private static Survey survey(Path data, Roles roles) throws IOException, InterruptedException {
    Map<String, double[]> farthest = new HashMap<>();
    double largest = Double.NEGATIVE_INFINITY;
    try (CsvReader csv = new CsvReader(data)) {
      for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
        double[] fidelities = fidelities(csv, row.get(), roles);
        farthest.merge(roles.task(csv, row.get()), fidelities, Yahpo::farther);
        largest = Math.max(largest, Values.number(row.get().get(roles.target)).orElse(largest));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    return new Survey(farthest, largest);
  }

  /// In the order of the columns: of two, the one that is higher in the first in which they differ.
  private static double[] farther(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i]) {
        return a[i] > b[i] ? a : b;
      }
    }
    return a;
  }

  private static double[] fidelities(CsvReader csv, List<String> row, Roles roles) {
    return roles.fidelities.stream()
        .mapToDouble(i -> Values.number(row.get(i)).orElseThrow(() -> csv.wrong("column '" + csv.header().get(i) + "': needs a number, got '" + row.get(i) + "'")))
        .toArray();
  }

  private static void write(Path data, Roles roles, Survey survey, Target loss, SuiteDraft suite) throws IOException, InterruptedException {
    Map<String, TableDraft> tables = new LinkedHashMap<>();
    try (CsvReader csv = new CsvReader(data)) {
      for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
        String task = roles.task(csv, row.get());
        if (Arrays.equals(fidelities(csv, row.get(), roles), survey.farthest.get(task))) {
          TableDraft table = tables.get(task);
          if (table == null) {
            table = suite.table(task);
            tables.put(task, table);
          }
          add(table, csv, row.get(), roles, loss, suite.space());
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      for (TableDraft table : tables.values()) {
        table.finish();
      }
    } finally {
      for (TableDraft table : tables.values()) {
        table.close();
      }
    }
  }

  private static void add(TableDraft table, CsvReader csv, List<String> row, Roles roles, Target loss, SearchSpace space) throws IOException {
    try {
      Map<String, Value> values = new LinkedHashMap<>();
      for (Parameter p : space.parameters()) {
        if (p.condition().map(c -> c.holds(new Configuration(values))).orElse(true)) {
          String cell = row.get(roles.parameters.getOrDefault(p.name(), 0));
          if (MISSING.contains(cell)) {
            throw new IllegalArgumentException("parameter '" + p.name() + "' has no value");
          }
          values.put(p.name(), Values.of(p, cell));
        }
      }
      table.add(new Configuration(values), target(row.get(roles.target), loss));
    } catch (IllegalArgumentException e) {
      table.leaveOut(csv.place() + ": " + e.getMessage());
    }
  }

  private static double target(String cell, Target loss) {
    if (MISSING.contains(cell) || cell.toLowerCase(Locale.ROOT).matches("[-+]?inf(inity)?")) {
      return Double.NaN;
    }
    return loss.loss(Values.number(cell).orElseThrow(() -> new IllegalArgumentException("'" + loss.name() + "' needs a number, got '" + cell + "'")));
  }
}
