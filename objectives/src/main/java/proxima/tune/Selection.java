package proxima.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.space.Configuration;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Recommendation;
import proxima.study.TrialResult;

/// The best few of a search, of which one is recommended once they have been trained again with fresh seeds.
///
/// @param known what the search has found
/// @param finalists of its evaluations, the lowest posterior mean first; empty where none has finished
/// @param seeds how many fresh ones each of them is trained with
record Selection(Knowledge known, List<Integer> finalists, int seeds) {

  static Selection of(Knowledge known, RunConfig.Budget budget) {
    return new Selection(known, Recommendation.best(known, budget.finalists()), budget.seeds());
  }

  /// How many trainings there are: first all seeds of the first finalist, then those of the next; none of a finalist alone.
  int trainings() {
    return finalists.size() < 2 ? 0 : finalists.size() * seeds;
  }

  /// What is trained again.
  List<Configuration> configurations() {
    return finalists.stream().map(this::decoded).toList();
  }

  /// What a training trains.
  Configuration configuration(int training) {
    return decoded(finalists.get(training / seeds));
  }

  private Configuration decoded(int evaluation) {
    return known.space().decode(known.evaluations().get(evaluation).point());
  }

  /// The finalist with the lowest posterior mean over all that is known; empty where there is none.
  ///
  /// @param again of the trainings, those that have begun
  Optional<Configuration> best(List<TrialResult> again) {
    if (again.isEmpty()) {
      return finalists.stream().findFirst().map(this::decoded);
    }
    List<Evaluation> evaluations = new ArrayList<>(known.evaluations());
    for (TrialResult t : again) {
      evaluations.add(new Evaluation(known.evaluations().get(finalists.get(JobList.index(t.trial()) / seeds)).point(), t.outcome(), false));
    }
    List<Integer> ranking = Recommendation.best(new Knowledge(known.space(), known.seed(), evaluations), evaluations.size());
    return Optional.of(decoded(ranking.stream().filter(finalists::contains).findFirst().orElse(finalists.getFirst())));
  }
}
