package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private final Set<String> lookups;

  private Layout(Network network, List<Span> spans, Set<String> lookups) {
    this.network = network;
    this.spans = List.copyOf(spans);
    this.lookups = Set.copyOf(lookups);
  }

  /// One span for each module.
  public static Layout of(Network network) {
    return of(network, List.of(), Set.of());
  }

  /// Spans of the listed groups of types where they are neighbours, of single modules elsewhere.
  /// @param lookups types that lie as (fan-in, fan-out), a row for each token
  public static Layout of(Network network, List<List<String>> groups, Set<String> lookups) {
    List<Span> spans = new ArrayList<>();
    List<Module> modules = network.modules();
    int i = 0;
    while (i < modules.size()) {
      int n = lengthOfGroup(modules, i, groups);
      spans.add(span(modules.subList(i, i + n), lookups));
      i += n;
    }
    return new Layout(network, spans, lookups);
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

  private static Span span(List<Module> modules, Set<String> lookups) {
    Module first = modules.getFirst();
    if (lookups.contains(first.type())) {
      return new Span(List.copyOf(modules), new Shape(first.fanIn(), first.fanOut()));
    }
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

  /// A view of each module's part of a flat vector, in the network's order: (fan-out, fan-in), or (length) for a vector.
  List<PtNDArray> views(NDArray flat) {
    List<PtNDArray> views = new ArrayList<>();
    long start = 0;
    for (Module m : network.modules()) {
      NDArray part = flat.get(start + ":" + (start + size(m)));
      start += size(m);
      if (!m.role().isVector()) {
        part = lookups.contains(m.type()) ? part.reshape(m.fanIn(), m.fanOut()).transpose() : part.reshape(m.fanOut(), m.fanIn());
      }
      views.add((PtNDArray) part);
    }
    return views;
  }

  /// Number of parameters.
  public int size() {
    return Math.toIntExact(network.modules().stream().mapToLong(Layout::size).sum());
  }

  static long size(Module module) {
    return module.fanIn() * module.fanOut();
  }
}
