package proxima.strategy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import proxima.acquisition.Acquisition;
import proxima.acquisition.LogExpectedImprovement;
import proxima.acquisition.LogNoisyExpectedImprovement;
import proxima.acquisition.LogViability;
import proxima.gp.Covariance;
import proxima.gp.GaussianProcess;
import proxima.gp.Kernel;
import proxima.gp.Mean;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.gp.Targets;
import proxima.gp.Threads;
import proxima.gp.Viability;
import proxima.gp.Warp;
import proxima.gp.WarpedProcess;
import proxima.space.Point;

/// Builds models, and remembers the last few fits.
///
/// Warp and kernel are chosen on the observations up to the last multiple of `chooseEvery`, the covariance is fitted on those up to the last
/// milestone, and both are applied to all observations. Each fit is a function of its observations, and so is what it starts from: forgetting one
/// costs time only, and what is suggested does not depend on the number of threads.
final class Models {

  private static final int REMEMBERED = 32;

  // So many observations, taken evenly, tell which form predicts best and how steep viability is.
  private static final int ENOUGH = 200;

  // A fit is put off until there is a 50th more to fit on.
  private static final int SHARE = 50;

  // Nats a loss: where what is expected has a slope of 0, both fits are the same up to their descents.
  private static final double EQUAL = 1e-3;

  private final GpOptions options;
  private final Threads threads;
  private final Optional<PriorMean> prior;
  private final Map<Key, Object> memory = new LinkedHashMap<>();
  private Optional<Factored> last = Optional.empty();

  /// @param prior what earlier tasks expect
  Models(GpOptions options, Threads threads, Optional<PriorMean> prior) {
    this.options = options;
    this.threads = threads;
    this.prior = prior;
  }

  /// @param isInputWarped whether coordinates are
  /// @param isAroundPrior whether the losses are modelled as what they differ by from what earlier tasks expect
  private record Form(Warp.Kind warp, Kernel kernel, boolean isInputWarped, boolean isAroundPrior) {

    Form with(Warp.Kind other) {
      return new Form(other, kernel, isInputWarped, isAroundPrior);
    }

    Form with(Kernel other) {
      return new Form(warp, other, isInputWarped, isAroundPrior);
    }

    Form withInputWarp() {
      return new Form(warp, kernel, true, isAroundPrior);
    }

    Form withoutPrior(Warp.Kind other) {
      return new Form(other, kernel, isInputWarped, false);
    }
  }

  /// @param start the covariance that the choice was made with, near to what more observations give; empty where none was made
  private record Choice(Form form, Optional<Covariance> start) {}

  private record Fitted(Form form, WarpedProcess process) {
    Choice choice() {
      return new Choice(form, Optional.of(process.posterior().covariance()));
    }
  }

  private enum Purpose {
    CHOICE,
    LOSS,
    VIABILITY
  }

  /// @param choice empty for the choice itself
  private record Key(Purpose purpose, Optional<Choice> choice, Observations observations, long seed) {}

  /// @param posterior of the points under the covariance, of any targets
  private record Factored(Covariance covariance, List<Point> points, Posterior posterior) {}

  /// How the targets that a model of these is told follow from losses that compare.
  Warp warp(Observations all, long seed) {
    return Warp.of(choice(all, seed).form.warp, all.lossArray());
  }

  /// Empty where no trial has finished.
  /// @param margin of an improvement, in standard deviations of the noise
  /// @param given further terms of the score
  Optional<Model> of(Observations all, long seed, double margin, List<Acquisition> given) {
    if (all.finished() == 0) {
      return Optional.empty();
    }
    Choice choice = choice(all, seed);
    Observations fitted = all.first(milestone(all));
    Covariance covariance =
        remembered(new Key(Purpose.LOSS, Optional.of(choice), fitted, seed), Covariance.class, () -> fit(choice, fitted, seed).posterior().covariance());
    Posterior loss = posterior(choice.form, covariance, fitted.size(), all);
    List<Acquisition> learned = new ArrayList<>();
    learned.add(improvement(all, loss, margin * Math.sqrt(loss.noise()), seed));
    if (options.viability() && all.finished() < all.size()) {
      learned.add(new LogViability(viability(choice, covariance, fitted, all, seed)));
    }
    return Optional.of(new Model(all, loss, learned, given));
  }

  /// On the best posterior mean; while trials are open, on what they and the others may come to.
  private static Acquisition improvement(Observations all, Posterior loss, double margin, long seed) {
    List<Point> known = all.rungs().ends(all.finishedPoints());
    if (all.open().isEmpty()) {
      double best = loss.at(known).stream().mapToDouble(Normal::mean).min().orElseThrow();
      return new LogExpectedImprovement(best - margin).of(loss);
    }
    return LogNoisyExpectedImprovement.of(loss, known, all.rungs().ends(all.open()), margin, Seeds.random(seed, all.size(), all.open().size()));
  }

  /// How many observations the covariance is fitted on: a number that stays while a few are added, so that the fit does.
  private int milestone(Observations all) {
    int m = Math.min(all.size(), options.refitAlways());
    for (int next = m; next <= all.size(); next += Math.max(options.refitEvery(), next / SHARE)) {
      m = next;
    }
    return all.first(m).finished() > 0 ? m : all.size();
  }

