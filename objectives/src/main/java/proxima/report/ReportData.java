package proxima.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import proxima.space.Configuration;
import proxima.study.StoredStudy;

/// All that a report shows of a tuning run, finished or not. Immutable.
///
/// @param title the run's name
/// @param unit of losses, such as `nats`; may be empty
/// @param above what losses are counted from, in words, such as `the Bayes loss 1.67`; empty for 0
/// @param phases that have begun, in order
/// @param estimates losses over fresh seeds by setting (`default`, `global`, `perModule`, or `best` alone), of those of which a training has ended, in the order to show them
/// @param recommended a configuration of the space of phase `module` (or `search`), the best so far until phase `confirm` has begun; values of other parameters are shown and otherwise ignored
/// @param lessons what phases learn from earlier runs; empty where there are none
/// @param beside another run to compare the search with
/// @param timings one a training that ended, in the order in which they ended
/// @param scale of the proxy, in words; empty where it has none
/// @param configuration the text of the run's configuration file
/// @param versions one line a piece of software
/// @param seeds one line a use of seeds
/// @param notes fallbacks, with their counts, and other remarks, one line each
public record ReportData(
    String title,
    String unit,
    String above,
    List<Phase> phases,
    Map<String, Estimate> estimates,
    Optional<Configuration> recommended,
    List<Lesson> lessons,
    Optional<Other> beside,
    List<Timing> timings,
    String scale,
    String configuration,
    List<String> versions,
    List<String> seeds,
    List<String> notes) {

  public ReportData {
    phases = List.copyOf(phases);
    estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
    lessons = List.copyOf(lessons);
    timings = List.copyOf(timings);
    versions = List.copyOf(versions);
    seeds = List.copyOf(seeds);
    notes = List.copyOf(notes);
  }

  /// What an axis of losses is called: `loss, nats above the Bayes loss 1.67`.
  String label(String losses) {
    return losses + (unit.isEmpty() ? "" : ", " + unit) + (above.isEmpty() ? "" : " above " + above);
  }

  /// A study of the run.
  ///
  /// @param name `global`, `module` or `search` where settings are searched; `select` and `confirm` where known ones are trained again
  public record Phase(String name, StoredStudy study) {}

  /// Another run.
  ///
  /// @param scale of it, in words; empty where it has none
  /// @param differences from this one that keep losses from comparing, in a few words each
  public record Other(String name, String scale, List<String> differences, List<Phase> phases) {
    public Other {
      differences = List.copyOf(differences);
      phases = List.copyOf(phases);
    }
  }

  /// A mean loss with its 95 % confidence interval; all three NaN where no seed has a loss.
  ///
  /// @param bySeed losses by the place of the fresh seed, from 0, the same for every setting
  /// @param lost fresh seeds that ended without a loss
  public record Estimate(double mean, double low, double high, SortedMap<Integer, Double> bySeed, int lost) {
    public Estimate {
      bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
    }

    /// Of a setting that has no loss with any seed.
    public static Estimate none(int lost) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN, new TreeMap<>(), lost);
    }

    List<Double> values() {
      return List.copyOf(bySeed.values());
    }

    boolean isKnown() {
      return !bySeed.isEmpty();
    }
  }

  /// What one training took.
  ///
  /// @param outcome `finished`, `stopped`, `diverged` or `failed`
  /// @param seconds wall time
  public record Timing(String phase, int trial, String outcome, double seconds) {}

  /// Whether `recommended` stands: it is settled before its last trainings with fresh seeds begin, whatever comes of them.
  boolean isSettled() {
    return phases.stream().anyMatch(p -> p.name().equals("confirm"));
  }

  /// The estimates of settings that have a loss.
  Map<String, Estimate> known() {
    Map<String, Estimate> known = new LinkedHashMap<>(estimates);
    known.values().removeIf(e -> !e.isKnown());
    return known;
  }

  /// The phases in which settings are searched.
  List<Phase> searches() {
    return phases.stream().filter(p -> !p.name().equals("select") && !p.name().equals("confirm")).toList();
  }

  /// The phase whose space `recommended` is of: the last that searches, unless that is the global one.
  Optional<Phase> tuned() {
    return searches().stream().filter(p -> !p.name().equals("global")).reduce((a, b) -> b);
  }
}
