package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.tables.LossTable;

class LeaveOneOutTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1));

  private static LossTable table(List<Point> points, long seed) {
    var random = new SplittableRandom(seed);
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    points.forEach(x -> losses.put(x, List.of(random.nextDouble() < 0.1 ? Double.POSITIVE_INFINITY : random.nextDouble())));
    return new LossTable(SPACE, losses);
  }

  private static List<Point> grid(int n, double offset) {
    return IntStream.range(0, n).mapToObj(i -> Point.of((i + offset) / n)).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void configurationsThatRecurAreKnownOfPriorTasksOrTheTargets(long seed) {
    List<Point> points = grid(100, 0);
    var others = new LeaveOneOut(Map.of("a", table(points, 1), "b", table(points, 2), "c", table(points, 3)), 30);
    TransferTask task = others.task("a", seed, TableTask::of);
    assertThat(task.rows()).hasSize(50);
    assertThat(task.known().tasks()).extracting(PriorTask::name).containsExactlyInAnyOrder("b", "c");
    Set<Point> kept = new HashSet<>(task.rows());
    for (PriorTask prior : task.known().tasks()) {
      assertThat(prior.points()).hasSize(30).doesNotHaveDuplicates().noneMatch(kept::contains);
      LossTable from = others.table(prior.name());
      assertThat(prior.losses()).isEqualTo(prior.points().stream().map(from::loss).toList());
    }
    assertThat(others.task("a", seed, TableTask::of).rows()).isEqualTo(task.rows());
    assertThat(others.task("a", seed, TableTask::of).known()).isEqualTo(task.known());
    assertThat(others.task("a", seed + 1, TableTask::of).rows()).isNotEqualTo(task.rows());
  }

  @Test
  void noMoreIsKnownThanAnyTableHas() {
    List<Point> points = grid(100, 0);
    Map<String, LossTable> shared = Map.of("a", table(points, 1), "b", table(points, 2), "c", table(grid(40, 0.3), 3));
    assertThat(new LeaveOneOut(shared, 60).known("a", 3)).as("half of what is shared").isEqualTo(50);
    assertThat(new LeaveOneOut(shared, 60).known("c", 3)).as("what is not").isEqualTo(60);
    assertThat(new LeaveOneOut(shared, 200).known("c", 3)).isEqualTo(100);
  }

  @Test
  void theBestOfTheTargetIsThatOfItsOwnRows() {
    List<Point> points = grid(100, 0);
    var others = new LeaveOneOut(Map.of("a", table(points, 1), "b", table(points, 2)), 30);
    TransferTask task = others.task("a", 5, TableTask::of);
    double best = task.rows().stream().mapToDouble(others.table("a")::loss).min().orElseThrow();
    assertThat(task.best()).isEqualTo(best);
  }

  @Test
  void tablesWithRowsOfTheirOwnKeepThemAll() {
    var others = new LeaveOneOut(Map.of("a", table(grid(100, 0), 1), "b", table(grid(40, 0.5), 2)), 60);
    TransferTask task = others.task("a", 0, TableTask::of);
    assertThat(task.rows()).hasSize(100);
    assertThat(task.known().tasks().getFirst().points()).hasSize(40);
  }

  private static boolean isTask(LeaveOneOut others, long seed) {
    try {
      others.task("a", seed, TableTask::of);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void theFirstSeedWithWhichATableIsNoTaskIsTold() {
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    List<Point> points = grid(8, 0);
    points.forEach(x -> losses.put(x, List.of(losses.size() < 5 ? (double) losses.size() : Double.POSITIVE_INFINITY)));
    var others = new LeaveOneOut(Map.of("a", new LossTable(SPACE, losses), "b", table(points, 2)), 30);
    int bad = (int) LongStream.range(0, 100).takeWhile(seed -> isTask(others, seed)).count();
    assertThat(bad).isBetween(1, 99);
    assertThat(others.fault("a", bad)).isEmpty();
    assertThat(others.fault("a", 100)).get(STRING).startsWith("with seed " + bad + " it keeps 4 of its 8 rows, the others being known of other tables: a table needs rows with finite losses");
    assertThat(new LeaveOneOut(Map.of("a", new LossTable(SPACE, losses), "b", table(grid(8, 0.5), 2)), 30).fault("a", 100)).as("all rows are its own").isEmpty();
  }
}
