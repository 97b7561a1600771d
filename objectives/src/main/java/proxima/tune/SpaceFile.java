package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import proxima.cli.InputException;
import proxima.cli.TextFile;
import proxima.objective.EditDistance;
import proxima.space.JsonFields;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;

/// A search space that a user has written, in the form of `SpaceJson`. What is wrong is noted, one line for each problem, and reading goes on.
final class SpaceFile {

  private static final List<String> NUMBER = List.of("name", "type", "low", "high", "log", "when");
  private static final List<String> CATEGORICAL = List.of("name", "type", "choices", "when");
  private static final List<String> CONDITION = List.of("parameter", "values");
  private static final String EXAMPLE = "[{\"name\": \"learningRate\", \"type\": \"real\", \"low\": 1e-5, \"high\": 0.1, \"log\": true}]";

  /// 2,000: each parameter is looked at beside those before it, and no strategy searches so many.
  private static final int MOST_COORDINATES = 2000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path file;
  private final List<String> problems = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  // The parameters that are wrong themselves: a condition on one of them is no further problem.
  private final Set<String> faulty = new HashSet<>();

  private SpaceFile(Path file) {
    this.file = file;
  }

  /// @throws InputException with one line for each problem of the file.
  static SearchSpace read(Path file) {
    return new SpaceFile(file).space();
  }

  private SearchSpace space() {
    JsonNode json = parse();
    if (!json.isArray() || json.isEmpty()) {
      throw new InputException(file + ": a space is a list of one or more parameters, such as " + EXAMPLE + ", got " + JsonFields.brief(json));
    }
    for (JsonNode node : json) {
      add(node);
      if (parameters.stream().mapToInt(Parameter::width).sum() > MOST_COORDINATES) {
        throw new InputException(file + ": has more than " + MOST_COORDINATES + " coordinates, one for each number and each choice; leave some parameters as they are");
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return new SearchSpace(parameters);
  }

  private JsonNode parse() {
    String text = TextFile.written(file);
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json.isMissingNode()) {
        throw new InputException(file + ": is empty; a space is a list of parameters, such as " + EXAMPLE);
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new InputException(file + JsonFields.place(e) + ": is not JSON: " + JsonFields.fault(e));
    }
  }

  private void add(JsonNode node) {
    int before = problems.size();
    String name = node.path("name").asText();
    if (node.isObject()) {
      checkFields(node, "parameter '" + name + "'", node.path("type").asText().equals("categorical") ? CATEGORICAL : NUMBER);
      checkFields(node.path("when"), "'when' of parameter '" + name + "'", CONDITION);
    }
    try {
      Parameter parameter = SpaceJson.parameter(node);
      if (parameter.condition().isEmpty() || !faulty.contains(parameter.condition().get().parameter())) {
        List<Parameter> longer = new ArrayList<>(parameters);
        longer.add(parameter);
        parameters.add(new SearchSpace(longer).parameters().getLast());
      }
    } catch (IllegalArgumentException e) {
      problems.add(file + ": " + e.getMessage());
    }
    if (problems.size() > before) {
      faulty.add(name);
    }
  }

  private void checkFields(JsonNode node, String where, List<String> known) {
    List<String> free = known.stream().filter(k -> !node.has(k)).toList();
    node.fieldNames().forEachRemaining(field -> {
      if (!known.contains(field)) {
        problems.add(file + ": " + where + " has no field '" + field + "'" + EditDistance.hint(field, free) + "; it has " + String.join(", ", known));
      }
    });
  }
}
