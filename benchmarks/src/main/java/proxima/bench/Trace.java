package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Seeds;
import proxima.strategy.Strategy;

/// One run of a strategy on a function.
///
/// @param regrets after each trial, the noise-free value at the point with the best observed loss; infinite before the first finite loss
/// @param diverged share of trials that diverged
/// @param secondsPerSuggestion mean over the trials
record Trace(List<Double> regrets, double diverged, double secondsPerSuggestion) {

  static Trace of(Strategy strategy, SyntheticFunction function, long seed, int trials) {
    List<Evaluation> known = new ArrayList<>();
    List<Double> regrets = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    double regret = Double.POSITIVE_INFINITY;
    int diverged = 0;
    long nanos = 0;
    for (int i = 0; i < trials; i++) {
      long start = System.nanoTime();
      Point x = strategy.suggest(new Knowledge(function.space(), seed, known));
      nanos += System.nanoTime() - start;
      Outcome outcome = function.observe(x, Seeds.random(seed, i, 4));
      if (outcome instanceof Outcome.Finished f && f.loss() < best) {
        best = f.loss();
        regret = function.regret().applyAsDouble(x);
      }
      diverged += outcome instanceof Outcome.Diverged ? 1 : 0;
      regrets.add(regret);
      known.add(new Evaluation(x, Optional.of(outcome), true));
    }
    return new Trace(regrets, (double) diverged / trials, 1e-9 * nanos / trials);
  }
}
