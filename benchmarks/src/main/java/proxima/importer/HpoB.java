package proxima.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import proxima.cli.InputException;

/// HPO-B: `{space: {task: {"X": [[…], …], "y": [[accuracy], …]}}}`, each column of X scaled to [0, 1]. A folder of tables for each space; a loss is
/// 1 less the accuracy. Names of the columns are those of `meta-dataset-descriptors.json` beside the file, if it is there.
final class HpoB implements Importer {

  /// A task that stands in several is read once, so the file with the fewest tasks comes first.
  private static final List<String> FILES =
      List.of("meta-test-dataset.json", "meta-validation-dataset.json", "meta-train-dataset.json", "meta-train-dataset-augmented.json");

  private static final String DESCRIPTORS = "meta-dataset-descriptors.json";

  @Override
  public void read(Path source, ImportFolder to) throws IOException, InterruptedException {
    List<Path> files = files(source);
    Path descriptors = files.getFirst().resolveSibling(DESCRIPTORS);
    Reading reading = new Reading(Files.isRegularFile(descriptors) ? JsonReader.tree(descriptors) : MissingNode.getInstance(), to);
    for (Path file : files) {
      reading.repeated = 0;
      JsonReader.read(file, json -> json.object("search spaces by their ids", space ->
          json.object("the tasks of space '" + space + "'", task -> reading.task(json, space, task))));
      if (reading.repeated > 0) {
        to.note(file.getFileName() + ": " + reading.repeated + " of its tasks " + (reading.repeated == 1 ? "stands in a file" : "stand in files") + " before it");
      }
    }
  }

  private static List<Path> files(Path source) {
    if (Files.isRegularFile(source)) {
      return List.of(source);
    }
    List<Path> files = FILES.stream().map(source::resolve).filter(Files::isRegularFile).toList();
    if (files.isEmpty()) {
      throw new InputException(source + ": has none of " + String.join(", ", FILES) + "; name the folder hpob-data, or a file of its layout");
    }
    return files;
  }

  /// Where the reading of the files stands.
  private static final class Reading {

    private final JsonNode descriptors;
    private final ImportFolder to;
    private final Map<String, HpoBSpace> spaces = new HashMap<>();
    private final Map<String, SuiteDraft> suites = new HashMap<>();
    private final Set<List<String>> tasks = new HashSet<>();
    private int repeated;

    Reading(JsonNode descriptors, ImportFolder to) {
      this.descriptors = descriptors;
      this.to = to;
    }

    void task(JsonReader json, String space, String task) throws IOException, InterruptedException {
      if (!tasks.add(List.of(space, task))) {
        repeated++;
        json.skip();
        return;
      }
      List<double[]> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      Set<String> missing = new TreeSet<>(Set.of("X", "y"));
      json.object("'X' and 'y' of task '" + task + "'", field -> {
        missing.remove(field);
        switch (field) {
          case "X" -> json.list("'X'", () -> x.add(numbers(json, "a row of 'X'")));
          case "y" -> json.list("'y'", () -> y.add(accuracy(json)));
          default -> json.skip();
        }
      });
      if (!missing.isEmpty()) {
        throw json.wrong("task '" + task + "' of space '" + space + "' has no " + missing + "; is this a file of HPO-B?");
      }
      if (x.isEmpty() || x.size() != y.size()) {
        to.add(new TableResult.LeftOut(space + "/" + task, "has " + x.size() + (x.size() == 1 ? " row" : " rows") + " in X and " + y.size() + " in y"));
        return;
      }
      try {
        HpoBSpace columns = space(space, x.getFirst().length);
        write(suite(space, columns), columns, task, x, y);
      } catch (IllegalArgumentException e) {
        to.add(new TableResult.LeftOut(space + "/" + task, String.valueOf(e.getMessage())));
      }
    }

    private static double[] numbers(JsonReader json, String what) throws IOException, InterruptedException {
      List<Double> numbers = new ArrayList<>();
      json.list(what, () -> numbers.add(json.number("a value of " + what)));
      return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The published files have a list of one number for each row, those that their tutorial makes have the number.
    private static double accuracy(JsonReader json) throws IOException, InterruptedException {
      if (!json.isList()) {
        return json.number("an accuracy");
      }
      double[] numbers = numbers(json, "an element of 'y'");
      return numbers.length == 1 ? numbers[0] : Double.NaN;
    }

    private HpoBSpace space(String space, int dimension) {
      return spaces.computeIfAbsent(space, _ -> descriptors.has(space) ? HpoBSpace.of(descriptors.path(space)) : HpoBSpace.of(dimension));
    }

    private SuiteDraft suite(String name, HpoBSpace space) throws IOException {
      SuiteDraft known = suites.get(name);
      if (known != null) {
        return known;
      }
      SuiteDraft made =
          to.suite(name, space.space(), "HPO-B, search space " + name + "; loss is 1 - accuracy; numbers as recorded, scaled to [0, 1]", space.notes());
      suites.put(name, made);
      return made;
    }

    private static void write(SuiteDraft suite, HpoBSpace columns, String task, List<double[]> x, List<Double> y) throws IOException {
      Target target = Target.of("accuracy", 1);
      try (TableDraft table = suite.table(task)) {
        for (int i = 0; i < x.size(); i++) {
          try {
            table.add(columns.configuration(x.get(i)), target.loss(y.get(i)));
          } catch (IllegalArgumentException e) {
            table.leaveOut("row " + (i + 1) + " of X: " + e.getMessage());
          }
        }
        table.finish();
      }
    }
  }
}
