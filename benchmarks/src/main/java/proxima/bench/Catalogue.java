package proxima.bench;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import proxima.bench.bbob.Bbob;
import proxima.bench.result.Group;
import proxima.cli.InputException;
import proxima.objective.EditDistance;
import proxima.tables.LossTable;
import proxima.tables.TableFolder;

/// The tasks that a suite can name.
final class Catalogue {

  private static final Pattern BBOB = Pattern.compile("bbob(?:-f(\\d{1,3}))?-(\\d{1,3})");
  private static final int LARGEST_BBOB = 40;

  private static final Map<String, TaskEntry> SYNTHETIC = new LinkedHashMap<>();

  static {
    put(Group.SMOOTH, _ -> SyntheticFunctions.branin());
    put(Group.SMOOTH, _ -> SyntheticFunctions.hartmann3());
    put(Group.SMOOTH, seed -> SyntheticFunctions.hartmann(6, seed));
    put(Group.SMOOTH, _ -> SyntheticFunctions.rosenbrock(10));
    put(Group.RUGGED, _ -> SyntheticFunctions.ackley(20));
    put(Group.RUGGED, _ -> SyntheticFunctions.levy(20));
    put(Group.HIGH_DIMENSIONAL, _ -> SyntheticFunctions.levy(60));
    put(Group.HIGH_DIMENSIONAL, seed -> SyntheticFunctions.hartmann(60, seed));
    put(Group.HIGH_DIMENSIONAL, seed -> SyntheticFunctions.quadratic(60, seed));
    put(Group.CLIFF, SyntheticFunctions::cliff);
    put(Group.CLIFF, seed -> SyntheticFunctions.noisyCliff(22, seed));
    put(Group.CLIFF, seed -> SyntheticFunctions.noisyCliff(40, seed));
  }

  private Catalogue() {}

  private static void put(Group group, LongFunction<SyntheticFunction> function) {
    String name = function.apply(0).name();
    SYNTHETIC.put(name, new TaskEntry(name, group, seed -> SyntheticTask.of(function.apply(seed))));
  }

  /// The synthetic tasks of a name: one, or the 24 functions of BBOB in so many dimensions.
  /// @throws IllegalArgumentException if there is none; the message names the nearest.
  static List<TaskEntry> synthetic(String name) {
    TaskEntry entry = SYNTHETIC.get(name);
    if (entry != null) {
      return List.of(entry);
    }
    Matcher bbob = BBOB.matcher(name);
    if (bbob.matches()) {
      int dimension = Integer.parseInt(bbob.group(2));
      int function = bbob.group(1) == null ? 1 : Integer.parseInt(bbob.group(1));
      if (function >= 1 && function <= Bbob.FUNCTIONS && dimension >= 2 && dimension <= LARGEST_BBOB) {
        return IntStream.rangeClosed(function, bbob.group(1) == null ? Bbob.FUNCTIONS : function).mapToObj(f -> BbobTask.entry(f, dimension)).toList();
      }
    }
    throw new IllegalArgumentException(
        "no task '" + name + "'" + EditDistance.hint(name, SYNTHETIC.keySet()) + "; there are " + String.join(", ", SYNTHETIC.keySet()) + "; and bbob-fN-D, function N of BBOB, 1 to "
            + Bbob.FUNCTIONS + ", in D dimensions, 2 to " + LARGEST_BBOB + ", or bbob-D, all of them");
  }

  /// Whether a folder of folders has this folder of tables, or the folder that this table would be in.
  /// @param path `folder` or `folder/task`
  static boolean hasTables(Path tables, String path) {
    try {
      Path at = tables.resolve(path);
      return Files.isDirectory(at) || (path.contains("/") && Files.isRegularFile(at.resolveSibling("space.json")));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// The recorded tasks of a folder of tables, or one of them where the path names it.
  /// @param tables the folder of folders
  /// @param path `folder` or `folder/task`; `./folder//task` and the like are the same
  /// @param prior rows that are known of each other table of the folder; 0 where nothing is
  /// @param seeds that the tasks are wanted for: 0, 1, …
  /// @throws InputException if a table can not be used, or not with one of the seeds, or no table has so many rows that can be known.
  static List<TaskEntry> recorded(Path tables, String path, TableMode mode, int prior, int seeds) {
    // By their names tasks are known, so one table has one.
    Path named = Path.of(path).normalize();
    boolean whole = Files.isDirectory(tables.resolve(named));
    String under = whole ? named.toString() : Optional.ofNullable(named.getParent()).map(Path::toString).orElse("");
    String prefix = (under.isEmpty() ? "." : under) + "/";
    TableFolder folder = new TableFolder(tables.resolve(under));
    List<String> names = whole ? folder.tasks() : List.of(String.valueOf(named.getFileName()));
    if (prior == 0) {
      return names.stream().map(name -> recorded(prefix + name, folder.table(name), mode)).toList();
    }
    Map<String, LossTable> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, folder.table(name)));
    folder.tasks().forEach(name -> all.computeIfAbsent(name, folder::table));
    if (all.size() < 2) {
      throw new InputException(path + ": there are no other tables beside it that could be prior tasks");
    }
    var others = new LeaveOneOut(all, prior);
    List<String> faults = names.stream().flatMap(name -> others.fault(name, seeds).stream().map(fault -> prefix + name + " can not be a task with prior tasks: " + fault)).toList();
    if (!faults.isEmpty()) {
      throw new InputException(faults);
    }
    int known = names.stream().mapToInt(name -> others.known(name, seeds)).max().orElse(prior);
    if (known < prior) {
      throw new InputException(path + ": prior must be no more than " + known + ", the rows that can be known of another table, got " + prior);
    }
    Optional<String> digest = Optional.of(LossTable.digest(new TreeMap<>(all)));
    return names.stream().map(name -> transfer(prefix + name, name, others, digest, mode)).toList();
  }

  /// The name says how much is known, as results of one task are not another's.
  private static TaskEntry transfer(String path, String name, LeaveOneOut others, Optional<String> digest, TableMode mode) {
    return switch (mode) {
      case EXACT -> new TaskEntry(path + " (transfer of " + others.rows() + ")", Group.RECORDED, true, digest, seed -> others.task(name, seed, TableTask::of));
      case SURROGATE -> {
        TaskEntry alone = recorded(path, others.table(name), mode);
        yield new TaskEntry(
            alone.name().replace("(surrogate)", "(surrogate transfer of " + others.rows() + ")"), Group.RECORDED, true, digest, seed -> others.task(name, seed, _ -> alone.at(seed)));
      }
    };
  }

  private static TaskEntry recorded(String name, LossTable table, TableMode mode) {
    return switch (mode) {
      case EXACT -> TaskEntry.recorded(name, table.digest(), () -> TableTask.of(table));
      case SURROGATE -> TaskEntry.recorded(name + " (surrogate)", table.digest(), () -> surrogate(name, table));
    };
  }

  private static Task surrogate(String name, LossTable table) {
    try {
      return SurrogateTask.of(table);
    } catch (IllegalArgumentException e) {
      throw new InputException(name + ": " + e.getMessage());
    }
  }
}
