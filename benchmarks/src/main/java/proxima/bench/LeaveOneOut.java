package proxima.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import proxima.space.Point;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Seeds;
import proxima.tables.LossTable;

/// The tables of a folder, each in turn the task and the others its prior tasks.
///
/// Of each prior task some random rows are known. Where the same configurations recur, none of these is one of the target's: half of the points that the target
/// shares with other tables, drawn by the seed, are not among its rows, and of other tables only rows at these, and at points that the target never had, are known.
///
/// @param rows known of each prior task, fewer where a table has fewer
record LeaveOneOut(Map<String, LossTable> tables, int rows) {

  LeaveOneOut {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /// @param task what is made of the rows that the target keeps
  TransferTask task(String name, long seed, Function<LossTable, Task> task) {
    LossTable whole = table(name);
    Set<Point> kept = kept(name, whole, seed);
    Map<Point, List<Double>> losses = new LinkedHashMap<>(whole.losses());
    losses.keySet().retainAll(kept);
    List<PriorTask> prior = new ArrayList<>();
    for (String other : tables.keySet()) {
      if (!other.equals(name)) {
        prior.add(prior(other, kept, seed));
      }
    }
    return new TransferTask(task.apply(new LossTable(whole.space(), losses)), new PriorTasks(whole.space(), prior, List.of()));
  }

  LossTable table(String name) {
    LossTable table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no table '" + name + "'; there are " + tables.keySet());
    }
    return table;
  }

  /// Points that are the target's alone, and half of those that are not.
  private Set<Point> kept(String name, LossTable target, long seed) {
    Set<Point> elsewhere = new HashSet<>();
    tables.forEach((other, table) -> elsewhere.addAll(other.equals(name) ? List.of() : table.points()));
    List<Point> shared = new ArrayList<>(target.points().stream().filter(elsewhere::contains).toList());
    Collections.shuffle(shared, Random.from(Seeds.random(seed, name.hashCode(), 10)));
    Set<Point> kept = new HashSet<>(target.points());
    shared.subList(0, shared.size() / 2).forEach(kept::remove);
    return kept;
  }

  private PriorTask prior(String name, Set<Point> kept, long seed) {
    LossTable table = table(name);
    List<Point> points = new ArrayList<>(table.points().stream().filter(x -> !kept.contains(x)).toList());
    Collections.shuffle(points, Random.from(Seeds.random(seed, name.hashCode(), 11)));
    List<Point> known = points.subList(0, Math.min(rows, points.size()));
    return new PriorTask(name, known, known.stream().map(table::loss).toList());
  }
}
