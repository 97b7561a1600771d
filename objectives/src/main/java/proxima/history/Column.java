package proxima.history;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proxima.space.CategoricalParameter;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;

/// A column of texts as a parameter: of whole numbers, of numbers, or of choices.
///
/// @param cells one a trial, blank where it has no value; among numbers also such as `NA`
record Column(String name, List<String> cells) {

  /// A range from which so many times as much can be had is searched in its logarithm.
  private static final double WIDE = 100;

  Column {
    boolean numbers = cells.stream().filter(c -> !Values.isMissing(c)).allMatch(c -> Values.number(c).isPresent());
    cells = cells.stream().map(c -> numbers && Values.isMissing(c) ? "" : c).toList();
  }

  private List<String> values() {
    return cells.stream().filter(c -> !c.isBlank()).toList();
  }

  /// Of numbers and other texts the first that is no number; empty where all are of one kind.
  Optional<String> stranger() {
    return values().stream().noneMatch(c -> Values.number(c).isPresent()) ? Optional.empty() : values().stream().filter(c -> Values.number(c).isEmpty()).findFirst();
  }

  /// Guessed from its values; empty where there is one alone.
  Optional<Parameter> parameter() {
    Set<String> distinct = new LinkedHashSet<>(values());
    if (distinct.size() < 2) {
      return Optional.empty();
    }
    if (!distinct.stream().allMatch(c -> Values.number(c).isPresent())) {
      return Optional.of(new CategoricalParameter(name, List.copyOf(distinct), Optional.empty()));
    }
    List<Double> numbers = distinct.stream().map(c -> Values.number(c).orElseThrow()).toList();
    double low = numbers.stream().min(Double::compare).orElseThrow();
    double high = numbers.stream().max(Double::compare).orElseThrow();
    boolean log = low > 0 && high / low >= WIDE;
    // 2^53: above it a double does not tell one whole number from the next.
    boolean whole = distinct.stream().allMatch(c -> c.strip().matches("[+-]?\\d+")) && Math.max(-low, high) < 0x1p53;
    if (!(low < high)) {
      return Optional.empty();
    }
    return Optional.of(whole ? new IntegerParameter(name, (long) low, (long) high, log, Optional.empty()) : new RealParameter(name, low, high, log, Optional.empty()));
  }
}
