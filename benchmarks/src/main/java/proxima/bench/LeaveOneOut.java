package proxima.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Set<Point> kept = kept(name, whole, shared(name, whole), seed);
    List<PriorTask> prior = new ArrayList<>();
    for (String other : tables.keySet()) {
      if (!other.equals(name)) {
        prior.add(prior(other, kept, seed));
      }
    }
    return new TransferTask(task.apply(only(whole, kept)), new PriorTasks(whole.space(), prior, List.of()));
  }

  /// What keeps a table from being the task with one of so many seeds: 0, 1, …; that of the first such seed.
  Optional<String> fault(String name, int seeds) {
    LossTable whole = table(name);
    List<Point> shared = shared(name, whole);
    for (long seed = 0; seed < seeds; seed++) {
      Set<Point> kept = kept(name, whole, shared, seed);
      try {
        only(whole, kept);
      } catch (IllegalArgumentException e) {
        return Optional.of("with seed " + seed + " it keeps " + kept.size() + " of its " + whole.losses().size() + " rows, the others being known of other tables: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /// How many rows are known of the prior task that has the most, with that of the seeds 0, 1, … with which they are the fewest.
  int known(String name, int seeds) {
    LossTable whole = table(name);
    List<Point> shared = shared(name, whole);
    int fewest = rows;
    for (long seed = 0; seed < seeds; seed++) {
      fewest = Math.min(fewest, known(name, kept(name, whole, shared, seed)));
    }
    return fewest;
  }

  private int known(String name, Set<Point> kept) {
    int most = 0;
    for (String other : tables.keySet()) {
      if (!other.equals(name) && most < rows) {
        most = Math.max(most, (int) table(other).points().stream().filter(x -> !kept.contains(x)).limit(rows).count());
      }
    }
    return most;
  }

  LossTable table(String name) {
    LossTable table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no table '" + name + "'; there are " + tables.keySet());
    }
    return table;
  }

  /// @throws IllegalArgumentException if these points are too few for a table
  private static LossTable only(LossTable whole, Set<Point> kept) {
    Map<Point, List<Double>> losses = new LinkedHashMap<>(whole.losses());
    losses.keySet().retainAll(kept);
    return new LossTable(whole.space(), losses);
  }

  /// The target's points that other tables have too.
  private List<Point> shared(String name, LossTable target) {
    Set<Point> elsewhere = new HashSet<>();
    tables.forEach((other, table) -> elsewhere.addAll(other.equals(name) ? List.of() : table.points()));
    return target.points().stream().filter(elsewhere::contains).toList();
  }

  /// Points that are the target's alone, and half of those that are not.
  private static Set<Point> kept(String name, LossTable target, List<Point> shared, long seed) {
    List<Point> shuffled = new ArrayList<>(shared);
    Collections.shuffle(shuffled, Random.from(Seeds.random(seed, name.hashCode(), 10)));
    Set<Point> kept = new HashSet<>(target.points());
    shuffled.subList(0, shuffled.size() / 2).forEach(kept::remove);
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
