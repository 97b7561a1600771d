package proxima.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import proxima.objective.EditDistance;
import proxima.cli.InputException;
import proxima.cli.Problems;
import proxima.cli.Section;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.Network;
import proxima.module.NetworkJson;

/// A YAML file that lists the modules of a network: a list of {name, role, fanIn, fanOut, block, type, branch, scalesStream, initStd}, the last five optional.
final class ModulesFile {

  private static final List<String> KEYS = List.of("name", "role", "fanIn", "fanOut", "block", "type", "branch", "scalesStream", "initStd");

  private ModulesFile() {}

  /// @throws InputException with one line for each problem of the file.
  static Network read(Path file) {
    Problems problems = new Problems(file);
    List<Module> modules = modules(Section.readList(problems, "modules"));
    problems.check();
    try {
      return new Network(modules);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }

  /// The modules of a list; what is wrong with one is noted at its line, and a stand-in takes its place.
  static List<Module> modules(List<Section> list) {
    return IntStream.range(0, list.size()).mapToObj(i -> module(list.get(i), i)).toList();
  }

  private static Module module(Section section, int i) {
    for (String key : section.keys()) {
      if (!KEYS.contains(key)) {
        section.wrong(key, "is no key of a module" + EditDistance.hint(key, KEYS) + "; there are " + String.join(", ", KEYS));
      }
    }
    return section.build(x -> NetworkJson.module(x.json("name", "role", "type", "branch")), standIn(i));
  }

  private static Module standIn(int i) {
    return new Module("stand-in " + i, "stand-in", ModuleRole.HIDDEN, 1, 1, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }
}
