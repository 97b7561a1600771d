package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proxima.space.Outcome;
import proxima.strategy.Seeds;
import proxima.tables.LossTable;
import proxima.tables.TableFolder;

/// The tables in `benchmarks/tables`: what their README says of them.
final class RecordedTablesTest {

  private static final Path TABLES = Path.of("tables");

  static Stream<String> tasks() {
    return Stream.of("mlp/teacher-32", "mlp/teacher-64", "transformer/hmm-16", "transformer/hmm-32", "transformer/names-16", "transformer/names-32");
  }

  @Test
  void thereAreSix() {
    List<String> names = Stream.of("mlp", "transformer").flatMap(f -> Catalogue.recorded(TABLES, f, TableMode.EXACT).stream()).map(TaskEntry::name).toList();
    assertThat(names).containsExactlyElementsOf(tasks().toList());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void hasAThousandConfigurationsSomeOfWhichDivergedAndSomeOfWhichWereTrainedAgain(String task) {
    int slash = task.indexOf('/');
    LossTable table = new TableFolder(TABLES.resolve(task.substring(0, slash))).table(task.substring(slash + 1));
    assertThat(table.losses().values().stream().mapToInt(List::size).sum()).isEqualTo(1192);
    assertThat(table.points().size()).isGreaterThanOrEqualTo(1090);
    assertThat(table.points().stream().filter(x -> table.loss(x) == Double.POSITIVE_INFINITY).count()).isPositive();
    assertThat(table.noise()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theBestRowIsTheTasksBest(String name) {
    Task task = Catalogue.recorded(TABLES, name, TableMode.EXACT).getFirst().at(0);
    int slash = name.indexOf('/');
    LossTable table = new TableFolder(TABLES.resolve(name.substring(0, slash))).table(name.substring(slash + 1));
    double lowest = table.points().stream().mapToDouble(table::loss).min().orElseThrow();
    assertThat(task.best()).isEqualTo(lowest);
    assertThat(table.points()).anySatisfy(x -> assertThat(task.observe(x, Seeds.random(1))).isEqualTo(Outcome.of(lowest)));
  }
}
