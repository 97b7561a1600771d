package proxima.space.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// A history as seen from another space: values keep their natural unit, those beyond a range go to its end. Of a number that a trial has not and that is active here, it stands in the middle;
/// of a choice, trials stand at each in turn, so that none looks better than another.
final class Translation {

  private final SearchSpace space;
  private final TaskHistory history;
  private final Map<String, Parameter> there = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> unknown = new HashSet<>();

  /// @param shared whether parameters that only one of both has are no problem
  Translation(SearchSpace space, TaskHistory history, boolean shared) {
    this.space = space;
    this.history = history;
    history.space().parameters().forEach(p -> there.put(p.name(), p));
    compare(shared);
  }

  /// Why it can not be translated, a line each.
  List<String> problems() {
    return problems;
  }

  private void compare(boolean shared) {
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
        compare(task, p, other);
      }
    }
  }

  private void compare(String task, Parameter here, Parameter other) {
    if (here instanceof CategoricalParameter != other instanceof CategoricalParameter) {
      problems.add(task + "parameter '" + here.name() + "' is " + kind(other) + " there and " + kind(here) + " in the space");
      return;
    }
    if (here instanceof CategoricalParameter c && other instanceof CategoricalParameter o) {
      List<String> strange = o.choices().stream().filter(choice -> !c.choices().contains(choice)).toList();
      if (strange.size() == o.choices().size()) {
        problems.add(task + "parameter '" + here.name() + "' has the choices " + o.choices() + " there, none of " + c.choices());
      }
      return;
    }
    if (low(other) > high(here) || high(other) < low(here)) {
      problems.add(task + "parameter '" + here.name() + "' lies in " + range(other) + " there and in " + range(here) + " in the space; are both in one unit?");
    } else if (isLog(here) != isLog(other)) {
      notes.add("'" + here.name() + "' was searched " + how(other) + ", and is searched " + how(here) + " now");
    }
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
    int strange = 0;
    int shorter = 0;
    int failed = 0;
    for (int i = 0; i < history.entries().size(); i++) {
      TaskHistory.Entry e = history.entries().get(i);
      Optional<Placed> placed = place(e.configuration(), taken.size());
      boolean compares = places.containsKey(i);
      switch (e.outcome()) {
        case Outcome.Stopped _ when !compares -> shorter++;
        case Outcome.Failed _ -> failed++;
        case Outcome.Finished _, Outcome.Diverged _, Outcome.Stopped _ when placed.isEmpty() -> strange++;
        case Outcome.Finished(double loss, _, _) -> {
          taken.add(placed.orElseThrow());
          losses.add(loss);
        }
        case Outcome.Stopped _ -> {
          stopped.add(taken.size());
          taken.add(placed.orElseThrow());
          losses.add(places.getOrDefault(i, Double.POSITIVE_INFINITY));
        }
        case Outcome.Diverged _ -> {
          taken.add(placed.orElseThrow());
          losses.add(Double.POSITIVE_INFINITY);
        }
      }
    }
    List<String> all = new ArrayList<>(notes);
    count(all, taken.stream().filter(Placed::moved).count(), "moved to the ends of ranges");
    for (Parameter p : space.parameters()) {
      if (!unknown.contains(p.name())) {
        String instead = p instanceof CategoricalParameter ? "each of its choices in turn" : "its middle";
        count(all, taken.stream().filter(t -> t.guessed.contains(p.name())).count(), "have no '" + p.name() + "', which is active for them here, and " + instead + " instead");
        count(all, taken.stream().filter(t -> t.lost.contains(p.name())).count(), "have '" + p.name() + "', which is not active for them here");
      }
    }
    count(all, strange, "left out, as the space does not have their choices");
    count(all, stopped.size(), "were stopped early, and count as no better than those finished that were ahead of them then");
    count(all, shorter, "left out, as they were stopped early");
    count(all, failed, "left out, as they failed");
    return new PriorTask(name, taken.stream().map(Placed::point).toList(), losses, stopped, unknown, taken.stream().map(Placed::guessed).toList(), all);
  }

  private void count(List<String> all, long count, String what) {
    if (count > 0) {
      all.add(count + " of " + history.entries().size() + " trials " + what);
    }
  }

  /// @param moved whether a value lies beyond its range
  /// @param guessed names of the parameters that are active here and of which the trial has no value
  /// @param lost names of those of which it has one, and that are not active here
  private record Placed(Point point, boolean moved, Set<String> guessed, Set<String> lost) {}

  /// Empty where the space does not have a choice that the configuration has.
  /// @param number of the trial among those that are taken
  private Optional<Placed> place(Configuration configuration, int number) {
    Map<String, Value> values = new LinkedHashMap<>();
    Set<String> guessed = new HashSet<>();
    Set<String> lost = new HashSet<>();
    boolean moved = false;
    for (Parameter p : space.parameters()) {
      boolean active = p.condition().map(c -> c.holds(new Configuration(values))).orElse(true);
      Optional<Value> value = configuration.get(p.name());
      if (active && value.isPresent()) {
        Optional<Value> fitting = fit(p, value.get());
        if (fitting.isEmpty()) {
          return Optional.empty();
        }
        moved |= isMoved(p, number(value.get()), number(fitting.get()));
        values.put(p.name(), fitting.get());
      } else if (active) {
        guessed.add(p.name());
        values.put(p.name(), p instanceof CategoricalParameter c ? inTurn(c, configuration, number) : middle(p));
      } else if (value.isPresent()) {
        lost.add(p.name());
      }
    }
    return Optional.of(new Placed(space.encode(new Configuration(values)), moved, guessed, lost));
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

  /// A whole number may be the nearest one.
  private static boolean isMoved(Parameter p, Optional<Double> from, Optional<Double> to) {
    return from.isPresent() && to.isPresent() && Math.abs(from.get() - to.get()) > (p instanceof IntegerParameter ? 0.5 : 0);
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
      case CategoricalParameter c -> value instanceof Value.Category(String choice) && c.choices().contains(choice) ? Optional.of(value) : Optional.empty();
    };
  }

  /// Stands for a value that is not known.
  private static Value middle(Parameter p) {
    double[] x = new double[p.width()];
    Arrays.fill(x, 0.5);
    return p.decode(Point.of(x), 0);
  }
}
