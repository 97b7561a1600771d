package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @ValueSource(strings = {"bbob-f25-5", "bbob-f0-5", "bbob-f1-1", "bbob-41", "bbob", "bbob-f1", "branni"})
  void whatThereIsNotIsSaid(String name) {
    assertThatThrownBy(() -> Catalogue.synthetic(name))
        .hasMessageStartingWith("no task '" + name + "'")
        .hasMessageContaining("branin, ")
        .hasMessageEndingWith("and bbob-fN-D, function N of BBOB, 1 to 24, in D dimensions, 2 to 40, or bbob-D, all of them");
  }
}
