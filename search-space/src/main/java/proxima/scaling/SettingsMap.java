package proxima.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import proxima.module.Hyperparameter;
import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.UpdateRule;

/// The interpreter of a scaling rule on the settings of a whole network.
final class SettingsMap {

  private final ScalingRule rule;
  private final Scale from;
  private final Scale to;
  private final Network network;
  private final Predicate<Hyperparameter> moved;
  private final boolean listsBlocks;
  private final double decays;
  private final Map<Place, Series> series = new LinkedHashMap<>();

  /// What corresponds between the blocks of networks of different depth: the nth module of a type in its block (or outside the blocks).
  private record Place(String type, boolean inBlock, int nth) {}

  /// The settings of one place in all blocks, by block.
  private record Series(List<ModuleSetting> settings, boolean isOfOneShape) {

    static Series of(List<ModuleSetting> settings) {
      List<ModuleSetting> sorted = settings.stream().sorted(Comparator.comparingInt(m -> m.module().block().orElse(-1))).toList();
      return new Series(sorted, sorted.stream().allMatch(s -> SettingsMap.isOfOneShape(s.module(), sorted.getFirst().module())));
    }
  }

  SettingsMap(ScalingRule rule, ModuleSettings settings, Scale from, Scale to, Network network, Predicate<Hyperparameter> moved) {
    this.moved = moved;
    this.rule = rule;
    this.from = from;
    this.to = to;
    this.network = network;
    this.listsBlocks = network.depth() > 0;
    double perParameter = (double) to.tokens() / from.tokens() * settings.network().parameters(from.depth()) / network.parameters(to.depth());
    this.decays = Math.pow(perParameter, rule.tokensPerParameterExponent());
    List<Place> places = places(settings.network());
    Map<Place, List<ModuleSetting>> lists = new LinkedHashMap<>();
    for (int i = 0; i < places.size(); i++) {
      lists.computeIfAbsent(places.get(i), p -> new ArrayList<>()).add(settings.settings().get(i));
    }
    lists.forEach((place, list) -> series.put(place, Series.of(list)));
  }

