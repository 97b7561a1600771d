package proxima.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.history.Values;
import proxima.objective.EditDistance;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// LCBench: `{task: {run: {"config": {…}, "log": {"Train/val_accuracy": […], …}, "results": {"final_val_accuracy": …, …}}}}`.
///
/// The loss is of the last epoch: `final_NAME` of the results, or else the last of `Train/NAME` in the log. Accuracies are in percent, balanced accuracies are
/// shares.
final class LcBench implements Importer {

  /// What LCBench drew configurations from (its README, "Dataset overview"); the other settings are the same in all runs.
  private static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.logInteger("batch_size", 16, 512),
          Parameter.log("learning_rate", 1e-4, 1e-1),
          Parameter.real("momentum", 0.1, 0.99),
          Parameter.real("weight_decay", 1e-5, 1e-1),
          Parameter.integer("num_layers", 1, 5),
          Parameter.logInteger("max_units", 64, 1024),
          Parameter.real("max_dropout", 0, 1));

  private final Target target;
  private final String result;
  private final String curve;
  private boolean found;

  /// @param target such as `val_balanced_accuracy`
  LcBench(String target) {
    this.target = Target.of(target, target.contains("balanced") ? 1 : 100);
    this.result = "final_" + target;
    this.curve = "Train/" + target;
  }

  @Override
  public void read(Path source, ImportFolder to) throws IOException, InterruptedException {
    if (!Files.isRegularFile(source)) {
      throw new InputException(source + ": is a folder; name the file, such as data_2k_lw.json");
    }
    to.note("the loss is " + target.text());
    SuiteDraft suite = to.suite("", SPACE, "LCBench, one MLP trained on OpenML data sets; loss is " + target.text() + " after the last epoch", Map.of());
    JsonReader.read(source, json -> json.object("data sets by their names", task -> task(json, task, suite)));
  }

  private void task(JsonReader json, String task, SuiteDraft suite) throws IOException, InterruptedException {
    try (TableDraft table = suite.table(task)) {
      json.object("the runs of data set '" + task + "'", run -> {
        String name = "run " + run + " of '" + task + "'";
        Run read = run(json, name);
        OptionalDouble value = value(json, name, read);
        try {
          table.add(configuration(read.config), target.loss(value.orElseThrow(() -> new IllegalArgumentException("has no " + target.name()))));
        } catch (IllegalArgumentException e) {
          table.leaveOut("run " + run + ": " + e.getMessage());
        }
      });
      table.finish();
    }
  }

  /// @param found the quantity, by where it stood
  /// @param names of all quantities, to name in messages
  private record Run(Map<String, String> config, Map<String, Double> found, Set<String> names) {}

  private Run run(JsonReader json, String name) throws IOException, InterruptedException {
    Run run = new Run(new HashMap<>(), new HashMap<>(), new TreeSet<>());
    json.object("config, log and results of " + name, field -> {
      switch (field) {
        case "config" -> json.object("the config of " + name, key -> {
          if (isParameter(key)) {
            run.config.put(key, json.scalar(key));
          } else {
            json.skip();
          }
        });
        case "results" -> json.object("the results of " + name, key -> {
          run.names.add(key.replaceFirst("^final_", ""));
          if (key.equals(result)) {
            run.found.put(key, json.number(key));
          } else {
            json.skip();
          }
        });
        case "log" -> json.object("the log of " + name, key -> {
          run.names.add(key.replaceFirst("^Train/", ""));
          if (key.equals(curve)) {
            run.found.put(key, Double.NaN);
            json.list(key, () -> run.found.put(key, json.number("a value of " + key)));
          } else {
            json.skip();
          }
        });
        default -> json.skip();
      }
    });
    if (run.config.isEmpty()) {
      throw json.wrong(name + " has no 'config' with LCBench's parameters; is this a file of LCBench?");
    }
    return run;
  }

  /// Empty where this run alone lacks it. Where none has had it yet the target is taken for misspelt.
  private OptionalDouble value(JsonReader json, String name, Run run) {
    OptionalDouble value = Stream.of(result, curve).filter(run.found::containsKey).mapToDouble(run.found::get).findFirst();
    found |= value.isPresent();
    if (!found) {
      throw json.wrong(name + " has no " + result + " in its results and no " + curve + " in its log" + EditDistance.hint(target.name(), run.names));
    }
    return value;
  }

  private static boolean isParameter(String name) {
    return SPACE.parameters().stream().anyMatch(p -> p.name().equals(name));
  }

  private static Configuration configuration(Map<String, String> config) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter p : SPACE.parameters()) {
      // A 1 may stand there as true: Python takes them for the same.
      String text = config.getOrDefault(p.name(), "nothing");
      values.put(p.name(), Values.of(p, text.equals("true") ? "1" : text));
    }
    return new Configuration(values);
  }
}
