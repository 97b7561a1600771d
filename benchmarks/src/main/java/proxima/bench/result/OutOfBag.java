package proxima.bench.result;

import java.util.Locale;
import java.util.Optional;

/// How well a forest over a table's rows predicts rows that it has not seen: each by the trees that were grown without it.
///
/// @param scale that the forest predicts losses on: `loss`, `log loss` or `log rank`
/// @param r2 share of the variance on that scale that is predicted; below 0 where the mean would do better
/// @param rankCorrelation Spearman's, of predicted and recorded losses
/// @param amongBest the same over the fifth of the rows with the lowest losses
/// @param divergence empty where no row diverged
public record OutOfBag(String scale, double r2, double rankCorrelation, double amongBest, Optional<Divergence> divergence) {

  /// @param found share of the diverged rows that are predicted to diverge
  /// @param mistaken share of the others
  public record Divergence(double found, double mistaken) {}

  public String text() {
    String losses = String.format(Locale.ROOT, "out of bag: R² %.2f of the %s, rank correlation %.2f, %.2f among the best fifth", r2, scale, rankCorrelation, amongBest);
    return losses + divergence.map(d -> String.format(Locale.ROOT, "; diverged rows found %.0f %%, others mistaken %.0f %%", 100 * d.found, 100 * d.mistaken)).orElse("");
  }
}
