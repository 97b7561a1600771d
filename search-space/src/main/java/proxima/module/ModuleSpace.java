package proxima.module;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;

/// The search space of per-module factors around tuned global values, in log scale; at the centre of its unit cube all factors are 1.
///
/// What a learning rate or a multiplier does depends on the initial scales: AdamW, as most rules, moves a weight by its rate relative to the weight's size, and a
/// branch counts relative to the stream it is added to. So a parameter of a type's learning rate is relative to that of its initial scale, and a
/// branch's is that of its share of the stream (`InitialScales`). One parameter then has one effect, where otherwise the best value of one
/// follows the other along a diagonal.
///
/// Parameters are named `attn.q/learningRate` (type), `attn/multiplier` (branch), `all/beta1` (shared) and `block.0/learningRate` (depth).
/// Vectors have no factor on the initial values, which are constant, and none on the weight decay, which is 0 for them by custom; neither have
/// weights whose initial standard deviation is the network's own affair. Type and block factors have one scale in common: `factors` divides
/// block factors by their geometric mean, so that it is 1. The factors on 1 - beta reach only so far that beta stays positive.
/// Which types have a factor on a hyperparameter follows from the optimizer's rule for them.
public final class ModuleSpace {

  /// 1 - beta never exceeds this: a beta of 0 or less has no meaning, one of 2^-10 no effect.
  private static final double LARGEST_RATE = 1 - 0x1p-10;

  private final Network network;
  private final Hyperparameters global;
  private final double largestRate;
  private final List<Dial> dials = new ArrayList<>();
  private final SearchSpace space;

  private ModuleSpace(Network network, Hyperparameters global, List<ModuleAxis> axes, double rates) {
    this.network = network;
    this.global = global;
    this.largestRate = LARGEST_RATE / Math.max(1, rates);
    Map<Hyperparameter, ModuleAxis> byHyperparameter = new EnumMap<>(Hyperparameter.class);
    for (ModuleAxis axis : axes) {
      check(axis);
      if (byHyperparameter.put(axis.hyperparameter(), narrow(axis)) != null) {
        throw new IllegalArgumentException(axis.hyperparameter().id() + " has two axes in the module space; give one");
      }
    }
    byHyperparameter.forEach((h, axis) -> {
      List<String> names = axis.only().isEmpty() ? names(h) : axis.only();
      if (axis.octaves() > 0 && axis.scope() == ModuleAxis.Scope.SHARED) {
        dials.add(new Dial(parameter("all", h, axis.octaves()), h, names, OptionalInt.empty()));
      } else if (axis.octaves() > 0) {
        names.forEach(n -> dials.add(new Dial(parameter(n, h, axis.octaves()), h, List.of(n), OptionalInt.empty())));
      }
    });
    byHyperparameter.forEach((h, axis) -> {
      for (int block = 0; axis.depthOctaves() > 0 && block < network.depth(); block++) {
        dials.add(new Dial(parameter("block." + block, h, axis.depthOctaves()), h, List.of(), OptionalInt.of(block)));
      }
    });
    this.space = new SearchSpace(dials.stream().<Parameter>map(Dial::parameter).toList());
  }

  /// The space over the modules of a network.
  ///
  /// @param global the values that the factors multiply
  /// @throws IllegalArgumentException if an axis has nothing to act on.
  public static ModuleSpace of(Network network, Hyperparameters global, List<ModuleAxis> axes) {
    return of(network, global, axes, 1);
  }

  /// The same, of trainings at another scale, where 1 - beta is `rates` times as large.
  public static ModuleSpace of(Network network, Hyperparameters global, List<ModuleAxis> axes, double rates) {
    return new ModuleSpace(network, global, axes, rates);
  }

  /// The one with a space's parameters, which are named as those of a module space.
  /// @throws IllegalArgumentException if one is none of the network's factors.
  public static ModuleSpace of(Network network, Hyperparameters global, SearchSpace space) {
    Map<Hyperparameter, ModuleAxis> axes = new EnumMap<>(Hyperparameter.class);
    for (Parameter p : space.parameters()) {
      String owner = p.name().substring(0, Math.max(0, p.name().lastIndexOf('/')));
      Hyperparameter h =
          Hyperparameter.of(p.name().substring(p.name().lastIndexOf('/') + 1))
              .filter(_ -> !owner.isEmpty() && p instanceof RealParameter)
              .orElseThrow(() -> new IllegalArgumentException("no factor is called '" + p.name() + "'; factors are called as attn.q/learningRate is"));
      double octaves = Math.log(((RealParameter) p).high()) / Math.log(2);
      ModuleAxis one = owner.matches("block\\.\\d+") ? new ModuleAxis(h, 0, ModuleAxis.Scope.TYPE, octaves, List.of()) : ofTypes(h, octaves, owner);
      axes.merge(h, one, ModuleSpace::both);
    }
    return of(network, global, List.copyOf(axes.values()));
  }

  private static ModuleAxis ofTypes(Hyperparameter h, double octaves, String owner) {
    return owner.equals("all") ? ModuleAxis.shared(h, octaves) : ModuleAxis.of(h, octaves).withOnly(List.of(owner));
  }

  private static ModuleAxis both(ModuleAxis a, ModuleAxis b) {
    List<String> only = Stream.concat(a.only().stream(), b.only().stream()).toList();
    ModuleAxis.Scope scope = a.scope() == ModuleAxis.Scope.SHARED ? a.scope() : b.scope();
    return new ModuleAxis(a.hyperparameter(), Math.max(a.octaves(), b.octaves()), scope, Math.max(a.depthOctaves(), b.depthOctaves()), only);
  }

