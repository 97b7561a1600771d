package proxima.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import proxima.diagnose.Crossing;
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
  /// @param losses final losses by setting; a setting with a training that diverged is absent
  /// @param speedups for each seed with which the global setting did not diverge the factor by which the per-module setting needs fewer steps
  /// @param bounded how many of them are bounds, since even the shortest training beat the global setting, or not even the longest did
  /// @param unreached how many of these are of the latter
  record Result(Map<String, Estimate> losses, List<Double> speedups, int bounded, int unreached) {}

  Result run(Journal journal, Objective objective, Progress progress) throws InterruptedException {
    String name = "verify " + target + ",seeds=" + seeds;
    int lengths = FRACTIONS.size();
    int count = seeds * (SETTINGS.size() + lengths);
    try (Runner runner = new OwnRunner(objective, experiment.config().workers(), OwnRunner.Order.ASKED, progress);
        Study study = JobList.open(journal, name, count, experiment.config().seed())) {
      runner.run("verify", study, count, t -> job(JobList.index(t)));
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
  private Job job(int i) {
    int full = seeds * SETTINGS.size();
    boolean whole = i < full;
    String name = whole ? SETTINGS.get(i / seeds) : "perModule";
    Scale scale = whole ? target : shorter(FRACTIONS.get((i - full) / seeds));
    long seed = experiment.config().seeds().verify(i % seeds);
    return new Job("verify-" + String.join("-", name, scale.toString().replaceAll("[=,]", "-"), Integer.toString(i % seeds)), new Configuration(Map.of()), experiment.settings(settings.of(name), target).settings(), scale, seed);
  }

  /// @param loss of each training, in the order of `job`
  /// @param lengths of the shorter trainings, as shares of the steps
  static Result result(double[] loss, int seeds, List<Double> lengths) {
    Map<String, Estimate> losses = new LinkedHashMap<>();
    for (int s = 0; s < SETTINGS.size(); s++) {
      List<Double> values = new ArrayList<>();
      for (int k = 0; k < seeds; k++) {
        values.add(loss[s * seeds + k]);
      }
      if (values.stream().allMatch(Double::isFinite)) {
        losses.put(SETTINGS.get(s), Estimate.of(values));
      }
    }
    List<Double> speedups = new ArrayList<>();
    int bounded = 0;
    int unreached = 0;
    for (int k = 0; k < seeds; k++) {
      double global = loss[seeds + k];
      if (!Double.isFinite(global)) {
        continue;
      }
      double[] fractions = new double[lengths.size() + 1];
      double[] reached = new double[lengths.size() + 1];
      for (int f = 0; f < lengths.size(); f++) {
        fractions[f] = lengths.get(f);
        reached[f] = loss[seeds * (SETTINGS.size() + f) + k];
      }
      fractions[lengths.size()] = 1;
      reached[lengths.size()] = loss[2 * seeds + k];
      OptionalDouble fraction = Crossing.of(fractions, reached, global);
      if (fraction.isPresent()) {
        speedups.add(1 / fraction.getAsDouble());
      } else {
        boolean isEarlier = reached[0] <= global;
        bounded++;
        unreached += isEarlier ? 0 : 1;
        speedups.add(isEarlier ? 1 / fractions[0] : 1.0);
      }
    }
    return new Result(losses, speedups, bounded, unreached);
  }
}
