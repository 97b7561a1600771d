package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Seeds;
import proxima.tables.LossTable;

class TableTaskTest {

  @Test
  void aTrialLooksItsRowUp() {
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    losses.put(Point.of(0.1), List.of(3.0, 4.0));
    losses.put(Point.of(0.5), List.of(1.0));
    losses.put(Point.of(0.9), List.of(Double.POSITIVE_INFINITY));
    losses.put(Point.of(0.2), List.of(2.0));
    TableTask task = TableTask.of(new LossTable(SearchSpace.of(Parameter.real("x", 0, 1)), losses));
    assertThat(task.best()).isEqualTo(1);
    assertThat(task.median()).as("of 1, 2, 3: the diverged row has no part").isEqualTo(2);
    assertThat(task.observe(Point.of(0.1), Seeds.random(1))).as("the first row's").isEqualTo(Outcome.of(3));
    assertThat(task.observe(Point.of(0.9), Seeds.random(1))).isEqualTo(new Outcome.Diverged(0));
    assertThat(task.regret(task.value(Point.of(0.5)))).isZero();
  }
}
