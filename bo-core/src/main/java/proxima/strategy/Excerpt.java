package proxima.strategy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import proxima.space.Outcome;

/// What an exact Gaussian process is told of more trials than it can take.
///
/// Half of it are the trials of the lowest losses, which lie where the search goes; the others are taken evenly from first to last of the rest, diverged ones among them in proportion, and tell the
/// model how losses vary, and where trials diverge. A function of what is known, so that the same history leads to the same suggestion.
public final class Excerpt {

  /// Up to so many all are told: a fit to them takes about 2 s, and one to twice as many eight times as long.
  static final int WHOLE = 1000;

  /// Of more, so many: half as many take an eighth of the time, and a suggestion less than a second whatever is remembered.
  private static final int SIZE = 500;

  /// The excerpt stays, and with it all that is fitted, until so many more are told; until then these are told too. A fifth of the size.
  private static final int STEP = 100;

  /// Failed trials that count as pending: the last ones, as each is one more point of a model.
  private static final int FAILED = 100;

  private Excerpt() {}

  /// All that is known of up to 1,000 trials that finished, were stopped or diverged. Of more, of 500 to 599 of these, of the pending ones, and of the last 100 that failed.
  static Knowledge of(Knowledge knowledge) {
    if (knowledge.informative() <= WHOLE) {
      return knowledge;
    }
    List<Evaluation> all = knowledge.evaluations();
    int[] told = where(all, o -> o.isPresent() && !(o.get() instanceof Outcome.Failed));
    int[] failed = where(all, o -> o.isPresent() && o.get() instanceof Outcome.Failed);
    int m = told.length - (told.length - WHOLE) % STEP;
    var kept = new BitSet();
    of(losses(Arrays.stream(told, 0, m).mapToObj(i -> all.get(i).outcome().orElseThrow()).toList()), SIZE).forEach(k -> kept.set(told[k]));
    Arrays.stream(told, m, told.length).forEach(kept::set);
    Arrays.stream(failed, Math.max(0, failed.length - FAILED), failed.length).forEach(kept::set);
    Arrays.stream(where(all, Optional::isEmpty)).forEach(kept::set);
    return new Knowledge(knowledge.space(), knowledge.seed(), kept.stream().mapToObj(all::get).toList());
  }

  private static int[] where(List<Evaluation> all, Predicate<Optional<Outcome>> is) {
    return IntStream.range(0, all.size()).filter(i -> is.test(all.get(i).outcome())).toArray();
  }

  /// Of trials of which some were stopped, their places at the steps that they reached.
  private static List<Double> losses(List<Outcome> outcomes) {
    return Arrays.stream(Rungs.of(outcomes).losses(outcomes.stream().map(Excerpt::loss).toList())).boxed().toList();
  }

  private static double loss(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f -> f.loss();
      case Outcome.Stopped s -> s.loss();
      case Outcome.Diverged _, Outcome.Failed _ -> Double.POSITIVE_INFINITY;
    };
  }

  /// Indices, ascending, of at most so many losses: all of them, or the lowest half and an even sample of the others.
  ///
  /// @param losses in the order of their trials; positive infinity where one diverged
  /// @param most 2 or more
  public static List<Integer> of(List<Double> losses, int most) {
    if (losses.size() <= most) {
      return IntStream.range(0, losses.size()).boxed().toList();
    }
    List<Integer> byLoss = IntStream.range(0, losses.size()).boxed().sorted(Comparator.comparingDouble(losses::get)).toList();
    int lowest = most / 2;
    List<Integer> rest = byLoss.subList(lowest, byLoss.size()).stream().sorted().toList();
    return IntStream.concat(byLoss.stream().limit(lowest).mapToInt(i -> i), evenly(rest.size(), most - lowest).map(rest::get)).sorted().boxed().toList();
  }

  /// At most `most` of the numbers below n. Pairs go together, as every second trial may be of another kind than those between.
  static IntStream evenly(int n, int most) {
    int pairs = (n + 1) / 2;
    int kept = Math.min(pairs, most / 2);
    return IntStream.range(0, kept).map(k -> (int) ((long) k * pairs / kept)).flatMap(p -> IntStream.of(2 * p, 2 * p + 1)).filter(i -> i < n);
  }
}
