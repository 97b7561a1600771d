package proxima.space.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.Decimal;
import proxima.space.IntegerParameter;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// A history as seen from another space: values keep their natural unit, those beyond a range go to its end, and numbers that the space has among choices become these. Of a number that a trial has not and that is active here, it stands in the middle;
/// of a choice, trials stand at each in turn, so that none looks better than another.
final class Translation {

  private static final int CHOICES_NAMED = 5;

  private final SearchSpace space;
  private final TaskHistory history;
  private final Map<String, Parameter> there = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<String, Set<String>> lacking = new HashMap<>();

  /// @param shared whether parameters that only one of both has, and ranges that most values lie beyond, are no problem
  /// @param converted whether values are known to be in the space's units
  Translation(SearchSpace space, TaskHistory history, boolean shared, boolean converted) {
    this.space = space;
    this.history = history;
    history.space().parameters().forEach(p -> there.put(p.name(), p));
    compare(shared, converted);
  }

  /// Why it can not be translated, a line each.
  List<String> problems() {
    return problems;
  }

  private void compare(boolean shared, boolean converted) {
    String task = "prior task '" + history.task() + "': ";
    List<String> missing = space.parameters().stream().map(Parameter::name).filter(n -> !there.containsKey(n)).toList();
    List<String> here = space.parameters().stream().map(Parameter::name).toList();
    List<String> more = there.keySet().stream().filter(n -> !here.contains(n)).toList();
    if (missing.size() == here.size()) {
      problems.add(task + "it has none of the parameters " + here + ", but " + there.keySet());
      return;
    }
    if (!missing.isEmpty() || !more.isEmpty()) {
      String lacks = missing.isEmpty() ? "" : "it lacks " + missing + (more.isEmpty() ? "" : " and ");
      String difference = lacks + (more.isEmpty() ? "" : "it has " + more + " that the space lacks");
      if (shared) {
        notes.add(difference);
      } else {
        problems.add(task + difference + "; " + PriorTasks.ASK);
      }
    }
    unknown.addAll(missing);
    for (Parameter p : space.parameters()) {
      Parameter other = there.get(p.name());
      if (other != null) {
        compare(task, p, other, shared || converted);
      }
    }
  }

  /// @param anyShare whether any share of the values may lie beyond a range that has become narrower
  private void compare(String task, Parameter here, Parameter other, boolean anyShare) {
    switch (here) {
      case CategoricalParameter c -> compareChoices(task, c, other);
      case RealParameter _, IntegerParameter _ when other instanceof CategoricalParameter ->
          problems.add(task + "parameter '" + here.name() + "' is categorical there and " + kind(here) + " in the space");
      case RealParameter _, IntegerParameter _ -> compareRanges(task, here, other, anyShare);
    }
  }

  /// A number there may be one of the choices.
  private void compareChoices(String task, CategoricalParameter here, Parameter other) {
    Set<String> lacks = here.choices().stream().filter(choice -> !has(other, here, choice)).collect(Collectors.toSet());
    lacking.put(here.name(), lacks);
    if (lacks.size() < here.choices().size()) {
      return;
    }
    if (other instanceof CategoricalParameter o) {
      problems.add(task + "parameter '" + here.name() + "' has the choices " + o.choices() + " there, none of " + here.choices());
    } else {
      problems.add(task + "parameter '" + here.name() + "' is " + kind(other) + " there and has the choices " + here.choices() + " in the space; a CSV file is read as the space has it by import-history csv --space");
    }
  }

  /// Where half of the values or more lie beyond a range, it may be of another unit: it is, unless it has become narrower.
  private void compareRanges(String task, Parameter here, Parameter other, boolean anyShare) {
    List<Value> values = history.entries().stream().flatMap(e -> e.configuration().get(here.name()).stream()).toList();
    long beyond = values.stream().filter(v -> isMoved(here, v)).count();
    boolean apart = low(other) > high(here) || high(other) < low(here);
    boolean narrower = low(other) <= low(here) && high(other) >= high(here);
    boolean many = beyond > 0 && 2 * beyond >= values.size();
    if (apart || (many && !(narrower && anyShare))) {
      String count = apart ? "" : ", with " + beyond + " of " + values.size() + " values beyond it";
      problems.add(task + "parameter '" + here.name() + "' lies in " + range(other) + " there and in " + range(here) + " in the space" + count + "; are both in one unit?" + (narrower ? " If so, " + PriorTasks.ASK : ""));
    } else if (isLog(here) != isLog(other)) {
      notes.add("'" + here.name() + "' was searched " + how(other) + ", and is searched " + how(here) + " now");
    }
  }

