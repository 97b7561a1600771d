package proxima.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.space.CategoricalParameter;
import proxima.space.Condition;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// A history whose space is known by its trials alone, each of which says what it chose from.
///
/// A parameter's range is the union of its ranges in the trials. One that only some trials have is conditional, where a categorical parameter tells which; else the trials
/// without it are left out, or the parameter, where most trials lack it.
final class HistoryDraft {

  /// What a trial chose, and from what.
  record Suggestion(Parameter parameter, Value value) {}

  private record Trial(Map<String, Suggestion> suggestions, Outcome outcome) {}

  private final List<Trial> trials = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Parameter> merged = new LinkedHashMap<>();
  private final Set<String> mixed = new LinkedHashSet<>();

  void add(Map<String, Suggestion> suggestions, Outcome outcome) {
    trials.add(new Trial(new LinkedHashMap<>(suggestions), outcome));
    suggestions.forEach((name, s) -> merge(name, s.parameter));
  }

  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  private void merge(String name, Parameter p) {
    Parameter before = merged.get(name);
    if (before == null) {
      merged.put(name, p);
    } else if (!before.equals(p)) {
      union(before, p).ifPresentOrElse(u -> merged.put(name, u), () -> mixed.add(name));
    }
  }

  /// Empty where one is categorical and the other a number.
  private static Optional<Parameter> union(Parameter a, Parameter b) {
    if (a instanceof CategoricalParameter c && b instanceof CategoricalParameter d) {
      Set<String> choices = new LinkedHashSet<>(c.choices());
      choices.addAll(d.choices());
      return Optional.of(new CategoricalParameter(c.name(), List.copyOf(choices), Optional.empty()));
    }
    if (a instanceof IntegerParameter i && b instanceof IntegerParameter j) {
      return Optional.of(new IntegerParameter(i.name(), Math.min(i.low(), j.low()), Math.max(i.high(), j.high()), i.log() && j.log(), Optional.empty()));
    }
    if (a instanceof CategoricalParameter || b instanceof CategoricalParameter) {
      return Optional.empty();
    }
    RealParameter r = real(a);
    RealParameter s = real(b);
    return Optional.of(new RealParameter(r.name(), Math.min(r.low(), s.low()), Math.max(r.high(), s.high()), r.log() && s.log(), Optional.empty()));
  }

  /// @param p no categorical parameter
  private static RealParameter real(Parameter p) {
    return switch (p) {
      case RealParameter r -> r;
      case IntegerParameter i -> new RealParameter(i.name(), i.low(), i.high(), i.log(), Optional.empty());
      case CategoricalParameter c -> throw new IllegalArgumentException("parameter '" + c.name() + "' is categorical");
    };
  }

  /// @throws IllegalArgumentException if no parameter or no trial is left.
  Imported.Read history(String task) {
    mixed.forEach(name -> {
      merged.remove(name);
      note("parameter '" + name + "' is left out, as it is a number in some trials and a choice in others");
    });
    List<Parameter> parameters = ordered();
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("none of its " + trials.size() + " trials has a parameter that varies");
    }
    SearchSpace space = new SearchSpace(parameters);
    List<TaskHistory.Entry> entries = new ArrayList<>();
    Map<String, Integer> leftOut = new LinkedHashMap<>();
    for (Trial t : trials) {
      Configuration configuration = configuration(space, t);
      try {
        space.encode(configuration);
        entries.add(new TaskHistory.Entry(configuration, t.outcome, 0));
      } catch (IllegalArgumentException e) {
        leftOut.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
      }
    }
    leftOut.forEach((why, count) -> note(count + " of " + trials.size() + " trials left out: " + why));
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("it has no trial with all its parameters");
    }
    return new Imported.Read(new TaskHistory(task, space, Map.of(), entries), notes);
  }

  private static Configuration configuration(SearchSpace space, Trial trial) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter p : space.parameters()) {
      Suggestion s = trial.suggestions.get(p.name());
      if (s != null) {
        values.put(p.name(), p instanceof RealParameter && s.value instanceof Value.Whole(long v) ? new Value.Real(v) : s.value);
      }
    }
    return new Configuration(values);
  }

  /// With their conditions, each after what it depends on.
  private List<Parameter> ordered() {
    List<Parameter> parameters = new ArrayList<>(merged.values().stream().filter(p -> missing(p.name()) == 0).toList());
    List<Parameter> rest = new ArrayList<>(merged.values().stream().filter(p -> missing(p.name()) > 0).toList());
    boolean found = true;
    while (found) {
      found = false;
      for (Parameter p : List.copyOf(rest)) {
        Optional<Condition> condition = condition(p.name(), parameters);
        if (condition.isPresent()) {
          parameters.add(with(p, condition.get()));
          rest.remove(p);
          found = true;
        }
      }
    }
    for (Parameter p : rest) {
      long missing = missing(p.name());
      if (2 * missing > trials.size()) {
        note("parameter '" + p.name() + "' is left out, as " + missing + " of " + trials.size() + " trials lack it and no other parameter says which");
      } else {
        parameters.add(p);
      }
    }
    return parameters;
  }

  private long missing(String name) {
    return trials.stream().filter(t -> !t.suggestions.containsKey(name)).count();
  }

  /// The choices of another parameter with which the trials have this one, where all others have another choice or do not have the other parameter either.
  private Optional<Condition> condition(String name, List<Parameter> known) {
    for (Parameter p : known) {
      if (p instanceof CategoricalParameter) {
        Set<String> with = choices(p.name(), name, true);
        Set<String> without = choices(p.name(), name, false);
        boolean always = trials.stream().allMatch(t -> !t.suggestions.containsKey(name) || t.suggestions.containsKey(p.name()));
        if (always && with.stream().noneMatch(without::contains)) {
          return Optional.of(new Condition(p.name(), List.copyOf(with)));
        }
      }
    }
    return Optional.empty();
  }

  private Set<String> choices(String of, String name, boolean has) {
    return trials.stream()
        .filter(t -> t.suggestions.containsKey(name) == has)
        .flatMap(t -> Optional.ofNullable(t.suggestions.get(of)).stream())
        .map(s -> s.value.toString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Parameter with(Parameter p, Condition condition) {
    return p.when(condition.parameter(), condition.values().toArray(String[]::new));
  }
}
