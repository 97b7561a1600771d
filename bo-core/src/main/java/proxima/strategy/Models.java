package proxima.strategy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import proxima.gp.Covariance;
import proxima.gp.GaussianProcess;
import proxima.gp.Kernel;
import proxima.gp.Posterior;
import proxima.gp.Viability;
import proxima.gp.Warp;
import proxima.gp.WarpedProcess;
import proxima.space.Point;

/// Builds models, and remembers the last few fits.
///
/// Warp and kernel are chosen on the observations up to the last multiple of `chooseEvery`, the covariance is fitted on those up to the last
/// milestone, and both are applied to all observations. Each fit is a function of its observations: forgetting one costs time only.
final class Models {

  private static final int REMEMBERED = 32;

  private final GpOptions options;
  private final Map<Key, Object> memory = new LinkedHashMap<>();

  Models(GpOptions options) {
    this.options = options;
  }

  private record Form(Warp.Kind warp, Kernel kernel) {}

  /// @param form of a covariance; empty for the choice of a form
  private record Key(Optional<Form> form, Observations observations, long seed) {}

  /// Empty where no trial has finished.
  /// @param margin of an improvement, in standard deviations of the noise
  Optional<Model> of(Observations all, long seed, double margin) {
    if (all.finished() == 0) {
      return Optional.empty();
    }
    Form form = form(all, seed);
    Covariance covariance = covariance(form, all.first(milestone(all)), seed);
    Posterior loss = process(form, all, covariance).posterior();
    Optional<Viability> viability = options.viability() && all.finished() < all.size()
        ? Optional.of(Viability.fit(all.inputs(), all.viable(), covariance))
        : Optional.empty();
    return Optional.of(new Model(all, loss, viability, margin));
  }

  /// How many observations the covariance is fitted on: a number that stays while a few are added, so that the fit does.
  private int milestone(Observations all) {
    int n = all.size();
    int rest = Math.max(0, n - options.refitAlways());
    int m = n - rest % options.refitEvery();
    return all.first(m).finished() > 0 ? m : n;
  }

  private Form form(Observations all, long seed) {
    var first = new Form(options.warps().getFirst(), options.kernels().getFirst());
    Observations known = all.first(all.size() / options.chooseEvery() * options.chooseEvery());
    if (known.finished() < options.chooseFrom() || options.warps().size() * options.kernels().size() == 1) {
      return first;
    }
    return remembered(new Key(Optional.empty(), known, seed), Form.class, () -> {
      Form best = first;
      double highest = Double.NEGATIVE_INFINITY;
      for (Kernel kernel : options.kernels()) {
        for (Warp.Kind warp : options.warps()) {
          var form = new Form(warp, kernel);
          double density = process(form, known, covariance(form, known, seed)).logDensity();
          if (density > highest) {
            highest = density;
            best = form;
          }
        }
      }
      return best;
    });
  }

  private Covariance covariance(Form form, Observations fitted, long seed) {
    return remembered(new Key(Optional.of(form), fitted, seed), Covariance.class, () -> {
      List<Point> inputs = fitted.inputs();
      var prior = options.lengthscales().prior(form.kernel, inputs.getFirst().dimension());
      double[] targets = Warp.of(form.warp, fitted.lossArray()).targets();
      return GaussianProcess.fit(prior, inputs, targets, Optional.empty(), seed).covariance();
    });
  }

  private static WarpedProcess process(Form form, Observations o, Covariance covariance) {
    Warp warp = Warp.of(form.warp, o.lossArray());
    return new WarpedProcess(warp, GaussianProcess.condition(covariance, o.inputs(), warp.targets()));
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
