package proxima.strategy;

import java.util.List;
import java.util.stream.IntStream;
import proxima.space.learn.PriorTasks;

/// How well a prior task, by itself, foretells the losses of a study, and what it counts in what all tasks expect together. How far the search follows that is the slope that losses have on it,
/// and none where a model without it predicts them better.
///
/// @param task its name
/// @param correlation Kendall's tau between what the task alone expects and the losses of the study's trials, over pairs that differ; in [-1, 1], NaN where none do
/// @param weight of the task among all, in [0, 1]; the weights add up to 1, or are all 0 where losses contradict the tasks, so that the search goes on without them
public record Agreement(String task, double correlation, double weight) {

  /// Trials of a prior task that what it expects alone is learned from at most.
  public static final int MOST = 200;

  /// One for each prior task, in their order.
  public static List<Agreement> of(PriorTasks prior, Knowledge knowledge) {
    if (prior.tasks().isEmpty()) {
      return List.of();
    }
    Observations told = Observations.of(Excerpt.of(knowledge), new Cells(knowledge.space()));
    var mean = new PriorMean(prior);
    boolean refuted = mean.isRefuted(knowledge.asked(), told);
    double[] correlations = mean.correlations(told);
    List<Double> weights = mean.weights(told);
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    return IntStream.range(0, correlations.length)
        .mapToObj(t -> new Agreement(prior.tasks().get(t).name(), correlations[t], refuted || sum == 0 ? 0 : weights.get(t) / sum))
        .toList();
  }
}
