package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Chooser;
import proxima.strategy.Evaluation;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// A strategy of ours. Among rows a `Chooser` chooses; what another strategy suggests stands for the nearest row not tried yet.
///
/// @param learns whether it uses prior tasks
/// @param entry for a task, and a design of as many points as the comparison gives it first
record StrategyContender(String name, boolean learns, BiFunction<Task, InitialDesign, Entry<? extends Strategy>> entry) implements Contender {

  /// A strategy and the space it searches.
  record Entry<S extends Strategy>(SearchSpace space, S strategy) {}

  /// One that does not learn.
  static StrategyContender of(String name, BiFunction<SearchSpace, InitialDesign, Strategy> strategy) {
    return new StrategyContender(name, false, (task, design) -> new Entry<>(task.space(), strategy.apply(task.space(), design)));
  }

  /// One that learns from the prior tasks of its task.
  static StrategyContender learning(String name, BiFunction<PriorTasks, InitialDesign, Entry<? extends Chooser>> entry) {
    return new StrategyContender(name, true, (task, design) -> entry.apply(task.prior().orElseThrow(), design));
  }

  /// All that learn do; to make one may take seconds.
  @Override
  public boolean chooses(Task task) {
    return learns || entry.apply(task, InitialDesign.cube(0)).strategy instanceof Chooser;
  }

  @Override
  public Player start(Task task, int initial, int workers, long seed) {
    Entry<? extends Strategy> entered = entry.apply(task, InitialDesign.cube(initial));
    Strategy chosen = entered.strategy;
    List<Evaluation> known = new ArrayList<>();
    Rows rows = new Rows(task.rows());
    return new Player() {
      @Override
      public Point ask() {
        Point x = next(new Knowledge(entered.space, seed, known));
        known.add(pending(x));
        rows.remove(x);
        return x;
      }

      private Point next(Knowledge knowledge) {
        if (!rows.any()) {
          return task.space().snap(chosen.suggest(knowledge));
        }
        return chosen instanceof Chooser chooser ? chooser.choose(knowledge, rows.left()) : rows.nearest(chosen.suggest(knowledge));
      }

      @Override
      public void tell(Point x, Outcome outcome) {
        Evaluation told = new Evaluation(x, Optional.of(outcome), true);
        int at = known.indexOf(pending(x));
        if (at < 0) {
          known.add(told);
          rows.remove(x);
        } else {
          known.set(at, told);
        }
      }
    };
  }

  private static Evaluation pending(Point x) {
    return new Evaluation(x, Optional.empty(), true);
  }
}