  /// Whether the parameter there has a value that stands for a choice here.
  private static boolean has(Parameter other, CategoricalParameter here, String choice) {
    return switch (other) {
      case CategoricalParameter o -> o.choices().stream().anyMatch(theirs -> here.choice(theirs).equals(Optional.of(choice)));
      case RealParameter _, IntegerParameter _ -> Decimal.of(choice).filter(number -> number >= low(other) && number <= high(other)).isPresent();
    };
  }

  private static String kind(Parameter p) {
    return switch (p) {
      case RealParameter _ -> "real";
      case IntegerParameter _ -> "an integer";
      case CategoricalParameter _ -> "categorical";
    };
  }

  private static double low(Parameter p) {
    return switch (p) {
      case RealParameter r -> r.low();
      case IntegerParameter i -> i.low();
      case CategoricalParameter _ -> 0;
    };
  }

  private static double high(Parameter p) {
    return switch (p) {
      case RealParameter r -> r.high();
      case IntegerParameter i -> i.high();
      case CategoricalParameter c -> c.width() - 1;
    };
  }

  private static boolean isLog(Parameter p) {
    return switch (p) {
      case RealParameter r -> r.log();
      case IntegerParameter i -> i.log();
      case CategoricalParameter _ -> false;
    };
  }

  private static String how(Parameter p) {
    return isLog(p) ? "in its logarithm" : "linearly";
  }

  private static String range(Parameter p) {
    return "[" + low(p) + ", " + high(p) + "]";
  }

  /// The task, with a note on each kind of trial that was changed or left out.
  PriorTask task(String name) {
    List<Placed> taken = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    Set<Integer> stopped = new HashSet<>();
    Map<Integer, Double> places = StoppedTrials.losses(history);
    Map<String, List<String>> strange = new LinkedHashMap<>();
    int shorter = 0;
    int failed = 0;
    for (int i = 0; i < history.entries().size(); i++) {
      TaskHistory.Entry e = history.entries().get(i);
      double loss =
          switch (e.outcome()) {
            case Outcome.Finished f -> f.loss();
            case Outcome.Diverged _ -> Double.POSITIVE_INFINITY;
            case Outcome.Stopped _ -> places.getOrDefault(i, Double.NaN);
            case Outcome.Failed _ -> Double.NaN;
          };
      if (Double.isNaN(loss)) {
        failed += e.outcome() instanceof Outcome.Failed ? 1 : 0;
        shorter += e.outcome() instanceof Outcome.Stopped ? 1 : 0;
        continue;
      }
      switch (place(e.configuration(), taken.size())) {
        case Strange(String parameter, String choice) -> strange.computeIfAbsent(parameter, _ -> new ArrayList<>()).add(choice);
        case Placed placed -> {
          if (places.containsKey(i)) {
            stopped.add(taken.size());
          }
          taken.add(placed);
          losses.add(loss);
        }
      }
    }
    List<String> all = new ArrayList<>(notes);
    for (Parameter p : space.parameters()) {
      if (p instanceof CategoricalParameter c && !unknown.contains(p.name())) {
        untried(c, taken).ifPresent(all::add);
      }
      count(all, taken.stream().filter(t -> t.moved.contains(p.name())).count(), "have '" + p.name() + "' beyond its range, and count as at the range's end");
      if (!unknown.contains(p.name())) {
        String instead = p instanceof CategoricalParameter ? "each of its choices in turn" : "its middle";
        count(all, taken.stream().filter(t -> t.guessed.contains(p.name())).count(), "have no '" + p.name() + "', which is active for them here, and " + instead + " instead");
        count(all, taken.stream().filter(t -> t.lost.contains(p.name())).count(), "have '" + p.name() + "', which is not active for them here");
      }
    }
    strange.forEach((parameter, choices) -> count(all, choices.size(), "left out, as the space's '" + parameter + "' has no choice " + some(choices)));
    boolean anew = StoppedTrials.isTrainedAnew(history);
    count(all, stopped.size(), anew ? "were not promoted to the whole length, and count as worse than all that were trained for longer" : "were stopped early, and count as no better than those finished that were ahead of them then");
    count(all, shorter, anew ? "left out, as their configurations were trained anew for longer" : "left out, as they were stopped early");
    count(all, failed, "left out, as they failed");
    return new PriorTask(name, taken.stream().map(Placed::point).toList(), losses, stopped, unknown, lacking, taken.stream().map(Placed::guessed).toList(), all);
  }

  /// A line on the choices that no trial has.
  private Optional<String> untried(CategoricalParameter p, List<Placed> taken) {
    Set<String> tried = taken.stream()
        .filter(t -> !t.guessed.contains(p.name()))
        .flatMap(t -> space.decode(t.point).get(p.name()).stream())
        .map(Value::toString)
        .collect(Collectors.toSet());
    List<String> untried = p.choices().stream().filter(choice -> !tried.contains(choice)).toList();
    return untried.isEmpty() ? Optional.empty() : Optional.of("no trial of it has '" + p.name() + "' = " + some(untried));
  }

