package proxima.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.history.Values;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.JsonFields;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// What the columns of a search space of HPO-B are: numbers scaled to [0, 1]; flags, 1 where another column's value is missing; choices, with a column each.
final class HpoBSpace {

  private static final String CHOICE = ".ohe.";
  private static final String FLAG = ".na";

  private final int width;
  private final List<Column> columns;
  private final SearchSpace space;
  private final Map<String, String> notes;

  /// @param first its first column
  private record Column(Parameter parameter, int first) {}

  private HpoBSpace(int width, List<Column> columns, Map<String, String> notes) {
    this.width = width;
    this.columns = List.copyOf(columns);
    this.space = new SearchSpace(columns.stream().map(Column::parameter).toList());
    this.notes = Map.copyOf(notes);
  }

  /// Columns without names: `x1`, `x2`, …
  static HpoBSpace of(int width) {
    return new HpoBSpace(width, IntStream.range(0, width).mapToObj(i -> new Column(Parameter.real("x" + (i + 1), 0, 1), i)).toList(), Map.of());
  }

  /// @param descriptor the entry of the space in `meta-dataset-descriptors.json`
  /// @throws IllegalArgumentException if it is not of the form.
  static HpoBSpace of(JsonNode descriptor) {
    List<String> names = JsonFields.texts(descriptor, "variables_order", "the descriptor of the space");
    List<String> logarithmic = JsonFields.texts(descriptor, "variables_to_apply_log", "the descriptor of the space");
    List<Column> columns = new ArrayList<>();
    Map<String, String> notes = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); ) {
      String name = names.get(i);
      int mark = name.indexOf(CHOICE);
      if (mark >= 0) {
        String group = name.substring(0, mark + CHOICE.length());
        List<String> choices = names.subList(i, names.size()).stream().takeWhile(n -> n.startsWith(group)).map(n -> choice(n.substring(group.length()))).toList();
        columns.add(new Column(new CategoricalParameter(word(name.substring(0, mark)), choices, Optional.empty()), i));
        i += choices.size();
      } else {
        boolean flag = name.endsWith(FLAG);
        columns.add(new Column(flag ? Parameter.integer(word(name), 0, 1) : Parameter.real(word(name), 0, 1), i));
        range(descriptor.path("variables").path(name), logarithmic.contains(name)).filter(_ -> !flag).ifPresent(note -> notes.put(word(name), note));
        i++;
      }
    }
    return new HpoBSpace(names.size(), columns, notes);
  }

  private static Optional<String> range(JsonNode variable, boolean logarithmic) {
    JsonNode low = variable.path("min_before_tf");
    JsonNode high = variable.path("max_before_tf");
    return low.isNumber() && high.isNumber()
        ? Optional.of("0 is " + low.asDouble() + ", 1 is " + high.asDouble() + (logarithmic ? ", in log(x + 1e-4)" : ""))
        : Optional.empty();
  }

  private static String choice(String name) {
    return word(name.startsWith("_") ? name.substring(1) : name);
  }

  /// A name that can stand in a table, whose column `loss` is the loss.
  private static String word(String name) {
    String word = name.replaceAll("[,\"\\s]+", " ").strip();
    return word.equals("loss") ? "loss_" : word;
  }

  SearchSpace space() {
    return space;
  }

  /// By parameter, what its ends are.
  Map<String, String> notes() {
    return notes;
  }

  /// @throws IllegalArgumentException if the row is none of the space.
  Configuration configuration(double[] row) {
    if (row.length != width) {
      throw new IllegalArgumentException("has " + row.length + " values, the space " + width + " columns");
    }
    Map<String, Value> values = new LinkedHashMap<>();
    for (Column c : columns) {
      values.put(c.parameter.name(), switch (c.parameter) {
        case RealParameter p -> Values.real(p, row[c.first]);
        case IntegerParameter p -> Values.of(p, Double.toString(row[c.first]));
        case CategoricalParameter p -> new Value.Category(choice(p, row, c.first));
      });
    }
    return new Configuration(values);
  }

  private static String choice(CategoricalParameter p, double[] row, int first) {
    List<String> chosen = IntStream.range(0, p.choices().size()).filter(k -> row[first + k] == 1).mapToObj(p.choices()::get).toList();
    if (chosen.size() != 1) {
      throw new IllegalArgumentException("parameter '" + p.name() + "' has the choices " + chosen + " at once");
    }
    return chosen.getFirst();
  }
}
