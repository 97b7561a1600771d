package proxima.tune;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import proxima.cli.Range;
import proxima.cli.Section;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleRole;
import proxima.module.Optimizer;

/// The keys `optimizer` and `hyperparameters` of a file: which hyperparameters there are follows from the optimizer, and so do their usual values.
final class OptimizerKeys {

  private OptimizerKeys() {}

  static Hyperparameters hyperparameters(Section top) {
    Optimizer optimizer = Optimizer.of(top.choice("optimizer", Optimizer.ADAMW.id(), Arrays.stream(Optimizer.values()).map(Optimizer::id).toArray(String[]::new)));
    Section s = top.section("hyperparameters");
    refuseForeign(s, optimizer);
    Map<Hyperparameter, Double> values = new LinkedHashMap<>();
    optimizer.defaults().forEach((h, usual) -> values.put(h, s.number(h.id(), usual, range(h))));
    if (s.has(Hyperparameter.INIT_STD.id())) {
      values.put(Hyperparameter.INIT_STD, s.number(Hyperparameter.INIT_STD.id(), 1, Range.POSITIVE));
    }
    s.finish();
    return new Hyperparameters(optimizer, values);
  }

  private static Range range(Hyperparameter h) {
    return h.isDecay() ? Range.DECAY : h.mayBeZero() ? Range.NOT_NEGATIVE : Range.POSITIVE;
  }

  /// Notes each hyperparameter that has no global value with the optimizer.
  static void refuseForeign(Section s, Optimizer optimizer) {
    refuse(s, GlobalSpace.searchable(optimizer), optimizer);
  }

  /// Notes each hyperparameter that no module has with the optimizer.
  static void refuseForeignFactors(Section s, Optimizer optimizer) {
    List<Hyperparameter> own =
        Arrays.stream(Hyperparameter.values())
            .filter(h -> Arrays.stream(ModuleRole.values()).anyMatch(role -> optimizer.rule(role).has(h)))
            .toList();
    refuse(s, own, optimizer);
  }

  private static void refuse(Section s, List<Hyperparameter> own, Optimizer optimizer) {
    for (String key : s.keys()) {
      Optional<Hyperparameter> known = Hyperparameter.of(key);
      if (known.isPresent() && !own.contains(known.get()) && s.has(key)) {
        s.wrong(key, "means nothing here to optimizer " + optimizer.id() + ", which has " + own.stream().map(Hyperparameter::id).collect(Collectors.joining(", ")));
      }
    }
  }
}
