package proxima.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.LineReader;
import proxima.cli.Problems;
import proxima.cli.TextFile;
import proxima.history.Values;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.JsonFields;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;
import proxima.space.Value;

/// A folder of recorded tables with one space: `space.json` and a CSV file a task, with a row a trial.
///
/// `space.json` has the list `parameters` in the form of `SpaceJson`, where `int` may stand for `integer`. A real
/// parameter whose note says "search in log(1 - beta)" is searched in the logarithm of 1 less its value. A table has a column for each
/// parameter, whose cell is not read where the parameter is not active, and `loss`, lower is better, empty where the trial diverged; other columns
/// are not read. Rows at one point are replicates, such as with other seeds: the first one counts, the others tell of noise.
public final class TableFolder {

  /// Recorded values are rounded: one may lie so far outside its range, as a share of it.
  private static final double ROUNDING = 0.01;

  /// Of a table with one fault in every row so many are told.
  private static final int SHOWN = 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String LOSS = "loss";

  private static final String FROM_ONE = "log(1 - beta)";

  private final Path folder;
  private final List<Column> columns;
  private final SearchSpace space;

  /// @param fromOne whether the parameter is 1 less the column's value
  private record Column(Parameter parameter, boolean fromOne) {}

  /// @param loss infinite where the trial diverged
  private record Row(int line, Point point, double loss) {}

