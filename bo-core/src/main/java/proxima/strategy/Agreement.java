package proxima.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import proxima.space.learn.PriorTasks;

/// How well a prior task, by itself, foretells the losses of a study, and what it counts there.
///
/// @param task its name
/// @param correlation Kendall's tau between what the task alone expects and the losses of the study's trials, over pairs that differ; in [-1, 1], NaN where none do
/// @param weight of the task among all, in [0, 1]; the weights add up to 1, or are all 0 where losses contradict the tasks, so that the search goes on without them
public record Agreement(String task, double correlation, double weight) {

  /// One for each prior task, in their order.
  public static List<Agreement> of(PriorTasks prior, Knowledge knowledge) {
    if (prior.tasks().isEmpty()) {
      return List.of();
    }
    Observations all = Observations.of(Excerpt.of(knowledge), new Cells(knowledge.space()));
    boolean refuted = new PriorMean(prior).isRefuted(knowledge.asked(), all);
    Observations viable = all.viableOnly();
    Observations told = viable.first(PriorMean.milestone(viable.size()));
    double[] correlations = prior.tasks().stream().mapToDouble(t -> Accord.kendall(TaskProcess.of(t).at(told.points()), told.lossArray())).toArray();
    double[] weights = Arrays.stream(correlations).map(tau -> Accord.weight(tau, told.size())).toArray();
    double sum = Arrays.stream(weights).sum();
    return IntStream.range(0, weights.length)
        .mapToObj(t -> new Agreement(prior.tasks().get(t).name(), correlations[t], refuted || sum == 0 ? 0 : weights[t] / sum))
        .toList();
  }
}
