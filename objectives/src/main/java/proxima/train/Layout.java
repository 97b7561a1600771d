package proxima.train;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import proxima.module.Module;
import proxima.module.Network;

/// Where each module's values lie in the flat vector of all parameters.
///
/// The modules lie one after another in the network's order. A span is a run of neighbours with equal fan-in that a loss sees as one
/// tensor, its rows stacked: queries and keys as one (2 d, d) matrix cost one multiplication.
public final class Layout {

  /// @param shape (rows, columns), or (length) for a vector
  record Span(List<Module> modules, Shape shape) {}

  private final Network network;
  private final List<Span> spans;

  private Layout(Network network, List<Span> spans) {
    this.network = network;
    this.spans = List.copyOf(spans);
  }

  /// One span for each module.
  public static Layout of(Network network) {
    return of(network, List.of());
  }

  /// Spans of the listed groups of types where they are neighbours, of single modules elsewhere.
  public static Layout of(Network network, List<List<String>> groups) {
    List<Span> spans = new ArrayList<>();
    List<Module> modules = network.modules();
    int i = 0;
    while (i < modules.size()) {
      int n = lengthOfGroup(modules, i, groups);
      spans.add(span(modules.subList(i, i + n)));
      i += n;
    }
    return new Layout(network, spans);
  }

  private static int lengthOfGroup(List<Module> modules, int start, List<List<String>> groups) {
    for (List<String> group : groups) {
      int n = group.size();
      if (start + n <= modules.size() && modules.subList(start, start + n).stream().map(Module::type).toList().equals(group)) {
        return n;
      }
    }
    return 1;
  }

  private static Span span(List<Module> modules) {
    Module first = modules.getFirst();
    if (modules.stream().anyMatch(m -> m.fanIn() != first.fanIn())) {
      throw new IllegalArgumentException("modules of one span need equal fan-in, got " + modules);
    }
    long rows = modules.stream().mapToLong(Module::fanOut).sum();
    return new Span(List.copyOf(modules), first.role().isVector() ? new Shape(rows) : new Shape(rows, first.fanIn()));
  }

  Network network() {
    return network;
  }

  List<Span> spans() {
    return spans;
  }

  /// Number of parameters.
  public int size() {
    return Math.toIntExact(network.modules().stream().mapToLong(Layout::size).sum());
  }

  static long size(Module module) {
    return module.fanIn() * module.fanOut();
  }
}