  public SearchSpace space() {
    return space;
  }

  /// The optimizer whose hyperparameters its factors are on.
  public Optimizer optimizer() {
    return global.optimizer();
  }

  /// The factors of a configuration of the space.
  public Factors factors(Configuration configuration) {
    Map<String, Map<Hyperparameter, Double>> byType = new LinkedHashMap<>();
    Factors.plain(network).byType().forEach((type, factors) -> byType.put(type, new EnumMap<>(factors)));
    Map<Hyperparameter, List<Double>> byBlock = new EnumMap<>(Hyperparameter.class);
    for (Dial dial : dials) {
      double factor = configuration.real(dial.parameter().name());
      for (String name : dial.names()) {
        byType.computeIfAbsent(name, n -> new EnumMap<>(Hyperparameter.class)).put(dial.hyperparameter(), Dial.settle(factor));
      }
      if (dial.block().isPresent()) {
        byBlock.computeIfAbsent(dial.hyperparameter(), h -> new ArrayList<>()).add(factor);
      }
    }
    byBlock.replaceAll((h, raw) -> {
      double mean = geometricMean(raw);
      return raw.stream().map(f -> Dial.settle(f / mean)).toList();
    });
    var scales = new InitialScales(network, global.optimizer(), new Factors(byType, byBlock));
    for (Dial dial : dials) {
      if (dial.isOwn()) {
        byType.getOrDefault(dial.owner(), Map.of()).computeIfPresent(dial.hyperparameter(), (h, f) -> Dial.settle(f * scales.unit(h, dial.owner())));
      }
    }
    return new Factors(byType, byBlock);
  }

  /// The parameters' values that come nearest to settings of a network, also beyond their ranges: for each the geometric mean over the modules it acts on, which is
  /// exact where the space can express the settings. A parameter whose modules the settings lack is left out.
  public Map<String, Double> nearest(ModuleSettings settings) {
    return new NearestFactors(network, global, settings).values(dials);
  }

  private List<String> names(Hyperparameter h) {
    return names(network, global, h);
  }

  /// The module types, or for multipliers the residual branches, that have a hyperparameter.
  public static List<String> names(Network network, Hyperparameters global, Hyperparameter h) {
    return switch (h) {
      case MULTIPLIER -> network.branches();
      case WEIGHT_DECAY -> network.types().stream().filter(t -> !network.ofType(t).isVector()).toList();
      case INIT_STD -> network.types().stream().filter(t -> drawsInitialValues(network.ofType(t), global)).toList();
      case LEARNING_RATE, ADAMW_LEARNING_RATE, MOMENTUM, BETA1, BETA2, EPSILON, RHO, RADIUS ->
          network.types().stream().filter(t -> global.optimizer().rule(network.ofType(t).role()).has(h)).toList();
    };
  }

  private static boolean drawsInitialValues(Module m, Hyperparameters global) {
    return !m.role().isVector() && (global.initStd().isPresent() || m.initStd().orElse(0) > 0);
  }

  private void check(ModuleAxis axis) {
    Hyperparameter h = axis.hyperparameter();
    if (names(h).isEmpty()) {
      String none = h == Hyperparameter.MULTIPLIER ? "residual branch" : "module";
      throw new IllegalArgumentException(h.id() + " has an axis, but no " + none + " has it with optimizer " + global.optimizer().id());
    }
    for (String name : axis.only()) {
      if (!names(h).contains(name)) {
        throw new IllegalArgumentException(
            h.id() + ": no module type '" + name + "' that has it; there are " + String.join(", ", names(h)));
      }
    }
    if (!h.isOfModule() && h.mayBeZero() && global.get(h) == 0) {
      throw new IllegalArgumentException(h.id() + " has an axis, but its global value is 0, which no factor changes; make it positive");
    }
    if (axis.depthOctaves() > 0 && network.depth() < 2) {
      throw new IllegalArgumentException(h.id() + " has depth factors, which need two blocks or more, but the network has " + network.depth());
    }
  }

  private ModuleAxis narrow(ModuleAxis axis) {
    double rate = axis.hyperparameter().isDecay() ? 1 - global.get(axis.hyperparameter()) : 0;
    if (rate == 0) {
      return axis;
    }
    double room = Math.log(largestRate / rate) / Math.log(2);
    if (!(room > 0)) {
      throw new IllegalArgumentException(
          axis.hyperparameter().id() + " has an axis, but its global value " + (1 - rate) + " leaves no room above it; make it larger");
    }
    // A block factor divided by the mean reaches this many times its octaves.
    double spread = network.depth() < 2 ? 0 : 2 - 2.0 / network.depth();
    double reach = axis.octaves() + spread * axis.depthOctaves();
    double part = Math.min(1, room / reach);
    return new ModuleAxis(axis.hyperparameter(), axis.octaves() * part, axis.scope(), axis.depthOctaves() * part, axis.only());
  }

  private static RealParameter parameter(String label, Hyperparameter h, double octaves) {
    double reach = Math.pow(2, octaves);
    return new RealParameter(label + "/" + h.id(), 1 / reach, reach, true, Optional.empty());
  }

  private static double geometricMean(List<Double> factors) {
    return Math.exp(factors.stream().mapToDouble(Math::log).average().orElse(0));
  }
}