  private Choice choice(Observations all, long seed) {
    var first = new Form(prior.isPresent() ? Warp.Kind.RANK : options.warps().getFirst(), options.kernels().getFirst(), false, prior.isPresent());
    Observations known = all.first(all.size() / options.chooseEvery() * options.chooseEvery());
    boolean early = known.finished() < options.chooseFrom();
    if (prior.isPresent() ? known.finished() < options.chooseEvery() : early || (options.warps().size() + options.kernels().size() == 2 && !options.inputWarping())) {
      return new Choice(first, Optional.empty());
    }
    return remembered(new Key(Purpose.CHOICE, Optional.empty(), known, seed), Choice.class, () -> {
      Observations some = known.sample(ENOUGH);
      var start = new Fitted(first, fit(new Choice(first, Optional.empty()), some, seed));
      Fitted warranted = first.isAroundPrior ? warranted(start, some, seed) : start;
      return (early ? warranted : best(warranted, some, seed)).choice();
    });
  }

  /// The best of all warps with the first kernel, of all kernels with that warp, and of plain and warped coordinates with both.
  private Fitted best(Fitted start, Observations some, long seed) {
    Form first = start.form;
    List<Warp.Kind> warps = options.warps().stream().filter(warp -> warp != first.warp).toList();
    Fitted warped = best(start, warps.stream().map(first::with).toList(), some, seed);
    Fitted plain = best(warped, options.kernels().stream().skip(1).map(warped.form::with).toList(), some, seed);
    return options.inputWarping() ? best(plain, List.of(plain.form.withInputWarp()), some, seed) : plain;
  }

  /// The fit around the prior where that predicts better than one without, else what there would be without a prior.
  private Fitted warranted(Fitted around, Observations some, long seed) {
    Choice without = new Choice(around.form.withoutPrior(around.form.warp), around.choice().start);
    if (around.process.logDensity() > fit(without, some, seed).logDensity() + EQUAL) {
      return around;
    }
    Form plain = around.form.withoutPrior(options.warps().getFirst());
    return new Fitted(plain, fit(new Choice(plain, around.choice().start), some, seed));
  }

  /// Of a fit and those of other forms, the one of the highest leave-one-out density.
  private Fitted best(Fitted first, List<Form> others, Observations some, long seed) {
    Fitted best = first;
    for (Fitted next : threads.map(others, form -> new Fitted(form, fit(new Choice(form, first.choice().start), some, seed)))) {
      best = next.process.logDensity() > best.process.logDensity() ? next : best;
    }
    return best;
  }

  private WarpedProcess fit(Choice choice, Observations o, long seed) {
    List<Point> inputs = o.inputs();
    Prior plain = options.lengthscales().prior(choice.form.kernel, inputs.getFirst().dimension());
    Prior belief = choice.form.isInputWarped ? plain.withInputWarp() : plain;
    Warp warp = Warp.of(choice.form.warp, o.lossArray());
    Residuals residuals = residuals(choice.form, o, warp);
    return new WarpedProcess(warp, GaussianProcess.fit(belief, inputs, residuals.targets, choice.start, seed, threads).around(residuals.mean, inputs));
  }

  /// K of the first m observations is factored, and the rows of those since are appended, in O(n^2) each where the factor is remembered. Where the noise of some is
  /// known it changes with the warp, and K is factored anew.
  private Posterior posterior(Form form, Covariance covariance, int m, Observations all) {
    List<Point> inputs = all.inputs();
    Residuals residuals = residuals(form, all, Warp.of(form.warp, all.lossArray()));
    if (residuals.targets.isAnyKnown()) {
      return GaussianProcess.condition(covariance, inputs, residuals.targets).around(residuals.mean, inputs);
    }
    List<Point> before = inputs.subList(0, m);
    Factored factored;
    synchronized (memory) {
      factored = last.filter(f -> f.covariance.equals(covariance) && f.points.equals(before))
          .orElseGet(() -> new Factored(covariance, before, GaussianProcess.condition(covariance, before, new double[m])));
      last = Optional.of(factored);
    }
    return factored.posterior.retold(inputs.subList(m, inputs.size()), residuals.targets.values()).around(residuals.mean, inputs);
  }

  /// Targets less what is expected of them.
  private static final class Residuals {
    final Targets targets;
    final Mean mean;

    Residuals(Targets targets, Mean mean) {
      this.targets = targets;
      this.mean = mean;
    }
  }

  private Residuals residuals(Form form, Observations o, Warp warp) {
    double[] targets = warp.targets();
    double[] variances = warp.variances(o.standardErrorArray());
    if (!form.isAroundPrior) {
      return new Residuals(Targets.of(targets, variances), Mean.ZERO);
    }
    Mean function = prior.orElseThrow().function(o);
    double[] expected = function.at(o.points());
    double slope = prior.orElseThrow().slope(function, o, targets);
    double[] differences = IntStream.range(0, targets.length).mapToDouble(i -> targets[i] - slope * expected[i]).toArray();
    return new Residuals(Targets.of(differences, variances), PriorMean.mean(function, slope, o.points().getFirst().dimension()));
  }

  /// How steep it is follows from those the losses' covariance is fitted on, what is viable from all.
  private Viability viability(Choice choice, Covariance shape, Observations fitted, Observations all, long seed) {
    Covariance scale = remembered(new Key(Purpose.VIABILITY, Optional.of(choice), fitted, seed), Covariance.class, () -> {
      Observations some = fitted.sample(ENOUGH);
      return Viability.fit(some.inputs(), some.viable(), shape, threads).covariance();
    });
    return Viability.condition(all.inputs(), all.viable(), scale);
  }

  private <T> T remembered(Key key, Class<T> type, Supplier<T> compute) {
    synchronized (memory) {
      Object known = memory.remove(key);
      T value = known == null ? compute.get() : type.cast(known);
      memory.put(key, value);
      if (memory.size() > REMEMBERED) {
        memory.remove(memory.keySet().iterator().next());
      }
      return value;
    }
  }
}
