package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Chooser;
import proxima.strategy.Evaluation;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// A strategy of ours. Among rows a `Chooser` chooses; what another strategy suggests stands for the nearest row not tried yet.
///
/// @param strategy for a space, and a design of as many points as the comparison gives all contenders first
record StrategyContender(String name, BiFunction<SearchSpace, InitialDesign, Strategy> strategy) implements Contender {

  @Override
  public Player start(Task task, int initial, long seed) {
    Strategy chosen = strategy.apply(task.space(), InitialDesign.cube(initial));
    List<Evaluation> known = new ArrayList<>();
    Rows rows = new Rows(task.rows());
    return new Player() {
      @Override
      public Point ask() {
        Knowledge knowledge = new Knowledge(task.space(), seed, known);
        if (!rows.any()) {
          return task.space().snap(chosen.suggest(knowledge));
        }
        return chosen instanceof Chooser chooser ? chooser.choose(knowledge, rows.left()) : rows.nearest(chosen.suggest(knowledge));
      }

      @Override
      public void tell(Point x, Outcome outcome) {
        known.add(new Evaluation(x, Optional.of(outcome), true));
        rows.remove(x);
      }
    };
  }
}
