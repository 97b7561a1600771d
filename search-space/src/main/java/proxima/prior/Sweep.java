package proxima.prior;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Network;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.space.learn.PriorTasks;

/// A history of another program that knows its scale, over global values such as learningRate, as the global phase of a run: as if that program had tuned the same network at its scale,
/// by the same rule. A value of 0, such as no weight decay, counts as the lowest positive one that was tried, as global values are searched in their logarithm.
///
/// @param rule of the run that learns from it
/// @param networks that run's network at a scale
/// @param around values that the history did not search
/// @param shared whether parameters that are no global values are no problem
public record Sweep(ScalingRule rule, Function<Scale, Network> networks, Hyperparameters around, boolean shared) {

  /// The run; as it is where it does not know its scale, or has none of the global values.
  /// @throws IllegalArgumentException if it has other parameters too and these are a problem, or if there is no such network at its scale.
  public PriorRun of(PriorRun.Plain plain) {
    TaskHistory history = plain.history();
    Optional<Scale> scale = ScaleContext.scale(history);
    Map<Hyperparameter, GlobalSpace.Interval> ranges = ranges(history);
    if (scale.isEmpty() || ranges.isEmpty()) {
      return plain;
    }
    List<String> others = history.space().parameters().stream().map(Parameter::name).filter(n -> searchable().stream().noneMatch(h -> h.id().equals(n))).toList();
    if (!others.isEmpty() && !shared) {
      throw new IllegalArgumentException("prior task '" + plain.name() + "': it has " + others + ", which are no global values; " + PriorTasks.ASK);
    }
    GlobalSpace space = new GlobalSpace(ranges);
    List<TaskHistory.Entry> entries = history.entries().stream().map(e -> new TaskHistory.Entry(space.searched(values(e.configuration(), ranges)), e.outcome(), e.seed())).toList();
    PriorRun.Trials trials = new PriorRun.Trials(around, new TaskHistory(history.task(), space.space(), history.context(), entries));
    return new PriorRun.PerModule(plain.name(), plain.from(), scale.get(), scale.get(), rule, networks.apply(scale.get()), Map.of(PriorRun.Phase.GLOBAL, trials));
  }

  /// What is taken for granted where the history does not say it: a line on the optimizer, one for each global value that some trials have as 0, and one for each that has one value alone
  /// above it.
  public List<String> notes(PriorRun.Plain plain) {
    TaskHistory history = plain.history();
    List<String> notes = new ArrayList<>();
    Map<Hyperparameter, GlobalSpace.Interval> ranges = ranges(history);
    if (ScaleContext.missing(history).isPresent() || ranges.isEmpty()) {
      return notes;
    }
    notes.add("its optimizer is not known, and counts as " + around.optimizer().id());
    searchable().stream().filter(h -> parameter(history, h) && !ranges.containsKey(h)).forEach(h -> notes.add("its " + h.id() + " teaches nothing, as not all its trials have it, or no two values of it above 0"));
    ranges.forEach((h, range) -> {
      long none = history.entries().stream().filter(e -> number(e.configuration(), h) <= 0).count();
      if (none > 0) {
        notes.add(none + " of " + history.entries().size() + " trials have " + h.id() + " 0, which counts as " + range.low() + ", the lowest above 0 that was tried");
      }
    });
    return notes;
  }

  private List<Hyperparameter> searchable() {
    return GlobalSpace.searchable(around.optimizer());
  }

  /// Of the values tried, without what has no logarithm.
  private Map<Hyperparameter, GlobalSpace.Interval> ranges(TaskHistory history) {
    Map<Hyperparameter, GlobalSpace.Interval> ranges = new LinkedHashMap<>();
    for (Hyperparameter h : searchable()) {
      List<Double> tried = new ArrayList<>();
      history.entries().stream().filter(e -> e.configuration().get(h.id()).isPresent()).forEach(e -> tried.add(number(e.configuration(), h)));
      double[] possible = tried.stream().mapToDouble(Double::doubleValue).filter(v -> v > 0 && !(h.isDecay() && v >= 1)).sorted().toArray();
      boolean always = tried.size() == history.entries().size();
      if (always && possible.length > 0 && possible[0] < possible[possible.length - 1] && parameter(history, h)) {
        ranges.put(h, new GlobalSpace.Interval(possible[0], possible[possible.length - 1]));
      }
    }
    return ranges;
  }

  private static boolean parameter(TaskHistory history, Hyperparameter h) {
    return history.space().parameters().stream().anyMatch(p -> !(p instanceof CategoricalParameter) && p.name().equals(h.id()));
  }

  /// NaN of a choice; 0 where it has none.
  private static double number(Configuration configuration, Hyperparameter h) {
    return switch (configuration.get(h.id()).orElse(new Value.Real(0))) {
      case Value.Real(double v) -> v;
      case Value.Whole(long v) -> v;
      case Value.Category _ -> Double.NaN;
    };
  }

  private static Map<Hyperparameter, Double> values(Configuration configuration, Map<Hyperparameter, GlobalSpace.Interval> ranges) {
    Map<Hyperparameter, Double> values = new LinkedHashMap<>();
    ranges.forEach((h, range) -> values.put(h, Math.clamp(number(configuration, h), range.low(), range.high())));
    return values;
  }
}
