package proxima.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.diagnose.OptimizerCheck;
import proxima.diagnose.Pool;
import proxima.diagnose.Size;
import proxima.diagnose.Subject;
import proxima.diagnose.TrainingLog;
import proxima.diagnose.Trainings;
import proxima.module.Factors;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleSettings;
import proxima.module.Optimizer;
import proxima.objective.Job;
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

  /// The part of a range that counts as its end.
  private static final double END = 0.05;

  private final CheckSource source;
  private final Subject subject;
  private final TrainingLog log;
  private final Trainings trainings;
  private final CheckProgress progress;
  private int all;
  private int trained;

  OptimizerTrainings(CheckSource source, Subject subject, TrainingLog log, int workers, CheckProgress progress) {
    this.source = source;
    this.subject = subject;
    this.log = log;
    this.trainings = new Trainings(log, workers);
    this.progress = progress;
  }

  /// One line for each optimizer whose values, or the shortest averages of its ranges, have no counterpart where it is tuned or where it is trained.
  static List<String> problems(CheckSource source, List<Optimizer> optimizers, Scale target, String here, String there) {
    List<String> problems = new ArrayList<>();
    for (Optimizer optimizer : optimizers) {
      Optional<String> tuned = problem(source, optimizer, source.config().scale(), target);
      tuned.or(() -> problem(source, optimizer, target, target)).ifPresent(p -> problems.add((tuned.isPresent() ? here : there) + ": " + optimizer.id() + ": " + p));
    }
    return problems;
  }

  private static Optional<String> problem(CheckSource source, Optimizer optimizer, Scale scale, Scale target) {
    try {
      Hyperparameters values = start(source, optimizer);
      source.experiment().settings(setting(source, values), scale);
      for (Map.Entry<Hyperparameter, GlobalSpace.Interval> e : ranges(source, optimizer, target).ranges().entrySet()) {
        values = e.getKey().isDecay() ? values.with(e.getKey(), e.getValue().low()) : values;
      }
      source.experiment().settings(setting(source, values), scale);
      return Optional.empty();
    } catch (InputException e) {
      return Optional.of(CheckSource.withoutScale(e.problems().getFirst()));
    }
  }

  /// What is not searched: the configuration's values where the optimizer is its own, else the usual ones. An initial standard deviation is the network's, and all optimizers'.
  private static Hyperparameters start(CheckSource source, Optimizer optimizer) {
    Hyperparameters own = source.config().defaults();
    Hyperparameters usual = Hyperparameters.of(optimizer);
    return own.optimizer() == optimizer ? own : own.initStd().isPresent() ? usual.with(Hyperparameter.INIT_STD, own.initStd().getAsDouble()) : usual;
  }

  private static GlobalSpace ranges(CheckSource source, Optimizer optimizer, Scale target) {
    RunConfig config = source.config();
    return OptimizerSpaces.of(optimizer, Math.max(config.rule().rates(config.base(), config.scale()), config.rule().rates(config.base(), target)));
  }

  private static Setting setting(CheckSource source, Hyperparameters values) {
    return new Setting(values, Factors.plain(source.experiment().network(source.config().base())));
  }

  /// @param fractions of the target's steps, each a whole number of them
  OptimizerCheck.Entry entry(Optimizer optimizer, int trials, Scale target, List<Double> fractions, int seeds) throws InterruptedException {
    Hyperparameters usual = start(source, optimizer);
    GlobalSpace ranges = ranges(source, optimizer, target);
    Study study = Study.of(ranges.space(), new GpStrategy(InitialDesign.cube(Math.max(3, trials / 3)), GpOptions.of(ranges.space())), source.config().seed());
    double best = Double.POSITIVE_INFINITY;
    Hyperparameters tuned = usual;
    List<Hyperparameter> atEnds = List.of();
    for (int done = 0; done < trials; done += ROUND) {
      List<Trial> asked = new ArrayList<>();
      List<Trainings.Planned> jobs = new ArrayList<>();
      for (int i = done; i < Math.min(trials, done + ROUND); i++) {
        Trial trial = study.ask();
        asked.add(trial);
        jobs.add(job(ranges.values(trial.configuration(), usual), source.config().scale(), source.config().scale(), source.config().seeds().check(0)));
      }
      List<Double> losses = losses(jobs);
      for (int i = 0; i < asked.size(); i++) {
        double loss = losses.get(i);
        study.tell(asked.get(i).number(), Double.isFinite(loss) ? Outcome.of(loss) : new Outcome.Diverged(1));
        if (loss < best) {
          best = loss;
          tuned = ranges.values(asked.get(i).configuration(), usual);
          atEnds = ranges.atEnds(asked.get(i).configuration(), END);
        }
      }
    }
    List<Trainings.Planned> jobs = new ArrayList<>();
    for (double fraction : fractions) {
      Scale scale = part(target, fraction);
      for (int k = 0; k < seeds; k++) {
        jobs.add(job(tuned, target, scale, source.config().seeds().verify(k)));
      }
    }
    return new OptimizerCheck.Entry(tuned, Double.isFinite(best), atEnds, Pool.bySeed(losses(jobs), seeds), millis(jobs));
  }

  /// The scale of a training of a part of the steps, which is a whole number of them.
  private static Scale part(Scale target, double fraction) {
    return fraction == 1 ? target : new Scale(target.width(), target.depth(), target.batch(), steps(target, fraction) * target.batch());
  }

  /// How many steps the nearest whole number to a part of the target's is, at least one.
  static long steps(Scale target, double fraction) {
    return Math.max(1, Math.round(target.steps() * fraction));
  }

  /// What an optimizer comes to with half and with twice its tuned rate.
  OptimizerCheck.MisTuned misTuned(Hyperparameters tuned, Scale target, int seeds) throws InterruptedException {
    List<Trainings.Planned> jobs = new ArrayList<>();
    for (double factor : new double[] {0.5, 2}) {
      for (int k = 0; k < seeds; k++) {
        jobs.add(job(tuned.atRate(tuned.learningRate() * factor), target, target, source.config().seeds().verify(k)));
      }
    }
    List<List<Double>> losses = Pool.bySeed(losses(jobs), seeds);
    return new OptimizerCheck.MisTuned(losses.getFirst(), losses.getLast());
  }

  /// A training at `scale` with the values of the scale `of`, which is as long or longer.
  private Trainings.Planned job(Hyperparameters values, Scale of, Scale scale, long seed) {
    ModuleSettings settings = source.experiment().trained(setting(source, values), new Size(of, source.size().experts()));
    // Trainings at once, and later ones, each have a name of their own, and so a folder where a command trains.
    String id = "optimizers-" + values.optimizer().id() + "-" + scale.tokens() + "-" + seed + "-" + Integer.toHexString(settings.toString().hashCode());
    var job = new Job(id, new Configuration(Map.of()), settings, scale, seed);
    return new Trainings.Planned(subject, job, values.learningRate());
  }

  private List<Double> losses(List<Trainings.Planned> jobs) throws InterruptedException {
    int known = jobs.size() - trainings.unknown(jobs).size();
    all += jobs.size();
    trained += jobs.size() - known;
    IntStream.range(0, known).forEach(_ -> progress.step());
    return trainings.losses(jobs, progress::step);
  }

  /// Says how many were known.
  void noteKnown(Terminal terminal, Path file) {
    source.noteKnown(terminal, file, all, trained);
  }

  private double millis(List<Trainings.Planned> jobs) {
    double[] sorted = jobs.stream().mapToDouble(j -> 1000 * log.stepSeconds(j)).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
