package proxima.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import proxima.cli.InputException;
import proxima.history.Values;
import proxima.space.CategoricalParameter;
import proxima.space.Condition;
import proxima.space.IntegerParameter;
import proxima.space.JsonFields;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;

/// Spaces in the JSON of the Python package ConfigSpace, formats 0.2 to 0.4: lists of hyperparameters, conditions and forbidden clauses.
///
/// A parameter with one value is left out; the order of an ordinal one is lost. A parameter may depend on several others where one of them implies the rest,
/// as where a kernel's width depends on the kernel, and that on the learner.
final class ConfigSpace {

  private final Set<String> apart;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, List<Condition>> conditions = new HashMap<>();

  private ConfigSpace(Set<String> apart) {
    this.apart = apart;
  }

  /// @param apart hyperparameters that are no parameters of the space
  /// @throws InputException with a line for each thing that a search space can not say.
  static SearchSpace read(Path file, Set<String> apart) throws IOException {
    ConfigSpace reading = new ConfigSpace(apart);
    JsonNode json = JsonReader.tree(file);
    try {
      json.path("hyperparameters").forEach(reading::parameter);
      json.path("conditions").forEach(reading::condition);
      if (!json.path("forbiddens").isEmpty()) {
        reading.problems.add("has forbidden clauses, which a search space can not say");
      }
      return reading.space();
    } catch (IllegalArgumentException e) {
      throw new InputException(reading.problems.isEmpty() ? List.of(file + ": " + e.getMessage()) : reading.problems.stream().map(p -> file + ": " + p).toList());
    }
  }

  private SearchSpace space() {
    List<Parameter> ordered = ordered();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("has problems");
    }
    return new SearchSpace(ordered);
  }

  private void parameter(JsonNode json) {
    try {
      String name = JsonFields.text(json, "name", "a hyperparameter");
      if (!apart.contains(name)) {
        parameter(json, name).ifPresent(p -> parameters.put(name, p));
      }
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Parameter> parameter(JsonNode json, String name) {
    String where = "hyperparameter '" + name + "'";
    if (name.matches(".*[,\"\\s].*") || name.equals("loss")) {
      throw new IllegalArgumentException(where + " has a name that can not be a column of a table beside 'loss'");
    }
    boolean log = json.path("log").asBoolean();
    String type = JsonFields.text(json, "type", where);
    return switch (type) {
      case "uniform_float" ->
          Optional.of(new RealParameter(name, JsonFields.real(json, "lower", where), JsonFields.real(json, "upper", where), log, Optional.empty()));
      case "uniform_int" ->
          Optional.of(new IntegerParameter(name, JsonFields.whole(json, "lower", where), JsonFields.whole(json, "upper", where), log, Optional.empty()));
      case "categorical" -> categorical(name, JsonFields.field(json, "choices", where));
      case "ordinal" -> categorical(name, JsonFields.field(json, "sequence", where));
      case "constant", "unparametrized" -> Optional.empty();
      default ->
          throw new IllegalArgumentException(where + " has the type '" + type + "'; a search space has uniform_float, uniform_int, categorical, ordinal and constant ones");
    };
  }

  private static Optional<Parameter> categorical(String name, JsonNode choices) {
    List<String> texts = texts(choices);
    texts.stream().filter(t -> t.matches("(?s).*[,\"\\v].*")).findFirst().ifPresent(t -> {
      throw new IllegalArgumentException("hyperparameter '" + name + "' has the choice '" + t + "', which can not be a cell of a table");
    });
    return texts.size() == 1 ? Optional.empty() : Optional.of(new CategoricalParameter(name, texts, Optional.empty()));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void condition(JsonNode json) {
    try {
      String child = JsonFields.text(json, "child", "a condition");
      if (!apart.contains(child)) {
        conditions.computeIfAbsent(child, _ -> new ArrayList<>()).addAll(conjuncts(json, "the condition of '" + child + "'"));
      }
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private List<Condition> conjuncts(JsonNode json, String where) {
    String type = JsonFields.text(json, "type", where);
    return switch (type) {
      case "EQ" -> List.of(on(JsonFields.text(json, "parent", where), List.of(JsonFields.field(json, "value", where).asText())));
      case "IN" -> List.of(on(JsonFields.text(json, "parent", where), texts(JsonFields.field(json, "values", where))));
      case "NEQ" -> List.of(not(JsonFields.text(json, "parent", where), JsonFields.field(json, "value", where).asText(), where));
      case "AND" -> {
        List<Condition> all = new ArrayList<>();
        JsonFields.field(json, "conditions", where).forEach(c -> all.addAll(conjuncts(c, where)));
        yield all;
      }
      default -> throw new IllegalArgumentException(where + " is of the type " + type + "; a search space has EQ, NEQ, IN, and AND of them");
    };
  }

  /// With the values as the parent has them among its choices.
  private Condition on(String parent, List<String> values) {
    return new Condition(parent, parameters.get(parent) instanceof CategoricalParameter p ? values.stream().map(v -> Values.choice(p, v)).toList() : values);
  }

  private Condition not(String parent, String value, String where) {
    if (parameters.get(parent) instanceof CategoricalParameter p) {
      return new Condition(parent, p.choices().stream().filter(c -> !c.equals(Values.choice(p, value))).toList());
    }
    throw new IllegalArgumentException(where + " is on '" + parent + "', which is no categorical hyperparameter");
  }

  /// Parents first.
  private List<Parameter> ordered() {
    Map<String, Parameter> placed = new LinkedHashMap<>();
    List<Parameter> left = new ArrayList<>(parameters.values());
    while (!left.isEmpty()) {
      List<Parameter> next = left.stream().filter(p -> on(p).allMatch(c -> placed.containsKey(c.parameter()))).toList();
      if (next.isEmpty()) {
        problems.add("the conditions of " + left.stream().map(Parameter::name).toList() + " are on one another, or on what is no parameter");
        break;
      }
      next.forEach(p -> placed.put(p.name(), conditional(p, placed)));
      left.removeAll(next);
    }
    return List.copyOf(placed.values());
  }

  private Stream<Condition> on(Parameter p) {
    return conditions.getOrDefault(p.name(), List.of()).stream().distinct();
  }

  private Parameter conditional(Parameter p, Map<String, Parameter> placed) {
    List<Condition> needed = on(p).filter(c -> on(p).noneMatch(other -> implies(other, c, placed))).toList();
    if (needed.size() > 1) {
      List<String> parents = needed.stream().map(Condition::parameter).toList();
      problems.add("hyperparameter '" + p.name() + "' depends on each of " + parents + "; in a search space it can depend on one");
    }
    return needed.isEmpty() ? p : p.when(needed.getFirst().parameter(), needed.getFirst().values().toArray(String[]::new));
  }

  /// Whether a condition holds wherever another does, since that one's parameter is there only then.
  private static boolean implies(Condition condition, Condition implied, Map<String, Parameter> placed) {
    return Stream.iterate(above(condition, placed), Optional::isPresent, c -> above(c.orElseThrow(), placed))
        .anyMatch(c -> c.filter(up -> up.parameter().equals(implied.parameter()) && implied.values().containsAll(up.values())).isPresent());
  }

  private static Optional<Condition> above(Condition condition, Map<String, Parameter> placed) {
    return Optional.ofNullable(placed.get(condition.parameter())).flatMap(Parameter::condition);
  }
}
