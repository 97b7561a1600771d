package proxima.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import proxima.diagnose.OptimizerCheck;
import proxima.diagnose.Pool;
import proxima.diagnose.TrainingLog;
import proxima.module.Factors;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameters;
import proxima.module.Optimizer;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.study.Study;
import proxima.study.Trial;

/// The trainings of a comparison of optimizers, those that the log knows not done again.
final class OptimizerTrainings {

  /// Trials asked for at once, whatever the number of workers, so that the search does not depend on it.
  private static final int ROUND = 2;

  private final CheckSource source;
  private final Objective objective;
  private final TrainingLog log;
  private final int workers;
  private final CheckProgress progress;

  OptimizerTrainings(CheckSource source, Objective objective, TrainingLog log, int workers, CheckProgress progress) {
    this.source = source;
    this.objective = objective;
    this.log = log;
    this.workers = workers;
    this.progress = progress;
  }

  OptimizerCheck.Entry entry(Optimizer optimizer, int trials, Scale target, List<Double> fractions, int seeds) throws InterruptedException {
    Hyperparameters usual = Hyperparameters.of(optimizer);
    GlobalSpace ranges = OptimizerSpaces.of(optimizer);
    Study study = Study.of(ranges.space(), new GpStrategy(InitialDesign.cube(Math.max(3, trials / 3)), GpOptions.of(ranges.space())), source.config().seed());
    double best = Double.POSITIVE_INFINITY;
    Hyperparameters tuned = usual;
    for (int done = 0; done < trials; done += ROUND) {
      List<Trial> asked = new ArrayList<>();
      List<Planned> jobs = new ArrayList<>();
      for (int i = done; i < Math.min(trials, done + ROUND); i++) {
        Trial trial = study.ask();
        asked.add(trial);
        jobs.add(job(ranges.values(trial.configuration(), usual), source.config().scale(), source.config().scale(), source.config().seeds().check(0)));
      }
      List<Double> losses = run(jobs);
      for (int i = 0; i < asked.size(); i++) {
        double loss = losses.get(i);
        study.tell(asked.get(i).number(), Double.isFinite(loss) ? Outcome.of(loss) : new Outcome.Diverged(1));
        if (loss < best) {
          best = loss;
          tuned = ranges.values(asked.get(i).configuration(), usual);
        }
      }
    }
    List<Planned> jobs = new ArrayList<>();
    for (double fraction : fractions) {
      Scale scale = new Scale(target.width(), target.depth(), target.batch(), Math.max(target.batch(), Math.round(target.tokens() * fraction)));
      for (int k = 0; k < seeds; k++) {
        jobs.add(job(tuned, target, scale, source.config().seeds().verify(k)));
      }
    }
    List<Double> losses = run(jobs);
    List<List<Double>> byFraction = new ArrayList<>();
    for (int f = 0; f < fractions.size(); f++) {
      byFraction.add(losses.subList(f * seeds, (f + 1) * seeds));
    }
    return new OptimizerCheck.Entry(tuned, best, byFraction, millis(jobs));
  }

  /// A training at `scale` with the values of the scale `of`, which is as long or longer.
  private Planned job(Hyperparameters values, Scale of, Scale scale, long seed) {
    var experiment = source.experiment();
    Setting setting = new Setting(values, Factors.plain(experiment.network(source.config().base())));
    var job = new Job("optimizers-" + values.optimizer().id() + "-" + scale.tokens() + "-" + seed, new Configuration(Map.of()), experiment.settings(setting, of).settings(), scale, seed);
    return new Planned(job, values.learningRate());
  }

  /// @param rate at the base scale
  private record Planned(Job job, double rate) {}

  private List<Double> run(List<Planned> jobs) throws InterruptedException {
    List<Callable<Ended>> tasks = new ArrayList<>();
    for (Planned planned : jobs) {
      OptionalDouble known = log.loss(planned.job);
      tasks.add(known.isPresent() ? () -> new Ended(planned, known.getAsDouble(), Double.NaN) : () -> train(planned));
    }
    return Pool.run(tasks, workers, ended -> {
      if (!Double.isNaN(ended.seconds)) {
        log.add(ended.planned.job, ended.planned.rate, ended.loss, ended.seconds);
      }
      progress.step();
    }).stream().map(Ended::loss).toList();
  }

  private Ended train(Planned planned) throws InterruptedException {
    long start = System.nanoTime();
    double loss = TrainingLog.loss(planned.job, objective.evaluate(planned.job, Monitor.NONE));
    return new Ended(planned, loss, (System.nanoTime() - start) / 1e9);
  }

  private double millis(List<Planned> jobs) {
    double[] sorted = jobs.stream().mapToDouble(j -> 1000 * log.seconds(j.job) / j.job.scale().steps()).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /// @param seconds NaN where the log knew it
  private record Ended(Planned planned, double loss, double seconds) {}
}