  private static String some(List<String> choices) {
    List<String> distinct = choices.stream().distinct().toList();
    String first = String.join(", ", distinct.stream().limit(CHOICES_NAMED).map(choice -> "'" + choice + "'").toList());
    return first + (distinct.size() > CHOICES_NAMED ? " and " + (distinct.size() - CHOICES_NAMED) + " others" : "");
  }

  private void count(List<String> all, long count, String what) {
    if (count > 0) {
      all.add(count + " of " + history.entries().size() + " trials " + what);
    }
  }

  /// What comes of a configuration.
  private sealed interface Place {}

  /// The space does not have a choice of it.
  private record Strange(String parameter, String choice) implements Place {}

  /// @param moved names of the parameters whose values lie beyond their ranges
  /// @param guessed names of the parameters that are active here and of which the trial has no value
  /// @param lost names of those of which it has one, and that are not active here
  private record Placed(Point point, Set<String> moved, Set<String> guessed, Set<String> lost) implements Place {}

  /// @param number of the trial among those that are taken
  private Place place(Configuration configuration, int number) {
    Map<String, Value> values = new LinkedHashMap<>();
    Set<String> moved = new HashSet<>();
    Set<String> guessed = new HashSet<>();
    Set<String> lost = new HashSet<>();
    for (Parameter p : space.parameters()) {
      boolean active = p.condition().map(c -> c.holds(new Configuration(values))).orElse(true);
      Optional<Value> value = configuration.get(p.name());
      if (active && value.isPresent()) {
        Optional<Value> fitting = fit(p, value.get());
        if (fitting.isEmpty()) {
          return new Strange(p.name(), value.get().toString());
        }
        if (isMoved(p, value.get())) {
          moved.add(p.name());
        }
        values.put(p.name(), fitting.get());
      } else if (active) {
        guessed.add(p.name());
        values.put(p.name(), p instanceof CategoricalParameter c ? inTurn(c, configuration, number) : middle(p));
      } else if (value.isPresent()) {
        lost.add(p.name());
      }
    }
    return new Placed(space.encode(new Configuration(values)), moved, guessed, lost);
  }

  /// Of as many trials as there are choices each has another, in an order of each parameter's and each round's own, so that no two parameters go together. Choices count that keep the most of
  /// what hangs on them as it was: active where the trial has a value, else not.
  private Value inTurn(CategoricalParameter p, Configuration configuration, int number) {
    long most = p.choices().stream().mapToLong(choice -> kept(p, choice, configuration)).max().orElseThrow();
    List<String> choices = new ArrayList<>(p.choices().stream().filter(choice -> kept(p, choice, configuration) == most).toList());
    int round = number / choices.size();
    Collections.shuffle(choices, RandomGeneratorFactory.of("L64X128MixRandom").create(31L * p.name().hashCode() + round));
    return new Value.Category(choices.get(number % choices.size()));
  }

  private long kept(CategoricalParameter p, String choice, Configuration configuration) {
    return space.parameters().stream()
        .filter(other -> there.containsKey(other.name()))
        .filter(other -> other.condition().filter(c -> c.parameter().equals(p.name()) && c.values().contains(choice) == configuration.get(other.name()).isPresent()).isPresent())
        .count();
  }

  /// Whether it lies beyond the parameter's range. A whole number may be the nearest one.
  private static boolean isMoved(Parameter p, Value value) {
    Optional<Double> to = fit(p, value).flatMap(Translation::number);
    return to.isPresent() && Math.abs(number(value).orElseThrow() - to.get()) > (p instanceof IntegerParameter ? 0.5 : 0);
  }

  private static Optional<Double> number(Value value) {
    return switch (value) {
      case Value.Real(double v) -> Optional.of(v);
      case Value.Whole(long v) -> Optional.of((double) v);
      case Value.Category _ -> Optional.empty();
    };
  }

  /// The value nearest to it that the parameter has.
  private static Optional<Value> fit(Parameter p, Value value) {
    return switch (p) {
      case RealParameter r -> number(value).map(v -> new Value.Real(Math.clamp(v, r.low(), r.high())));
      case IntegerParameter i -> number(value).map(v -> new Value.Whole(Math.clamp(Math.round(v), i.low(), i.high())));
      case CategoricalParameter c -> c.choice(value.toString()).map(Value.Category::new);
    };
  }

  /// Stands for a value that is not known.
  private static Value middle(Parameter p) {
    double[] x = new double[p.width()];
    Arrays.fill(x, 0.5);
    return p.decode(Point.of(x), 0);
  }
}
