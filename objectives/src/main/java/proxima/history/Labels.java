package proxima.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.cli.InputException;
import proxima.objective.EditDistance;
import proxima.prior.ScaleContext;
import proxima.scaling.Scale;
import proxima.space.CategoricalParameter;
import proxima.space.Condition;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// What a user says of imported histories beyond what they hold: what their parameters are called here, and the scale they were tuned at.
///
/// @param names new ones by old ones
record Labels(Map<String, String> names, Optional<Scale> scale) {

  /// That gives new names.
  static final String OPTION = "--rename";

  /// Of texts such as `lr=learningRate`.
  /// @throws InputException with a line for each that is not of this form.
  static Labels of(List<String> renamed, Optional<Scale> scale) {
    Map<String, String> names = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String text : renamed) {
      String[] pair = text.split("=", -1);
      if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
        problems.add(OPTION + ": needs OLD=NEW, got '" + text + "'");
      } else if (names.put(pair[0].strip(), pair[1].strip()) != null) {
        problems.add(OPTION + ": " + pair[0].strip() + " stands twice");
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return new Labels(names, scale);
  }

  /// What was imported, with these labels.
  /// @throws InputException if no history has a parameter that is to be renamed.
  List<Imported> on(List<Imported> all) {
    List<Imported.Read> read = all.stream().filter(Imported.Read.class::isInstance).map(Imported.Read.class::cast).toList();
    List<String> known = read.stream().flatMap(r -> r.history().space().parameters().stream()).map(Parameter::name).distinct().toList();
    List<String> problems = names.keySet().stream().filter(n -> !read.isEmpty() && !known.contains(n))
        .map(n -> OPTION + ": no parameter is called '" + n + "'" + EditDistance.hint(n, known) + "; there are " + String.join(", ", known)).toList();
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return all.stream().map(this::on).toList();
  }

  private Imported on(Imported imported) {
    return switch (imported) {
      case Imported.Read(TaskHistory history, List<String> notes) -> Imported.of(history.task(), () -> new Imported.Read(on(history), notes));
      case Imported.LeftOut out -> out;
    };
  }

  private TaskHistory on(TaskHistory history) {
    SearchSpace space = new SearchSpace(history.space().parameters().stream().map(this::renamed).toList());
    List<TaskHistory.Entry> entries = history.entries().stream().map(e -> new TaskHistory.Entry(renamed(e.configuration()), e.outcome(), e.seed())).toList();
    Map<String, Value> context = new LinkedHashMap<>(history.context());
    scale.ifPresent(s -> context.putAll(ScaleContext.of(s)));
    return new TaskHistory(history.task(), space, context, entries);
  }

  private Parameter renamed(Parameter p) {
    String name = named(p.name());
    Optional<Condition> condition = p.condition().map(c -> new Condition(named(c.parameter()), c.values()));
    return switch (p) {
      case RealParameter r -> new RealParameter(name, r.low(), r.high(), r.log(), condition);
      case IntegerParameter i -> new IntegerParameter(name, i.low(), i.high(), i.log(), condition);
      case CategoricalParameter c -> new CategoricalParameter(name, c.choices(), condition);
    };
  }

  private Configuration renamed(Configuration configuration) {
    Map<String, Value> values = new LinkedHashMap<>();
    configuration.values().forEach((name, value) -> values.put(named(name), value));
    return new Configuration(values);
  }

  private String named(String name) {
    return names.getOrDefault(name, name);
  }
}
