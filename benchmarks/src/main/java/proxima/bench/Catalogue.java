package proxima.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import proxima.bench.result.Group;

/// The tasks that a suite can name.
final class Catalogue {

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
  }

  private Catalogue() {}

  private static void put(Group group, LongFunction<SyntheticFunction> function) {
    String name = function.apply(0).name();
    SYNTHETIC.put(name, new TaskEntry(name, group, seed -> SyntheticTask.of(function.apply(seed))));
  }

  /// Names of the synthetic tasks.
  static List<String> names() {
    return List.copyOf(SYNTHETIC.keySet());
  }

  /// @param name one of `names()`
  static TaskEntry synthetic(String name) {
    TaskEntry entry = SYNTHETIC.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("there is no task '" + name + "', but " + SYNTHETIC.keySet());
    }
    return entry;
  }

  /// Whether a folder of folders has this folder of tables, or the folder that this table would be in.
  /// @param path `folder` or `folder/task`
  static boolean hasTables(Path tables, String path) {
    Path at = tables.resolve(path);
    return Files.isDirectory(at) || (path.contains("/") && Files.isRegularFile(at.resolveSibling("space.json")));
  }

  /// The recorded tasks of a folder of tables, or one of them where the path names it.
  /// @param tables the folder of folders
  /// @param path `folder` or `folder/task`
  /// @throws TableException if a table can not be used.
  static List<TaskEntry> recorded(Path tables, String path) {
    Path at = tables.resolve(path);
    if (Files.isDirectory(at)) {
      TableFolder folder = new TableFolder(at);
      List<TaskEntry> entries = new ArrayList<>();
      folder.tasks().forEach(name -> entries.add(recorded(path + "/" + name, folder.task(name))));
      return entries;
    }
    int slash = path.lastIndexOf('/');
    return List.of(recorded(path, new TableFolder(tables.resolve(path.substring(0, slash))).task(path.substring(slash + 1))));
  }

  private static TaskEntry recorded(String name, Task task) {
    return new TaskEntry(name, Group.RECORDED, _ -> task);
  }
}
