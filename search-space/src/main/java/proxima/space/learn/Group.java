package proxima.space.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;

/// Coordinates that are learned together, and all sets of coordinates that are alike.
///
/// @param name in a few words
/// @param modules lists of coordinates of one length, whose k-th coordinates mean the same of different modules
record Group(String name, List<List<Integer>> modules) {

  Group {
    modules = modules.stream().map(List::copyOf).toList();
  }

  int dimension() {
    return modules.getFirst().size();
  }

  /// All coordinates of numbers that are always active and that all trials have, as one.
  static List<Group> all(PriorTasks prior) {
    List<Integer> coordinates = new ArrayList<>(ordered(prior).values());
    return coordinates.isEmpty() ? List.of() : List.of(new Group("all parameters", List.of(coordinates)));
  }

  /// The same by modules. What stands before the last slash of a parameter's name is its module; modules are alike whose parameters have the same endings and
  /// ranges, in the space's order. Parameters without a slash are one module.
  static List<Group> modules(PriorTasks prior) {
    Map<String, List<Parameter>> byModule = new LinkedHashMap<>();
    Map<Parameter, Integer> coordinates = ordered(prior);
    coordinates.keySet().forEach(p -> byModule.computeIfAbsent(module(p), _ -> new ArrayList<>()).add(p));
    Map<List<String>, List<List<Integer>>> byKind = new LinkedHashMap<>();
    byModule.values().forEach(parameters ->
        byKind.computeIfAbsent(parameters.stream().map(Group::kind).toList(), _ -> new ArrayList<>()).add(parameters.stream().map(coordinates::get).toList()));
    List<Group> groups = new ArrayList<>();
    byKind.forEach((kind, modules) -> groups.add(new Group(modules.size() + (modules.size() == 1 ? " module with " : " modules with ") + endings(kind), modules)));
    return groups;
  }

  private static String endings(List<String> kind) {
    return String.join(", ", kind.stream().map(k -> k.replaceFirst(" .*", "")).toList());
  }

  private static Map<Parameter, Integer> ordered(PriorTasks prior) {
    Map<Parameter, Integer> coordinates = new LinkedHashMap<>();
    int offset = 0;
    for (Parameter p : prior.space().parameters()) {
      boolean number = p instanceof RealParameter || p instanceof IntegerParameter;
      if (number && p.condition().isEmpty() && prior.tasks().stream().noneMatch(t -> t.guesses(p.name()))) {
        coordinates.put(p, offset);
      }
      offset += p.width();
    }
    return coordinates;
  }

  private static String module(Parameter p) {
    return p.name().substring(0, Math.max(0, p.name().lastIndexOf('/')));
  }

  /// The ending of its name, and its range.
  private static String kind(Parameter p) {
    String ending = p.name().substring(p.name().lastIndexOf('/') + 1);
    return switch (p) {
      case RealParameter r -> ending + " " + r.low() + " " + r.high() + " " + r.log();
      case IntegerParameter i -> ending + " " + i.low() + " " + i.high() + " " + i.log();
      default -> ending;
    };
  }
}