  private static List<Place> places(Network network) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    return network.modules().stream()
        .map(m -> new Place(m.type(), m.block().isPresent(), counts.merge(List.of(m.type(), m.block()), 1, Integer::sum) - 1))
        .toList();
  }

  ModuleSettings settings() {
    List<Place> places = places(network);
    List<ModuleSetting> settings = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      settings.add(setting(network.modules().get(i), sources(network.modules().get(i), places.get(i))));
    }
    return new ModuleSettings(settings);
  }

  /// The settings of the module's counterparts in all blocks; of another module of the type, where there are none.
  private Series sources(Module m, Place place) {
    Series sources = series.get(place);
    if (sources != null) {
      return sources;
    }
    return series.entrySet().stream()
        .filter(e -> e.getKey().type().equals(m.type()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "module '" + m.name() + "' is of type '" + m.type() + "', which the base network lacks; it has "
                        + series.keySet().stream().map(Place::type).distinct().toList()));
  }

  private ModuleSetting setting(Module m, Series counterparts) {
    List<ModuleSetting> sources = counterparts.isOfOneShape ? counterparts.settings : ofItsShape(m, counterparts.settings);
    Module source = sources.getFirst().module();
    if (source.role() != m.role()) {
      throw new IllegalArgumentException(
          "module '" + m.name() + "' has the role " + m.role().id() + ", but its type has the role " + source.role().id() + " at the base");
    }
    // No depth factor outside the residual stack; where a network lists no blocks at all, the role alone tells.
    Ratios ratios = Ratios.of(source, from, m, to, m.block().isPresent() || !listsBlocks);
    UpdateRule moves = sources.getFirst().rule();
    if (!rule.table().covers(moves, m.role())) {
      throw new IllegalArgumentException(
          "table '" + rule.table() + "' does not say how a module of role " + m.role().id() + " that " + moves.id() + " moves follows the scale: module '" + m.name()
              + "'; tables that say so of all modules: " + covering());
    }
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    moves.hyperparameters().forEach(h -> values.put(h, value(m, moves, h, between(sources, m, h), ratios)));
    return new ModuleSetting(m, moves, values);
  }

  /// The tables that follow every module of the base.
  private String covering() {
    List<ModuleSetting> all = series.values().stream().flatMap(s -> s.settings().stream()).toList();
    return ScalingTable.all().stream().filter(t -> all.stream().allMatch(s -> t.covers(s.rule(), s.module().role()))).map(ScalingTable::id).collect(Collectors.joining(", "));
  }

  /// The counterparts of one shape, of which the module is a wider form: each of its fans is as many times as large as the width, or as large. Where blocks have several shapes, such as the stages of a
  /// residual network, that of the nearest such block; of the nearest block, where there is none.
  private List<ModuleSetting> ofItsShape(Module m, List<ModuleSetting> counterparts) {
    double x = rule.depthInterpolation().position(m.block().orElse(0), to.depth());
    Module like =
        counterparts.stream()
            .min(Comparator.comparingInt((ModuleSetting s) -> -likeness(s.module(), m)).thenComparingDouble(s -> Math.abs(position(s) - x)))
            .orElseThrow()
            .module();
    return counterparts.stream().filter(s -> isOfOneShape(s.module(), like)).toList();
  }

  /// 2 where both fans are as many times as large as the width, 1 where one is and the other stays, or both stay, 0 where it is no wider form.
  private int likeness(Module base, Module m) {
    boolean in = isWider(base.fanIn(), m.fanIn());
    boolean out = isWider(base.fanOut(), m.fanOut());
    return in && out ? 2 : (in || base.fanIn() == m.fanIn()) && (out || base.fanOut() == m.fanOut()) ? 1 : 0;
  }

  private boolean isWider(long base, long fan) {
    return base * to.width() == fan * from.width();
  }

  private static boolean isOfOneShape(Module a, Module b) {
    return a.fanIn() == b.fanIn() && a.fanOut() == b.fanOut();
  }

  private double value(Module m, UpdateRule moves, Hyperparameter h, double base, Ratios ratios) {
    if (!moved.test(h)) {
      return base;
    }
    try {
      return rule.apply(moves, m.role(), h, base, ratios) * (h == Hyperparameter.WEIGHT_DECAY ? decays : 1);
    } catch (NoCounterpartException e) {
      throw e.of(m.name());
    }
  }

  /// The value at the relative depth of `m`.
  private double between(List<ModuleSetting> sources, Module m, Hyperparameter h) {
    if (m.block().isEmpty()) {
      return sources.getFirst().get(h);
    }
    double x = rule.depthInterpolation().position(m.block().getAsInt(), to.depth());
    int next = firstFrom(sources, x);
    if (next == sources.size()) {
      return sources.getLast().get(h);
    }
    ModuleSetting above = sources.get(next);
    double right = position(above);
    if (right == x || next == 0) {
      return above.get(h);
    }
    ModuleSetting below = sources.get(next - 1);
    double left = position(below);
    return interpolate(h, below.get(h), above.get(h), (x - left) / (right - left));
  }

  /// The first whose position is `x` or more, by bisection; their number where there is none.
  private int firstFrom(List<ModuleSetting> sources, double x) {
    int low = 0;
    int high = sources.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position(sources.get(middle)) >= x) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private double position(ModuleSetting s) {
    return rule.depthInterpolation().position(s.module().block().orElse(0), from.depth());
  }

  private static double interpolate(Hyperparameter h, double a, double b, double t) {
    if (a == b) {
      return a;
    }
    return h.isDecay() ? 1 - Math.exp((1 - t) * Math.log(1 - a) + t * Math.log(1 - b)) : Math.exp((1 - t) * Math.log(a) + t * Math.log(b));
  }
}
