package proxima.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.space.CategoricalParameter;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;

/// What differs between a stored study and the one that is wanted, in one line.
final class StudyDifference {

  private StudyDifference() {}

  static Optional<String> between(StudyEvent.Created stored, StudyEvent.Created wanted) {
    List<String> differences = spaces(stored.space(), wanted.space());
    if (stored.seed() != wanted.seed()) {
      differences.add("seed: stored " + stored.seed() + ", now " + wanted.seed());
    }
    if (!stored.strategy().equals(wanted.strategy())) {
      differences.add("strategy: stored '" + stored.strategy() + "', now '" + wanted.strategy() + "'");
    }
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "study '" + wanted.study() + "' is stored with other settings (" + String.join("; ", differences) + "); set them back, or keep the other one in another journal");
  }

  private static List<String> spaces(SearchSpace stored, SearchSpace wanted) {
    Map<String, Parameter> before = byName(stored);
    Map<String, Parameter> now = byName(wanted);
    List<String> differences = new ArrayList<>();
    before.forEach((name, p) -> {
      Parameter other = now.get(name);
      if (other == null) {
        differences.add("parameter '" + name + "': stored " + text(p) + ", now absent");
      } else if (!other.equals(p)) {
        differences.add("parameter '" + name + "': stored " + text(p) + ", now " + text(other));
      }
    });
    now.forEach((name, p) -> {
      if (!before.containsKey(name)) {
        differences.add("parameter '" + name + "': not stored, now " + text(p));
      }
    });
    if (differences.isEmpty() && !stored.region().equals(wanted.region())) {
      differences.add("the region that is searched");
    } else if (differences.isEmpty() && !stored.equals(wanted)) {
      differences.add("order of parameters: stored " + before.keySet() + ", now " + now.keySet());
    }
    return differences;
  }

  private static Map<String, Parameter> byName(SearchSpace space) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    space.parameters().forEach(p -> parameters.put(p.name(), p));
    return parameters;
  }

  private static String text(Parameter p) {
    String range = switch (p) {
      case RealParameter r -> "real [" + r.low() + ", " + r.high() + "]" + (r.log() ? " log" : "");
      case IntegerParameter i -> "integer [" + i.low() + ", " + i.high() + "]" + (i.log() ? " log" : "");
      case CategoricalParameter c -> "one of " + c.choices();
    };
    return range + p.condition().map(c -> " when '" + c.parameter() + "' in " + c.values()).orElse("");
  }
}