  /// @throws InputException if the space can not be read.
  public TableFolder(Path folder) {
    this.folder = folder;
    Path file = folder.resolve("space.json");
    try {
      this.columns = columns(file);
      this.space = new SearchSpace(columns.stream().map(Column::parameter).toList());
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }

  public SearchSpace space() {
    return space;
  }

  /// Names of the tasks, sorted.
  public List<String> tasks() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).filter(f -> f.endsWith(".csv")).map(f -> f.substring(0, f.length() - 4)).sorted().toList();
    } catch (IOException e) {
      throw new InputException(folder + ": can not be read: " + IoFault.text(e));
    }
  }

  /// @throws InputException with the line and column of all that is wrong.
  public LossTable table(String name) {
    Path file = folder.resolve(name + ".csv");
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      throw new InputException(file + ": is empty; the first line names the columns");
    }
    List<String> header = cells(lines.getFirst());
    Problems problems = new Problems(file);
    Stream.concat(columns.stream().map(TableFolder::source), Stream.of(LOSS)).forEach(source -> look(header, source, problems));
    problems.check();
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      row(header, cells(lines.get(i)), i + 1, problems).ifPresent(rows::add);
    }
    checkSpan(rows, problems);
    problems.check(SHOWN);
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    rows.forEach(row -> losses.computeIfAbsent(row.point, _ -> new ArrayList<>()).add(row.loss));
    try {
      return new LossTable(space, losses);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }

  /// Empty where it has problems.
  private Optional<Row> row(List<String> header, List<String> cells, int line, Problems problems) {
    if (cells.size() != header.size()) {
      problems.add(line, "", "has " + cells.size() + " cells, the header " + header.size());
      return Optional.empty();
    }
    Map<String, Value> values = new LinkedHashMap<>();
    boolean whole = true;
    for (Column c : columns) {
      if (isActive(c.parameter, values)) {
        Optional<Value> value = read(line, source(c), problems, () -> value(c, cells.get(header.indexOf(source(c)))));
        value.ifPresent(v -> values.put(c.parameter.name(), v));
        whole &= value.isPresent();
      }
    }
    String cell = cells.get(header.indexOf(LOSS));
    Optional<Double> loss = read(line, LOSS, problems, () -> cell.isEmpty() ? Double.POSITIVE_INFINITY : number(cell));
    return whole ? loss.map(l -> new Row(line, space.encode(new Configuration(values)), l)) : Optional.empty();
  }

  /// Regrets are ratios of differences of losses.
  private static void checkSpan(List<Row> rows, Problems problems) {
    List<Row> finite = rows.stream().filter(r -> Double.isFinite(r.loss)).sorted(Comparator.comparingDouble(Row::loss)).toList();
    if (!finite.isEmpty() && Double.isInfinite(finite.getLast().loss - finite.getFirst().loss)) {
      Row highest = finite.getLast();
      problems.add(highest.line, "column 'loss'",
          "is " + highest.loss + ", and " + finite.getFirst().loss + " in line " + finite.getFirst().line + ": they are further apart than a number can say; where a trial diverged the cell is empty");
    }
  }

  private static <T> Optional<T> read(int line, String column, Problems problems, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (IllegalArgumentException e) {
      problems.add(line, "column '" + column + "'", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isActive(Parameter p, Map<String, Value> values) {
    return p.condition().map(c -> c.holds(new Configuration(values))).orElse(true);
  }

  /// @throws IllegalArgumentException if the cell is no value of the parameter.
  private static Value value(Column c, String cell) {
    return switch (c.parameter) {
      case RealParameter p -> {
        double v = number(cell);
        double inside = Math.clamp(c.fromOne ? 1 - v : v, p.low(), p.high());
        if (beyond(p, c.fromOne ? 1 - v : v, inside) > ROUNDING) {
          throw new IllegalArgumentException(
              "needs a number from " + (c.fromOne ? 1 - p.high() : p.low()) + " to " + (c.fromOne ? 1 - p.low() : p.high()) + ", as in space.json, got '" + cell + "'");
        }
        yield new Value.Real(inside);
      }
      case IntegerParameter p -> {
        double v = number(cell);
        if (v != Math.rint(v) || v < p.low() || v > p.high()) {
          throw new IllegalArgumentException("needs a whole number from " + p.low() + " to " + p.high() + ", got '" + cell + "'");
        }
        yield new Value.Whole((long) v);
      }
      case CategoricalParameter p -> {
        if (!p.choices().contains(cell)) {
          throw new IllegalArgumentException("must be one of " + p.choices() + ", got '" + cell + "'");
        }
        yield new Value.Category(cell);
      }
    };
  }

  /// How far a value lies from the nearest in the range, on the parameter's own scale, as a share of the range.
  private static double beyond(RealParameter p, double v, double nearest) {
    return p.log() ? Math.abs(Math.log(Math.max(0, v) / nearest)) / Math.log(p.high() / p.low()) : Math.abs(v - nearest) / (p.high() - p.low());
  }

  private static double number(String cell) {
    return Values.number(cell).orElseThrow(() -> new IllegalArgumentException("needs a finite number, got '" + cell + "'"));
  }

  private static void look(List<String> header, String name, Problems problems) {
    int at = header.indexOf(name);
    if (at < 0) {
      problems.add(1, "", "has no column '" + name + "'; there are " + header);
    } else if (header.lastIndexOf(name) > at) {
      problems.add(1, "", "has more than one column '" + name + "'");
    }
  }

  private static String source(Column c) {
    return c.fromOne ? c.parameter.name().substring(2) : c.parameter.name();
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  /// Without what some spreadsheets add: a byte order mark first, blank lines at the end.
  private static List<String> lines(Path file) {
    try (LineReader reader = new LineReader(Files.newBufferedReader(file))) {
      List<String> lines = new ArrayList<>();
      for (Optional<String> line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(line.get());
        if (LineReader.isTooLong(line.get())) {
          throw new InputException(file + ":" + lines.size() + ": " + LineReader.TOO_LONG);
        }
      }
      if (!lines.isEmpty() && lines.getFirst().startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.getFirst().substring(1));
      }
      while (!lines.isEmpty() && lines.getLast().isBlank()) {
        lines.removeLast();
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file");
    } catch (MalformedInputException e) {
      throw new InputException(file + ": is not a UTF-8 text file");
    } catch (IOException e) {
      throw new InputException(file + ": can not be read: " + IoFault.text(e));
    }
  }

  private static List<Column> columns(Path file) {
    String text = TextFile.written(file);
    try {
      List<Column> columns = new ArrayList<>();
      List<String> problems = new ArrayList<>();
      for (JsonNode p : new ObjectMapper().readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).path("parameters")) {
        try {
          Column column = column(p);
          if (source(column).equals(LOSS)) {
            throw new IllegalArgumentException("parameter '" + LOSS + "' has the name of the column of losses; call it otherwise");
          }
          columns.add(column);
        } catch (IllegalArgumentException e) {
          problems.add(file + ": " + e.getMessage());
        }
      }
      if (!problems.isEmpty()) {
        throw new InputException(problems);
      }
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("needs a list 'parameters' with one at least");
      }
      return columns;
    } catch (JsonProcessingException e) {
      throw new InputException(file + JsonFields.place(e) + ": " + JsonFields.fault(e));
    }
  }

  private static Column column(JsonNode p) {
    if (p.path("note").asText().contains(FROM_ONE)) {
      String name = JsonFields.text(p, "name", "a parameter");
      String where = "parameter '" + name + "'";
      return new Column(Parameter.log("1-" + name, 1 - JsonFields.real(p, "high", where), 1 - JsonFields.real(p, "low", where)), true);
    }
    boolean isShort = p instanceof ObjectNode && p.path("type").asText().equals("int");
    return new Column(SpaceJson.parameter(isShort ? ((ObjectNode) p.deepCopy()).put("type", "integer") : p), false);
  }
}
