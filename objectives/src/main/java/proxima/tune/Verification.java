package proxima.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import proxima.cli.InputException;
import proxima.diagnose.Crossing;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.study.Journal;
import proxima.study.Study;
import proxima.study.TrialResult;

/// What a transfer is worth: trains a larger model with the default, the transferred global and the transferred per-module setting, and
/// finds how few steps the per-module setting needs to reach the global setting's final loss.
///
/// All settings see the same seeds. The shorter trainings keep the per-module setting's values and run their whole schedule within fewer
/// steps: a loss in the middle of a longer schedule would not be comparable.
final class Verification {

  /// Lengths of the shorter trainings, as fractions of the target's steps.
  static final List<Double> FRACTIONS = List.of(0.4, 0.5, 0.6, 0.7, 0.85);

  private static final List<String> SETTINGS = Comparison.NAMES;

  private final Experiment experiment;
  private final Comparison settings;
  private final Scale target;
  private final int seeds;

  Verification(Experiment experiment, Setting global, Setting perModule, Scale target, int seeds) {
    this.experiment = experiment;
    this.settings = new Comparison(new Setting(experiment.config().defaults(), global.factors()), global, perModule);
    this.target = target;
    this.seeds = seeds;
  }

  /// What was found.
  ///
  /// @param losses final losses by setting
  record Result(Map<String, Losses> losses, Speedup speedup) {}

  /// In how many times fewer steps the per-module setting reaches the global setting's final loss.
  ///
  /// @param factors one a seed: where the shortest training does, that one's, and the true one may be higher; 1 where not even the whole training does, and the true one is lower
  /// @param earliest with how many seeds the shortest training does
  /// @param unreached with how many not even the whole training does
  /// @param lost with how many there is no loss to reach, as the global setting has none
  record Speedup(List<Double> factors, int earliest, int unreached, int lost) {

    /// Empty where no seed gets there.
    Optional<Estimate> estimate() {
      return Optional.of(factors).filter(f -> f.size() > unreached).map(Estimate::of);
    }

    /// With how many seeds it does in as many steps or fewer.
    int reached() {
      return factors.size() - unreached;
    }

    /// Whether all factors are measured, with all seeds that have a loss to reach.
    boolean isMeasured() {
      return earliest == 0 && unreached == 0;
    }

    boolean isLowerBound() {
      return earliest > 0 && unreached == 0;
    }

    boolean isUpperBound() {
      return unreached > 0 && earliest == 0;
    }
  }

  /// @throws InputException with a line for each setting that has no counterpart at the target; then nothing was trained.
  Result run(Journal journal, Objective objective, Progress progress) throws InterruptedException {
    Map<String, ModuleSettings> there = there();
    String name = "verify " + target + ",seeds=" + seeds;
    int lengths = FRACTIONS.size();
    int count = seeds * (SETTINGS.size() + lengths);
    try (Runner runner = new OwnRunner(objective, experiment.config().workers(), OwnRunner.Order.ASKED, progress);
        Study study = JobList.open(journal, name, count, experiment.config().seed())) {
      runner.run("verify", study, count, t -> job(JobList.index(t), there));
      double[] loss = new double[count];
      for (TrialResult t : study.trials()) {
        loss[JobList.index(t.trial())] = t.loss().orElse(Double.NaN);
      }
      return result(loss, seeds, FRACTIONS.stream().map(f -> (double) shorter(f).steps() / target.steps()).toList());
    }
  }

  /// The target with a share of its tokens.
  private Scale shorter(double fraction) {
    return new Scale(target.width(), target.depth(), target.batch(), Math.max(target.batch(), Math.round(target.tokens() * fraction)));
  }

  /// Training i: first all settings with each seed, then the shorter trainings with each seed.
  private Job job(int i, Map<String, ModuleSettings> there) {
    int full = seeds * SETTINGS.size();
    boolean whole = i < full;
    String name = whole ? SETTINGS.get(i / seeds) : "perModule";
    Scale scale = whole ? target : shorter(FRACTIONS.get((i - full) / seeds));
    long seed = experiment.config().seeds().verify(i % seeds);
    return new Job("verify-" + String.join("-", name, scale.toString().replaceAll("[=,]", "-"), Integer.toString(i % seeds)), new Configuration(Map.of()), Objects.requireNonNull(there.get(name)), scale, seed);
  }

  /// Each setting at the target.
  private Map<String, ModuleSettings> there() {
    Map<String, ModuleSettings> there = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (String name : SETTINGS) {
      try {
        there.put(name, experiment.settings(settings.of(name), target).settings());
      } catch (InputException e) {
        e.problems().forEach(p -> problems.add(name + " at " + p));
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return there;
  }

  /// @param loss of each training, in the order of `job`
  /// @param lengths of the shorter trainings, as shares of the steps
  static Result result(double[] loss, int seeds, List<Double> lengths) {
    Map<String, Losses> losses = new LinkedHashMap<>();
    for (int s = 0; s < SETTINGS.size(); s++) {
      SortedMap<Integer, Double> bySeed = new TreeMap<>();
      for (int k = 0; k < seeds; k++) {
        if (Double.isFinite(loss[s * seeds + k])) {
          bySeed.put(k, loss[s * seeds + k]);
        }
      }
      losses.put(SETTINGS.get(s), new Losses(bySeed, seeds - bySeed.size()));
    }
    List<Double> factors = new ArrayList<>();
    int earliest = 0;
    int unreached = 0;
    int lost = 0;
    for (int k = 0; k < seeds; k++) {
      double global = loss[seeds + k];
      double[] fractions = new double[lengths.size() + 1];
      double[] reached = new double[lengths.size() + 1];
      for (int f = 0; f < lengths.size(); f++) {
        fractions[f] = lengths.get(f);
        reached[f] = loss[seeds * (SETTINGS.size() + f) + k];
      }
      fractions[lengths.size()] = 1;
      reached[lengths.size()] = loss[2 * seeds + k];
      OptionalDouble fraction = Crossing.of(fractions, reached, global);
      if (Double.isFinite(global)) {
        factors.add(1 / fraction.orElse(1));
        earliest += fraction.equals(OptionalDouble.of(fractions[0])) ? 1 : 0;
        unreached += fraction.isEmpty() ? 1 : 0;
      } else {
        lost++;
      }
    }
    return new Result(losses, new Speedup(factors, earliest, unreached, lost));
  }
}
