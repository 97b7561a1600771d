package proxima.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.Network;

/// Where a target differs from its base in what no table follows, or only this one does.
public final class Caveats {

  private Caveats() {}

  /// A sentence for each type of modules that differs.
  public static List<String> of(ScalingTable table, Network base, Network target) {
    List<String> caveats = new ArrayList<>();
    for (String type : target.types()) {
      Module after = target.ofType(type);
      base.modules().stream().filter(m -> m.type().equals(type) && m.role() == after.role()).findFirst().flatMap(before -> caveat(table, before, after, isOfExperts(target, type))).ifPresent(caveats::add);
    }
    return caveats;
  }

  /// What differs between two scales and the table does not follow; empty where it follows all.
  public static Optional<String> of(ScalingTable table, Scale base, Scale target) {
    List<String> axes = new ArrayList<>();
    if (base.width() != target.width() && table.rows().stream().allMatch(r -> r.exponents().fanIn() == 0 && r.exponents().fanOut() == 0)) {
      axes.add("width");
    }
    if (base.depth() != target.depth() && table.rows().stream().allMatch(r -> r.exponents().depth() == 0 && r.exponents().depthAlpha() == 0)) {
      axes.add("depth");
    }
    boolean isTimeless = table.rows().stream().allMatch(r -> r.exponents().noise() == 0 && r.exponents().rate() == 0);
    if (isTimeless && base.batch() != target.batch()) {
      axes.add("batch");
    }
    if (isTimeless && base.tokens() != target.tokens()) {
      axes.add("tokens");
    }
    return when(!axes.isEmpty(), "table " + table + " does not follow " + String.join(" and ", axes) + ": values are as if the target's were the base's");
  }

  /// Whether a router's type stands beside one of experts, such as `moe.router` beside `moe.down`.
  private static boolean isOfExperts(Network network, String type) {
    String parent = type.substring(0, type.lastIndexOf('.') + 1);
    return network.modules().stream().anyMatch(m -> m.role() == ModuleRole.EXPERT_DOWN && m.type().startsWith(parent));
  }

  private static Optional<String> caveat(ScalingTable table, Module before, Module after, boolean isOfExperts) {
    String fans = after.fanOut() + ", at the base " + before.fanOut();
    return switch (after.role()) {
      case ROUTER ->
          when(
              before.fanOut() != after.fanOut(),
              "'" + after.type() + "' has a fan-out of " + fans
                  + (isOfExperts
                      ? ": learning rates are known to transfer to more experts (arXiv 2508.09752), but not to another active share of them (arXiv 2601.20205)"
                      : ": the tables are for outputs of one size, which does not grow with the width"));
      // 1 %: a hidden width that is rounded to a multiple is the same.
      case EXPERT_DOWN ->
          when(
              !table.equals(ScalingTable.MOE_FIXED_SPARSITY) && !(Math.abs(ratio(after) / ratio(before) - 1) < 0.01),
              String.format(
                  Locale.ROOT,
                  "the experts of '%s' have a hidden width of %.3g times the model's, at the base %.3g: learning rates are known not to transfer to another granularity (arXiv 2508.09752);"
                      + " only table moe-fixed-sparsity follows it",
                  after.type(), ratio(after), ratio(before)));
      // Heads of latent attention have queries wider than the model's width, by as much as their rotary part is of theirs.
      case HIDDEN ->
          when(
              after.type().equals("attn.q") && !(Math.abs(ratio(before) / ratio(after) - 1) < 0.01),
              String.format(
                  Locale.ROOT, "'%s' puts out %.3g times its fan-in, at the base %.3g: the tables are for heads of one width, of which a wider model has more", after.type(),
                  1 / ratio(after), 1 / ratio(before)));
      case QK_NORM ->
          when(
              before.fanOut() != after.fanOut(),
              "'" + after.type() + "' is of heads of width " + fans + ": the tables are for heads of one width, of which a wider model has more");
      case EMBEDDING, HIDDEN_VECTOR, FINAL_NORM, UNEMBEDDING, TIED_EMBEDDING -> Optional.empty();
    };
  }

  private static double ratio(Module m) {
    return (double) m.fanIn() / m.fanOut();
  }

  private static Optional<String> when(boolean differs, String caveat) {
    return differs ? Optional.of(caveat) : Optional.empty();
  }
}
