package proxima.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import proxima.space.Configuration;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// What a strategy asks for.
///
/// @param seed the strategy's
/// @param ownRowsOnly whether it knows no rows but its own
/// @param strategy made from the rows before this phase
record SearchPhase(String name, int size, int round, long seed, boolean ownRowsOnly, Function<Start, Strategy> strategy) implements Phase {

  /// What a strategy starts from.
  record Start(SearchSpace space, List<Row> rows) {

    /// The best row of the plain settings, as a point.
    Point bestGlobal() {
      Row best = rows.stream().filter(r -> r.trial().phase().equals(GlobalSweep.NAME)).min(Comparator.comparingDouble(Row::value)).orElseThrow();
      return space.encode(best.trial().configuration());
    }
  }

  @Override
  public List<Trial> next(SearchSpace space, List<Row> known, int done, int n) {
    int start = known.size() - done;
    Strategy chooser = strategy.apply(new Start(space, known.subList(0, start)));
    List<Evaluation> evaluations = new ArrayList<>();
    for (Row row : ownRowsOnly ? known.subList(start, known.size()) : known) {
      evaluations.add(new Evaluation(space.encode(row.trial().configuration()), Optional.of(row.outcome()), true));
    }
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Configuration configuration = Digits.decode(space, chooser.suggest(new Knowledge(space, seed, evaluations)));
      trials.add(new Trial(configuration, Plan.SEED, name));
      evaluations.add(new Evaluation(space.encode(configuration), Optional.empty(), true));
    }
    return trials;
  }
}
