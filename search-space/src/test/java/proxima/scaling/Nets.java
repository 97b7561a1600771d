package proxima.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.Network;

/// A network with one module of every role, for tests.
final class Nets {

  static final Architecture ALL_ROLES = Nets::at;

  private Nets() {}

  private static Network at(Scale s) {
    int n = s.width();
    List<Module> modules = new ArrayList<>();
    modules.add(module("embed", ModuleRole.EMBEDDING, 96, n, -1, ""));
    modules.add(module("tied", ModuleRole.TIED_EMBEDDING, 96, n, -1, ""));
    for (int b = 0; b < s.depth(); b++) {
      modules.add(module("block." + b + ".attn.norm", ModuleRole.HIDDEN_VECTOR, 1, n, b, "attn"));
      modules.add(module("block." + b + ".attn.q", ModuleRole.HIDDEN, n, n, b, "attn"));
      modules.add(module("block." + b + ".attn.qnorm", ModuleRole.QK_NORM, 1, 16, b, "attn"));
      modules.add(module("block." + b + ".mlp.up", ModuleRole.HIDDEN, n, 4L * n, b, "mlp"));
      modules.add(module("block." + b + ".mlp.down", ModuleRole.HIDDEN, 4L * n, n, b, "mlp"));
      modules.add(module("block." + b + ".moe.router", ModuleRole.ROUTER, n, 8, b, ""));
      modules.add(module("block." + b + ".moe.down", ModuleRole.EXPERT_DOWN, 2L * n, n, b, "mlp"));
    }
    modules.add(module("norm", ModuleRole.FINAL_NORM, 1, n, -1, ""));
    modules.add(module("unembed", ModuleRole.UNEMBEDDING, n, 96, -1, ""));
    return new Network(modules);
  }

  private static Module module(String name, ModuleRole role, long in, long out, int block, String branch) {
    return new Module(
        name,
        name.replaceFirst("^block\\.\\d+\\.", ""),
        role,
        in,
        out,
        block < 0 ? OptionalInt.empty() : OptionalInt.of(block),
        branch.isEmpty() ? Optional.empty() : Optional.of(branch),
        OptionalDouble.empty());
  }
}
