package proxima.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.module.BlockName;
import proxima.module.Module;
import proxima.module.Network;

/// The architecture of a network that is known only as a list of modules at one scale.
///
/// The roles say which fans grow with the width. Blocks are repeated in the list's order, so that an alternating pattern goes on, and the
/// block index in a module's name becomes the new block's. A list that does not hold every block of its scale is a list of
/// representatives, and stays as it is at any depth.
///
/// @param network the modules at `scale`
public record ModuleList(Network network, Scale scale) implements Architecture {

  public ModuleList {
    for (Module m : network.modules()) {
      if (m.block().orElse(0) >= scale.depth()) {
        throw new IllegalArgumentException(
            "module '" + m.name() + "' is in block " + m.block().getAsInt() + ", but the depth is " + scale.depth() + "; blocks count from 0");
      }
    }
  }

  @Override
  public Network at(Scale target) {
    boolean repeats = target.depth() != scale.depth() && network.depth() == scale.depth();
    List<Module> modules = new ArrayList<>();
    Set<String> names = network.modules().stream().map(Module::name).collect(Collectors.toSet());
    boolean blocksDone = false;
    for (Module m : network.modules()) {
      if (m.block().isEmpty() || !repeats) {
        modules.add(widen(m, target));
      } else if (!blocksDone) {
        for (int block = 0; block < target.depth(); block++) {
          for (Module pattern : block(block % scale.depth())) {
            modules.add(move(widen(pattern, target), block, names));
          }
        }
        blocksDone = true;
      }
    }
    return new Network(modules);
  }

  private List<Module> block(int index) {
    return network.modules().stream().filter(m -> m.block().orElse(-1) == index).toList();
  }

  private Module move(Module m, int block, Set<String> names) {
    int from = m.block().getAsInt();
    String name =
        BlockName.replace(m.name(), from, Integer.toString(block), names, scale.depth())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "module '" + m.name() + "' is in block " + from + ", but its name has no " + from + " to replace at another depth"));
    return new Module(name, m.type(), m.role(), m.fanIn(), m.fanOut(), OptionalInt.of(block), m.branch(), m.scalesStream(), m.initStd());
  }

  private Module widen(Module m, Scale target) {
    boolean in =
        switch (m.role()) {
          case HIDDEN, EXPERT_DOWN, ROUTER, UNEMBEDDING -> true;
          case TIED_EMBEDDING -> !growsOut(m);
          case EMBEDDING, HIDDEN_VECTOR, FINAL_NORM, QK_NORM -> false;
        };
    boolean out =
        switch (m.role()) {
          case EMBEDDING, HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR, FINAL_NORM -> true;
          case TIED_EMBEDDING -> growsOut(m);
          case UNEMBEDDING, ROUTER, QK_NORM -> false;
        };
    return new Module(
        m.name(),
        m.type(),
        m.role(),
        in ? grow(m, "fan-in", m.fanIn(), target) : m.fanIn(),
        out ? grow(m, "fan-out", m.fanOut(), target) : m.fanOut(),
        m.block(),
        m.branch(),
        m.scalesStream(),
        // The standard deviation at another width is the network's own affair.
        target.width() == scale.width() ? m.initStd() : OptionalDouble.empty());
  }

  /// A tied embedding may be listed as (width, vocabulary) or (vocabulary, width).
  private boolean growsOut(Module m) {
    return m.fanOut() == scale.width() || m.fanIn() != scale.width();
  }

  private long grow(Module m, String what, long fan, Scale target) {
    // A fan-in of 1 is a vector's, such as the bias of an unembedding.
    if (fan == 1) {
      return 1;
    }
    long grown = Math.multiplyExact(fan, target.width());
    if (grown % scale.width() != 0) {
      throw new IllegalArgumentException(
          "module '" + m.name() + "' has " + what + " " + fan + " at width " + scale.width() + " and no whole " + what + " at width " + target.width()
              + "; take a multiple of " + scale.width());
    }
    return grown / scale.width();
  }
}
