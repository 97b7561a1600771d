package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import proxima.report.ReportData.Estimate;
import proxima.report.ReportData.Phase;
import proxima.report.ReportData.Timing;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.TrialResult;

/// A made-up run: quadratic losses with heavy tails that diverge where learning rates are high, searched by sampling around the best so far.
final class SampleRun {

  static final SearchSpace GLOBAL =
      SearchSpace.of(
          Parameter.log("learningRate", 1e-4, 1e-1), Parameter.log("weightDecay", 1e-3, 1), Parameter.log("1-beta1", 0.02, 0.4),
          Parameter.log("1-beta2", 0.001, 0.2), Parameter.log("initStd", 0.25, 4));

  private static final List<String> TYPES =
      List.of("embed", "attn.norm", "attn.q", "attn.k", "attn.v", "attn.o", "mlp.norm", "mlp.up", "mlp.down", "norm.final", "unembed");

  /// 22 factors.
  static final SearchSpace MODULE = new SearchSpace(moduleParameters());

  private SampleRun() {}

  private static List<Parameter> moduleParameters() {
    List<Parameter> parameters = new ArrayList<>();
    TYPES.forEach(t -> parameters.add(factor(t + "/learningRate")));
    List.of("embed", "attn.q", "attn.v", "mlp.up", "unembed").forEach(t -> parameters.add(factor(t + "/initStd")));
    List.of("all/weightDecay", "all/beta1", "all/beta2", "all/epsilon", "attn/multiplier", "mlp/multiplier").forEach(n -> parameters.add(factor(n)));
    return parameters;
  }

  private static Parameter factor(String name) {
    return Parameter.log(name, 1.0 / 16, 16);
  }

  static StoredStudy study(String name, SearchSpace space, int trials, long seed) {
    RandomGenerator random = random(seed);
    double[] optimum = random.doubles(space.dimension(), 0.2, 0.8).toArray();
    double[] weight = IntStream.range(0, space.dimension()).mapToDouble(i -> 6 * Math.exp(-0.35 * ((7 * i) % space.dimension()))).toArray();
    var journal = new MemoryJournal();
    List<Point> asked = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    try (Study study = Study.open(journal, name, space, known -> next(random, asked, losses, known.evaluations().size(), space.dimension()), "sampling", seed)) {
      if (name.equals("module")) {
        Point centre = Point.centre(space.dimension());
        study.add(centre, loss(centre, optimum, weight, random, true));
        asked.add(centre);
        losses.add(Double.POSITIVE_INFINITY);
      }
      for (int i = 0; i < trials; i++) {
        var trial = study.ask();
        Outcome outcome = i == 11 ? new Outcome.Failed("the machine <gpu-3> was lost & is back") : loss(trial.point(), optimum, weight, random, false);
        asked.add(trial.point());
        losses.add(outcome instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY);
        study.tell(trial.number(), outcome);
      }
    }
    return Study.stored(journal, name).orElseThrow();
  }

  private static Point next(RandomGenerator random, List<Point> asked, List<Double> losses, int n, int d) {
    int best = IntStream.range(0, asked.size()).boxed().min(Comparator.comparingDouble(losses::get)).orElse(-1);
    double spread = best < 0 ? 0.3 : Math.max(0.05, 0.25 * Math.exp(-n / 25.0));
    double[] x = new double[d];
    for (int i = 0; i < d; i++) {
      x[i] = (best < 0 ? 0.5 : asked.get(best).get(i)) + spread * random.nextGaussian();
    }
    return Point.clip(x);
  }

  private static Outcome loss(Point x, double[] optimum, double[] weight, RandomGenerator random, boolean calm) {
    double loss = 1.2 + 0.01 * random.nextGaussian();
    for (int i = 0; i < optimum.length; i++) {
      loss += weight[i] * Math.pow(x.get(i) - optimum[i], 2) / 3;
    }
    if (!calm && x.get(0) + x.get(2) > 1.5) {
      return new Outcome.Diverged(20 + random.nextInt(100));
    }
    return Outcome.of(!calm && random.nextInt(14) == 0 ? loss + 40 * random.nextDouble() : loss);
  }

  static ReportData run() {
    StoredStudy global = study("global", GLOBAL, 24, 1);
    StoredStudy module = study("module", MODULE, 60, 2);
    StoredStudy confirm = confirm(12);
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    estimates.put("default", estimate(2.46, 2.43, 2.49, 2.45, 2.48, 2.44, 2.47));
    estimates.put("global", estimate(1.5575, 1.541, 1.574, 1.55, 1.57, 1.55, 1.56));
    estimates.put("perModule", estimate(1.2175, 1.206, 1.229, 1.21, 1.23, 1.215, 1.215));
    Configuration best = Trials.best(module).orElseThrow().configuration();
    return new ReportData(
        "names: <script>alert(1)</script> & more", "nats", "", List.of(new Phase("global", global), new Phase("module", module), new Phase("confirm", confirm)),
        estimates, Optional.of(best), List.of(), Optional.empty(), timings(List.of(global, module, confirm)),
        "width 64, depth 2, batch 1,024 tokens, 204,800 tokens", "name: quickstart\nobjective: {kind: proxy, note: \"a < b\"}\nworkers: 2\n",
        List.of("proxima 0.1.0", "JDK 25.0.3", "DJL 0.32.0, PyTorch 2.5.1", "OpenBLAS 0.3.30"), List.of("search 7", "fresh 8 to 11"),
        List.of("2 fits of the model fell back to the prior"));
  }

  /// Of the seeds from 0 on.
  static Estimate estimate(double mean, double low, double high, double... values) {
    SortedMap<Integer, Double> bySeed = new TreeMap<>();
    for (int k = 0; k < values.length; k++) {
      bySeed.put(k, values[k]);
    }
    return new Estimate(mean, low, high, bySeed, 0);
  }

  private static StoredStudy confirm(int n) {
    SearchSpace space = SearchSpace.of(Parameter.integer("index", 0, n));
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "confirm", space, known -> Point.of((known.evaluations().size() + 0.5) / (n + 1)), "list", 3)) {
      for (int i = 0; i < n; i++) {
        study.tell(study.ask().number(), Outcome.of(i < 4 ? 2.46 : i < 8 ? 1.56 : 1.22));
      }
    }
    return Study.stored(journal, "confirm").orElseThrow();
  }

  static List<Timing> timings(List<StoredStudy> studies) {
    RandomGenerator random = random(5);
    List<Timing> timings = new ArrayList<>();
    for (StoredStudy study : studies) {
      for (TrialResult t : study.trials()) {
        boolean finished = t.loss().isPresent();
        String outcome = finished ? "finished" : t.outcome().orElseThrow() instanceof Outcome.Diverged ? "diverged" : "failed";
        timings.add(new Timing(study.name(), t.number(), outcome, (finished ? 1.6 : 0.5) + 0.1 * random.nextGaussian() * random.nextGaussian()));
      }
    }
    return timings;
  }

  static ReportData of(List<Phase> phases) {
    return new ReportData("run", "", "", phases, Map.of(), Optional.empty(), List.of(), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
