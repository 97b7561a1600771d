package proxima.bench.result;

import java.util.List;
import java.util.Optional;

/// One contender on one task with one seed.
///
/// @param version what played; empty where it could not start
/// @param initial trials that the comparison chose, alike for all contenders
/// @param trials how many it was to have, with those
/// @param steps one a trial, those of the initial design first; fewer than `trials` where it failed
/// @param failure why it ended early, in one line
public record Run(String task, Group group, String contender, String version, long seed, int initial, int trials, List<Step> steps, Optional<String> failure) {

  /// Regret of a run without a finite loss yet: as that of a point at the median.
  private static final double NOTHING = 1;

  public Run {
    steps = List.copyOf(steps);
    version = plain(version);
    failure = failure.map(Run::plain);
  }

  /// As one cell of a CSV file without quotes.
  private static String plain(String text) {
    return text.replace(',', ';').replace('"', '\'').replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /// One trial.
  /// @param loss as observed; infinite where the trial diverged
  /// @param regret normalised, of the point with the lowest observed loss so far; infinite before the first finite loss
  /// @param seconds that the suggestion took; 0 in the initial design
  public record Step(double loss, double regret, double seconds) {

    public boolean diverged() {
      return Double.isInfinite(loss);
    }
  }

  /// Regret after so many trials, or where it ended before. Where no loss was finite until then it is 1, as of a point at the median, or that of the first finite
  /// loss later on, if that is higher: to find one is no step back.
  public double regretAfter(int trials) {
    int n = Math.min(trials, steps.size());
    double regret = n == 0 ? Double.POSITIVE_INFINITY : steps.get(n - 1).regret();
    return Double.isFinite(regret) ? regret : Math.max(NOTHING, steps.stream().mapToDouble(Step::regret).filter(Double::isFinite).findFirst().orElse(NOTHING));
  }

  /// Whether it has a finite loss, and did not fail.
  public boolean isWithResult() {
    return failure.isEmpty() && steps.stream().anyMatch(s -> !s.diverged());
  }

  public double finalRegret() {
    return regretAfter(trials);
  }
}
