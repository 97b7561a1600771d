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
import java.util.Map;
import java.util.Set;
import proxima.cli.InputException;
import proxima.cli.TextFile;
import proxima.objective.EditDistance;
import proxima.space.JsonFields;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;
import proxima.strategy.Expected;

/// A search space that a user has written, in the form of `SpaceJson`, and hints to its parameters. What is wrong is noted, one line for each problem, and reading goes on.
final class SpaceFile {

  private static final List<String> NUMBER = List.of("name", "type", "low", "high", "log", "when", "expected", "confidence", "cost");
  private static final List<String> CATEGORICAL = List.of("name", "type", "choices", "when", "expected", "confidence");
  private static final List<String> CONDITION = List.of("parameter", "values");
  private static final String EXAMPLE = "[{\"name\": \"learningRate\", \"type\": \"real\", \"low\": 1e-5, \"high\": 0.1, \"log\": true}]";

  /// 2,000: each parameter is looked at beside those before it, and no strategy searches so many.
  private static final int MOST_COORDINATES = 2000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path file;
  private final List<String> problems = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private Hints hints = Hints.NONE;
  // The parameters that are wrong themselves: a condition on one of them is no further problem.
  private final Set<String> faulty = new HashSet<>();

  private SpaceFile(Path file) {
    this.file = file;
  }

  record Content(SearchSpace space, Hints hints) {}

  /// @throws InputException with one line for each problem of the file.
  static Content read(Path file) {
    return new SpaceFile(file).content();
  }

  private Content content() {
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
    return new Content(new SearchSpace(parameters), hints);
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
        hints = hints.and(hints(parameter, node));
      }
    } catch (IllegalArgumentException e) {
      problems.add(file + ": " + e.getMessage());
    }
    if (problems.size() > before) {
      faulty.add(name);
    }
  }

  private static Hints hints(Parameter parameter, JsonNode node) {
    String where = "parameter '" + parameter.name() + "'";
    Expected.Confidence confidence = node.has("confidence") ? Expected.Confidence.of(JsonFields.text(node, "confidence", where)) : Expected.Confidence.MEDIUM;
    if (node.has("confidence") && !node.has("expected")) {
      throw new IllegalArgumentException("'confidence' of " + where + " is that of 'expected', and there is none; add it, or leave this out");
    }
    List<Expected> expected = node.has("expected") ? List.of(new Expected(parameter.name(), Hints.value(parameter, node.path("expected").asText()), confidence)) : List.of();
    return new Hints(expected, node.has("cost") ? Hints.cost(parameter, JsonFields.real(node, "cost", where)) : Map.of());
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
