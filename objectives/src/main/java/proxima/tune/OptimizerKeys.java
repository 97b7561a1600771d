package proxima.tune;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import proxima.cli.Range;
import proxima.cli.Section;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
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
    return switch (h) {
      case LEARNING_RATE, ADAMW_LEARNING_RATE, RHO, RADIUS, INIT_STD, MULTIPLIER -> Range.POSITIVE;
      case WEIGHT_DECAY, EPSILON -> Range.NOT_NEGATIVE;
      case MOMENTUM, BETA1, BETA2 -> Range.DECAY;
    };
  }

  /// Notes each hyperparameter that has no global value with the optimizer.
  static void refuseForeign(Section s, Optimizer optimizer) {
    List<Hyperparameter> own = GlobalSpace.searchable(optimizer);
    for (Hyperparameter h : Hyperparameter.values()) {
      if (h != Hyperparameter.MULTIPLIER && s.has(h.id()) && !own.contains(h)) {
        s.wrong(h.id(), "is no hyperparameter of optimizer " + optimizer.id() + ", which has " + own.stream().map(Hyperparameter::id).collect(Collectors.joining(", ")));
      }
    }
  }
}
