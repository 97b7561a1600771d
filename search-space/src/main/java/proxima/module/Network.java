package proxima.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameter tensors of a network, in the network's order.
public record Network(List<Module> modules) {

  public Network {
    modules = List.copyOf(modules);
    if (modules.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one module");
    }
    Map<String, Module> byName = new LinkedHashMap<>();
    Map<String, Module> byType = new LinkedHashMap<>();
    for (Module m : modules) {
      if (byName.put(m.name(), m) != null) {
        throw new IllegalArgumentException("module '" + m.name() + "' stands twice in the network");
      }
      Module first = byType.putIfAbsent(m.type(), m);
      if (first != null && (first.role() != m.role() || !first.branch().equals(m.branch()))) {
        throw new IllegalArgumentException(
            "modules '" + first.name() + "' and '" + m.name() + "' are both of type '" + m.type() + "' but differ in role or branch");
      }
    }
  }

  /// The types, in order of first appearance.
  public List<String> types() {
    return modules.stream().map(Module::type).distinct().toList();
  }

  /// The residual branches, in order of first appearance.
  public List<String> branches() {
    return modules.stream().flatMap(m -> m.branch().stream()).distinct().toList();
  }

  /// L, the number of residual blocks; 0 where there are none.
  public int depth() {
    return (int) modules.stream().flatMapToInt(m -> m.block().stream()).distinct().count();
  }

  /// Number of parameters of a network of so many blocks, of which those listed stand for all.
  public double parameters(int depth) {
    double blocks = Math.max(1, depth());
    return modules.stream().mapToDouble(m -> (m.block().isPresent() ? depth / blocks : 1) * m.fanIn() * m.fanOut()).sum();
  }

  public Optional<Module> module(String name) {
    return modules.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /// The first module of a type: its representative.
  /// @throws IllegalArgumentException if there is none.
  public Module ofType(String type) {
    return modules.stream()
        .filter(m -> m.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the network has no module of type '" + type + "'; there are " + types()));
  }
}
