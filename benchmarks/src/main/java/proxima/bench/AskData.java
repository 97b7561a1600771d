package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Seeds;

/// What is known where the time of a suggestion is measured: random points of a noisy quadratic, every tenth diverged.
public final class AskData {

  private AskData() {}

  /// @param n points
  /// @param d dimensions
  static Knowledge of(int n, int d) {
    SyntheticFunction function = SyntheticFunctions.quadratic(d, 1);
    var random = Seeds.random(2);
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = new RandomStrategy().suggest(new Knowledge(function.space(), 1, known));
      var outcome = i % 10 == 9 ? new Outcome.Diverged(1) : function.observe(x, random);
      known.add(new Evaluation(x, Optional.of(outcome), true));
    }
    return new Knowledge(function.space(), 1, known);
  }

  /// Prints it for benchmarks/peers/suggestion_time.py: coordinates and loss of a point on a line, separated by commas, the loss empty where it
  /// diverged.
  /// @param arguments n and d
  public static void main(String[] arguments) {
    for (Evaluation e : of(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).evaluations()) {
      StringBuilder line = new StringBuilder();
      for (double u : e.point().toArray()) {
        line.append(u).append(',');
      }
      System.out.println(line.append(e.outcome().orElseThrow() instanceof Outcome.Finished f ? Double.toString(f.loss()) : ""));
    }
  }
}
