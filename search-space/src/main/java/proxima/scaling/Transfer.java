package proxima.scaling;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.UpdateRule;

/// Hyperparameters in base coordinates, global values and per-module factors, and the rule that takes them to any scale.
///
/// A module's base value is the global value times its type's factor times its block's factor (Complete(d)P, arXiv 2512.22382: type x depth
/// factorisation); the betas' factors are on 1 - beta, the multiplier's are of the branch on a global value of 1.
///
/// @param scale the base scale
/// @param network the network at the base scale
public record Transfer(ScalingRule rule, Scale scale, Network network, Hyperparameters hyperparameters, Factors factors) {

  public Transfer {
    Set<String> types = Set.copyOf(network.types());
    Set<String> branches = Set.copyOf(network.branches());
    factors.byType().forEach((name, byHyperparameter) ->
        byHyperparameter.keySet().forEach(h -> {
          Set<String> known = h == Hyperparameter.MULTIPLIER ? branches : types;
          if (!known.contains(name)) {
            throw new IllegalArgumentException(
                "no " + (h == Hyperparameter.MULTIPLIER ? "branch" : "type") + " '" + name + "' for the factor on " + h.id() + "; there are "
                    + new TreeSet<>(known));
          }
          if (h != Hyperparameter.MULTIPLIER && !hyperparameters.optimizer().rule(network.ofType(name).role()).has(h)) {
            throw new IllegalArgumentException(
                "type '" + name + "' has a factor on " + h.id() + ", which it does not have with optimizer " + hyperparameters.optimizer().id());
          }
        }));
    factors.byBlock().forEach((h, byBlock) -> {
      if (byBlock.size() != scale.depth()) {
        throw new IllegalArgumentException(
            "the base has " + scale.depth() + " blocks, but there are " + byBlock.size() + " block factors on " + h.id());
      }
    });
    network.modules().forEach(m -> m.block().ifPresent(b -> {
      if (b >= scale.depth()) {
        throw new IllegalArgumentException("module '" + m.name() + "' is in block " + b + ", but the base scale's depth is " + scale.depth());
      }
    }));
  }

  /// The settings of every module of a network at a scale.
  /// @throws IllegalArgumentException if the network has a type that the base lacks, or a beta has no counterpart at the scale.
  public ModuleSettings at(Scale target, Network targetNetwork) {
    return rule.map(base(), scale, target, targetNetwork);
  }

  /// The same, where the values of some hyperparameters alone are needed; the others stay as they are at the base.
  /// @throws NoCounterpartException if one of these is a beta that has none at the scale.
  public ModuleSettings at(Scale target, Network targetNetwork, Predicate<Hyperparameter> needed) {
    return rule.map(base(), scale, target, targetNetwork, needed);
  }

  /// The settings at the base scale.
  public ModuleSettings base() {
    return new ModuleSettings(network.modules().stream().map(this::base).toList());
  }

  private ModuleSetting base(Module m) {
    UpdateRule moves = hyperparameters.optimizer().rule(m.role());
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    moves.hyperparameters().forEach(h -> values.put(h, base(m, h)));
    return new ModuleSetting(m, moves, values);
  }

  private double base(Module m, Hyperparameter h) {
    return switch (h) {
      case INIT_STD -> initStd(m) * factor(m, h);
      // That of a router is on its own output: no branch's factor, nor a block's.
      case MULTIPLIER -> m.role() == ModuleRole.ROUTER ? 1 : factor(m, h);
      case MOMENTUM, BETA1, BETA2 -> decay(m, h, hyperparameters.get(m.role(), h));
      case LEARNING_RATE, ADAMW_LEARNING_RATE, WEIGHT_DECAY, EPSILON, RHO, RADIUS -> hyperparameters.get(m.role(), h) * factor(m, h);
    };
  }

  private double initStd(Module m) {
    // Also for a vector, as table 1 has it: a bias may start at random. A gain that starts at 1 takes no notice.
    return hyperparameters.initStd().orElse(m.initStd().orElse(0));
  }

  private double decay(Module m, Hyperparameter h, double global) {
    double beta = BetaForm.LINEAR.scale(global, factor(m, h));
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException(
          "module '" + m.name() + "': the factor " + factor(m, h) + " on 1 - " + h.id() + " of " + (1 - global) + " makes " + h.id() + " " + beta
              + ", which must be in [0, 1); take a smaller factor");
    }
    return beta;
  }

  private double factor(Module m, Hyperparameter h) {
    double ofType = h == Hyperparameter.MULTIPLIER ? m.branch().map(b -> factors.of(b, h)).orElse(1.0) : factors.of(m.type(), h);
    List<Double> byBlock = factors.byBlock().getOrDefault(h, List.of());
    return m.block().isPresent() && !byBlock.isEmpty() ? ofType * byBlock.get(m.block().getAsInt()) : ofType;
  }
}
