package proxima.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import proxima.objective.EditDistance;

/// One mapping of a YAML file, read key by key. What is wrong goes to `Problems` with its line, and a stand-in value is returned, so that
/// reading goes on; a caller uses what it read only after `Problems.check`.
public final class Section {

  /// 2^22: more than a file without aliases has room for.
  private static final int MOST_VALUES = 1 << 22;

  /// 100: twice as deep as the YAML parser lets a file without aliases be.
  private static final int MOST_LEVELS = 100;

  /// 60 letters, in which a value is known again.
  private static final int MOST_SHOWN = 60;

  private static final Pattern LITERAL = Pattern.compile("true|True|TRUE|false|False|FALSE|[-+]?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?");

  private final Problems problems;
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private boolean faulty;
  // Whether this is no mapping at all, so that nothing more is to be said of its keys.
  private boolean unreadable;

  private Section(Problems problems, String path, Node node) {
    this.problems = problems;
    this.path = path;
    this.line = line(node);
    if (!(node instanceof MappingNode mapping)) {
      problems.add(line, path, "needs keys and values, got " + show(node));
      faulty = true;
      unreadable = true;
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple);
      if (values.put(key, tuple.getValueNode()) != null) {
        problems.add(line(tuple.getKeyNode()), path(key), "stands twice");
      }
      lines.put(key, line(tuple.getKeyNode()));
    }
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : show(tuple.getKeyNode());
  }

  /// The top of a file.
  /// @throws InputException if the file can not be read or is not YAML.
  public static Section read(Problems problems) {
    return new Section(problems, "", compose(problems.file()));
  }

  private static Node compose(Path file) {
    String text = TextFile.written(file);
    try {
      Node node = compose(text).orElseThrow(() -> new InputException(file + ": is empty"));
      countValues(node, 0, file);
      return node;
    } catch (MarkedYAMLException e) {
      int at = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new InputException(file + ":" + at + ": is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new InputException(file + ": is not YAML that is read here: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /// The value of a text; empty where it holds none. How many aliases there are matters less than what they stand for.
  /// @throws YAMLException if it is no YAML
  public static Optional<Node> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
  }

  /// How many values there are with aliases written out.
  /// @throws InputException with the line of the innermost value that stands for too many, or of the one that is too many for the whole file.
  private static int countValues(Node node, int depth, Path file) {
    if (depth > MOST_LEVELS) {
      throw new InputException(file + ":" + line(node) + ": is nested deeper than " + MOST_LEVELS + " levels, as an alias is inside of what it stands for");
    }
    int values = 1;
    for (Node inner : inner(node)) {
      values += countValues(inner, depth + 1, file);
      if (values > MOST_VALUES) {
        throw new InputException(file + ":" + line(depth == 0 ? inner : node) + ": has aliases that stand for more than " + MOST_VALUES + " values; use fewer of them, or shorter ones");
      }
    }
    return values;
  }

  private static List<Node> inner(Node node) {
    return switch (node) {
      case SequenceNode sequence -> sequence.getValue();
      case MappingNode mapping -> mapping.getValue().stream().flatMap(t -> Stream.of(t.getKeyNode(), t.getValueNode())).toList();
      default -> List.of();
    };
  }

  /// The sections of a file that is a list, or a mapping that holds one at `key`.
  /// @throws InputException if the file can not be read or is not YAML.
  public static List<Section> readList(Problems problems, String key) {
    Node node = compose(problems.file());
    return node instanceof SequenceNode sequence ? list(problems, "", sequence) : new Section(problems, "", node).sections(key);
  }

  private static List<Section> list(Problems problems, String path, SequenceNode sequence) {
    List<Section> sections = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      sections.add(new Section(problems, path + "[" + sections.size() + "]", node));
    }
    return sections;
  }

  public boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /// The section at `key`; an empty one where there is none.
  public Section section(String key) {
    known.add(key);
    Node node = values.get(key);
    return node == null
        ? new Section(problems, path(key), new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK))
        : new Section(problems, path(key), node);
  }

  /// The sections of the list at `key`.
  public List<Section> sections(String key) {
    known.add(key);
    if (!(values.get(key) instanceof SequenceNode sequence)) {
      wrong(key, "needs a list");
      return List.of();
    }
    return list(problems, path(key), sequence);
  }

  /// Whether the value at `key` is itself a mapping.
  public boolean isSection(String key) {
    return values.get(key) instanceof MappingNode;
  }

  public Optional<String> text(String key) {
    known.add(key);
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    wrong(key, "needs a text, got " + show(node));
    return Optional.empty();
  }

  /// The file that the text at `key` names, from a directory on.
  public Optional<Path> file(String key, Path directory) {
    return text(key).flatMap(t -> file(key, directory, t));
  }

  /// The files that the texts at `key` name, from a directory on.
  public List<Path> files(String key, Path directory) {
    return texts(key).stream().flatMap(t -> file(key, directory, t).stream()).toList();
  }

  private Optional<Path> file(String key, Path directory, String text) {
    try {
      return Optional.of(directory.resolve(text));
    } catch (InvalidPathException e) {
      wrong(key, "needs a path of this system, got '" + text + "': " + e.getReason());
      return Optional.empty();
    }
  }

  public Path requiredFile(String key, Path directory) {
    return file(key, directory).orElseGet(() -> missing(key, directory));
  }

  /// The texts of a list; one text stands for a list of one.
  public List<String> texts(String key) {
    known.add(key);
    Node node = values.get(key);
    if (node instanceof SequenceNode sequence && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      return sequence.getValue().stream().map(n -> ((ScalarNode) n).getValue()).toList();
    }
    if (node instanceof ScalarNode scalar) {
      return List.of(scalar.getValue());
    }
    wrong(key, node == null ? "is missing" : "needs a list of texts, got " + show(node));
    return List.of();
  }

  /// Whether all of the list at `key` stand without quotes and are numbers, or `true` and `false`. `on` and `010` are texts: YAML's versions differ on them.
  public boolean isOfLiterals(String key) {
    return values.get(key) instanceof SequenceNode sequence
        && sequence.getValue().stream().allMatch(node -> node instanceof ScalarNode scalar && scalar.isPlain() && LITERAL.matcher(scalar.getValue()).matches());
  }

  /// One of the choices.
  public String choice(String key, String byDefault, String... choices) {
    Optional<String> text = text(key);
    if (text.isPresent() && !Arrays.asList(choices).contains(text.get())) {
      wrong(key, "'" + text.get() + "' is not one of " + String.join(", ", choices) + EditDistance.hint(text.get(), List.of(choices)));
      return byDefault;
    }
    return text.orElse(byDefault);
  }

  public boolean flag(String key, boolean byDefault) {
    return Boolean.parseBoolean(choice(key, Boolean.toString(byDefault), "true", "false"));
  }

  public double number(String key, double byDefault, Range range) {
    return text(key).map(t -> number(key, t, range).orElse(range.standIn())).orElse(byDefault);
  }

  public long integer(String key, long byDefault, long low, long high) {
    return text(key).map(t -> parseLong(key, t, low, high)).orElse(byDefault);
  }

  public long requiredInteger(String key, long low, long high) {
    return text(key).map(t -> parseLong(key, t, low, high)).orElseGet(() -> missing(key, low));
  }

  /// The two ends of a range, low < high.
  public double[] interval(String key, Range range) {
    List<String> ends = texts(key);
    if (ends.size() != 2) {
      if (values.containsKey(key)) {
        wrong(key, "needs [low, high], got " + ends);
      }
      return new double[] {range.standIn(), range.standIn() + 1};
    }
    Optional<Double> low = number(key, ends.get(0), range);
    Optional<Double> high = number(key, ends.get(1), range);
    if (low.isPresent() && high.isPresent()) {
      if (low.get() < high.get()) {
        return new double[] {low.get(), high.get()};
      }
      wrong(key, "needs low < high, got [" + ends.get(0) + ", " + ends.get(1) + "]");
    }
    return new double[] {range.standIn(), range.standIn() + 1};
  }

  /// What `make` gives; an `IllegalArgumentException` of it becomes a problem at this section's line and `standIn` is returned.
  /// Where a key of this section is wrong already, it is not tried.
  public <T> T build(Function<Section, T> make, T standIn) {
    if (faulty) {
      return standIn;
    }
    try {
      return make.apply(this);
    } catch (IllegalArgumentException e) {
      problems.add(line, path, String.valueOf(e.getMessage()));
      return standIn;
    }
  }

  /// The same for what is built from the value at `key`, at its line.
  public <T> T build(String key, Function<Section, T> make, T standIn) {
    if (faulty) {
      return standIn;
    }
    try {
      return make.apply(this);
    } catch (IllegalArgumentException e) {
      wrong(key, String.valueOf(e.getMessage()));
      return standIn;
    }
  }

  /// This section as a JSON object; a scalar without quotes is a number where it reads as one.
  /// @param texts keys whose scalars are texts, however they read
  public ObjectNode json(String... texts) {
    values.keySet().forEach(known::add);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> kept = Arrays.asList(texts);
    values.forEach((key, node) -> object.set(key, node instanceof ScalarNode scalar && kept.contains(key) ? TextNode.valueOf(scalar.getValue()) : json(node)));
    return object;
  }

  private static JsonNode json(Node node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (node) {
      case ScalarNode scalar -> scalar.isPlain() ? scalar(scalar.getValue()) : nodes.textNode(scalar.getValue());
      case SequenceNode sequence -> nodes.arrayNode().addAll(sequence.getValue().stream().map(Section::json).toList());
      case MappingNode mapping -> {
        ObjectNode object = nodes.objectNode();
        mapping.getValue().forEach(t -> object.set(key(t), json(t.getValueNode())));
        yield object;
      }
      default -> nodes.nullNode();
    };
  }

  private static JsonNode scalar(String text) {
    try {
      double number = Double.parseDouble(text);
      return number == Math.rint(number) && Math.abs(number) < 1e15 ? JsonNodeFactory.instance.numberNode((long) number) : JsonNodeFactory.instance.numberNode(number);
    } catch (NumberFormatException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  /// Notes that the value at `key` is wrong.
  public void wrong(String key, String message) {
    faulty = true;
    if (unreadable) {
      return;
    }
    problems.add(lines.getOrDefault(key, line), path(key), message);
  }

  /// Notes each key that nobody asked for, with the nearest one that is known.
  public void finish() {
    values.forEach((key, value) -> {
      if (!known.contains(key)) {
        wrong(key, "unknown key, its value is " + show(value) + EditDistance.hint(key, known) + "; known here: " + String.join(", ", known));
      }
    });
  }

  private <T> T missing(String key, T standIn) {
    if (!values.containsKey(key)) {
      wrong(key, "is missing");
    }
    return standIn;
  }

  private Optional<Double> number(String key, String text, Range range) {
    try {
      double value = Double.parseDouble(text);
      if (range.contains(value)) {
        return Optional.of(value);
      }
      wrong(key, "must be " + range + ", got " + text);
    } catch (NumberFormatException e) {
      wrong(key, "needs a number, got '" + text + "'");
    }
    return Optional.empty();
  }

  private long parseLong(String key, String text, long low, long high) {
    try {
      double value = Double.parseDouble(text.replace("_", ""));
      if (value != Math.rint(value)) {
        wrong(key, "needs a whole number, got " + text);
      } else if (value < low || value > high) {
        wrong(key, "must be " + (high == Long.MAX_VALUE ? low + " or more" : "from " + low + " to " + high) + ", got " + text);
      } else {
        return (long) value;
      }
    } catch (NumberFormatException e) {
      wrong(key, "needs a whole number, got '" + text + "'");
    }
    return low;
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  private static String show(Node node) {
    if (node instanceof ScalarNode scalar) {
      return "'" + scalar.getValue() + "'";
    }
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.length() <= MOST_SHOWN ? text.toString() : text.substring(0, MOST_SHOWN) + "...";
  }

  /// As much as is shown, and little more.
  private static void write(Node node, StringBuilder text) {
    if (text.length() > MOST_SHOWN) {
      return;
    }
    switch (node) {
      case ScalarNode scalar -> text.append(scalar.getValue());
      case SequenceNode sequence -> {
        String before = "[";
        for (Node value : sequence.getValue()) {
          write(value, text.append(before));
          before = ", ";
        }
        text.append(sequence.getValue().isEmpty() ? "[]" : "]");
      }
      case MappingNode mapping -> {
        String before = "{";
        for (NodeTuple tuple : mapping.getValue()) {
          write(tuple.getKeyNode(), text.append(before));
          write(tuple.getValueNode(), text.append(": "));
          before = ", ";
        }
        text.append(mapping.getValue().isEmpty() ? "{}" : "}");
      }
      default -> text.append("a mapping");
    }
  }
}
