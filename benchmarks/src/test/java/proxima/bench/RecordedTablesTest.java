package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proxima.tables.LossTable;
import proxima.tables.TableFolder;

/// The tables in `benchmarks/tables` are what their README says of them.
final class RecordedTablesTest {

  private static final Path TABLES = Path.of("tables");

  static Stream<String> tasks() {
    return Stream.of("mlp/teacher-32", "mlp/teacher-64", "transformer/hmm-16", "transformer/hmm-32", "transformer/names-16", "transformer/names-32");
  }

  @Test
  void thereAreSix() {
    List<String> names = Stream.of("mlp", "transformer").flatMap(f -> Catalogue.recorded(TABLES, f, TableMode.EXACT, 0, 1).stream()).map(TaskEntry::name).toList();
    assertThat(names).containsExactlyElementsOf(tasks().toList());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void configurationsAreThoseOfThePlan(String task) {
    LossTable table = table(task);
    assertThat(table.points()).hasSize(1096);
    assertThat(table.losses().values()).as("two more seeds after each half").allSatisfy(l -> assertThat(l.size()).isIn(1, 3, 5));
    assertThat(table.losses().values().stream().mapToInt(l -> l.size() - 1).sum()).isEqualTo(96);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void figuresAreThoseOfTheReadme(String task) throws IOException {
    LossTable table = table(task);
    double[] losses = table.losses().values().stream().flatMap(List::stream).mapToDouble(Double::doubleValue).sorted().toArray();
    double[] finite = DoubleStream.of(losses).filter(Double::isFinite).toArray();
    List<String> row = Files.readAllLines(TABLES.resolve("README.md")).stream().filter(l -> l.startsWith("| `" + task + "` | ")).toList();
    assertThat(row).hasSize(1);
    List<String> cells = List.of(row.getFirst().split(" *\\| *"));
    double global = bestGlobal(task);
    double median = new Median().evaluate(finite);
    assertThat(cells.subList(2, 8))
        .containsExactly(Integer.toString(losses.length), String.format(Locale.ROOT, "%.1f%%", 100 - 100.0 * finite.length / losses.length), digits(finite[0]),
            digits(global), digits(median), digits(table.noise()));
    assertThat(median).as("most rows are better than the best plain setting").isLessThan(global);
  }

  /// The lowest loss of the rows of plain settings.
  private static double bestGlobal(String task) throws IOException {
    List<String> lines = Files.readAllLines(TABLES.resolve(task + ".csv"));
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    return lines.stream().skip(1).map(l -> l.split(",", -1)).filter(r -> r[columns.indexOf("phase")].equals("global")).map(r -> r[columns.indexOf("loss")]).filter(l -> !l.isEmpty())
        .mapToDouble(Double::parseDouble).min().orElseThrow();
  }

  private static String digits(double v) {
    return String.format(Locale.ROOT, "%.4f", v);
  }

  private static LossTable table(String task) {
    Path file = TABLES.resolve(task);
    return new TableFolder(file.resolveSibling("")).table(String.valueOf(file.getFileName()));
  }
}
