package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.bench.bbob.Bbob;
import proxima.bench.result.Group;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Seeds;

class CatalogueTest {

  @Test
  void allFunctionsOfBbobHaveOneName() {
    List<TaskEntry> entries = Catalogue.synthetic("bbob-5");
    assertThat(entries).hasSize(24).extracting(TaskEntry::name).contains("bbob-f1-5", "bbob-f24-5");
    assertThat(entries).extracting(TaskEntry::group).containsOnly(Group.SMOOTH, Group.RUGGED);
    assertThat(entries.stream().filter(e -> e.group() == Group.SMOOTH)).hasSize(11);
    assertThat(Catalogue.synthetic("bbob-f8-40")).singleElement().satisfies(e -> assertThat(e.group()).isEqualTo(Group.HIGH_DIMENSIONAL));
  }

  @Test
  void aSeedIsAnInstance() {
    TaskEntry entry = Catalogue.synthetic("bbob-f3-4").getFirst();
    double[] x = {-4, 1, 0.5, 3};
    Point point = Point.of(0.1, 0.6, 0.55, 0.8);
    for (int seed = 0; seed < 3; seed++) {
      Task task = entry.at(seed);
      Bbob function = Bbob.of(3, 4, seed + 1);
      assertThat(task.value(point)).isCloseTo(function.value(x), within(1e-9));
      assertThat(task.observe(point, Seeds.random(1))).isEqualTo(Outcome.of(task.value(point)));
      assertThat(task.best()).isEqualTo(function.lowest());
      assertThat(task.regret(task.median())).isEqualTo(1);
    }
  }

  /// By their names results are found again.
  @ParameterizedTest
  @ValueSource(strings = {"lines/up", "lines//up", "./lines/up", "lines/./up/", "lines/../lines/up"})
  void aTableHasOneNameHoweverItIsSpelled(String path, @TempDir Path folder) throws IOException {
    Path tables = lines(folder);
    assertThat(Catalogue.recorded(folder, path, TableMode.EXACT, 0, 1)).extracting(TaskEntry::name).containsExactly("lines/up");
    assertThat(Catalogue.recorded(folder, path, TableMode.EXACT, 20, 1)).extracting(TaskEntry::name).containsExactly("lines/up (transfer of 20)");
    assertThat(Catalogue.recorded(folder, path.replaceAll("/up/?$", "/"), TableMode.EXACT, 0, 1)).extracting(TaskEntry::name).containsExactly("lines/steep", "lines/up");
    assertThat(Catalogue.recorded(tables, "./up", TableMode.EXACT, 0, 1)).extracting(TaskEntry::name).containsExactly("./up");
    assertThat(Catalogue.recorded(tables, ".", TableMode.EXACT, 0, 1)).extracting(TaskEntry::name).containsExactly("./steep", "./up");
  }

  private static Path lines(Path folder) throws IOException {
    Path tables = Files.createDirectory(folder.resolve("lines"));
    Files.writeString(tables.resolve("space.json"), "{\"parameters\": [{\"name\": \"x\", \"type\": \"real\", \"low\": 0, \"high\": 1}]}");
    for (String name : List.of("up", "steep")) {
      String rows = IntStream.range(0, 200).mapToObj(i -> i / 200.0 + "," + i * name.length() + "\n").collect(Collectors.joining());
      Files.writeString(tables.resolve(name + ".csv"), "x,loss\n" + rows);
    }
    return tables;
  }

  @Test
  void tasksThatDifferInWhatIsKnownOfOthersHaveOtherNames(@TempDir Path folder) throws IOException {
    lines(folder);
    assertThat(names(folder, TableMode.EXACT, 0)).containsExactly("lines/steep", "lines/up");
    assertThat(names(folder, TableMode.EXACT, 100)).containsExactly("lines/steep (transfer of 100)", "lines/up (transfer of 100)");
    assertThat(names(folder, TableMode.EXACT, 20)).containsExactly("lines/steep (transfer of 20)", "lines/up (transfer of 20)");
    assertThat(names(folder, TableMode.SURROGATE, 20)).containsExactly("lines/steep (surrogate transfer of 20)", "lines/up (surrogate transfer of 20)");
  }

  private static List<String> names(Path tables, TableMode mode, int prior) {
    return Catalogue.recorded(tables, "lines", mode, prior, 1).stream().map(TaskEntry::name).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bbob-f25-5", "bbob-f0-5", "bbob-f1-1", "bbob-41", "bbob", "bbob-f1", "branni"})
  void whatThereIsNotIsSaid(String name) {
    assertThatThrownBy(() -> Catalogue.synthetic(name))
        .hasMessageStartingWith("no task '" + name + "'")
        .hasMessageContaining("branin, ")
        .hasMessageEndingWith("and bbob-fN-D, function N of BBOB, 1 to 24, in D dimensions, 2 to 40, or bbob-D, all of them");
  }
}
