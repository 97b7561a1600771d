package proxima.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import proxima.acquisition.Cost;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// The cost of trials as a product of powers of their values, such as width^2 for the training of a network. A parameter that is not active has no part in it.
public final class PowerCost implements Cost {

  private final SearchSpace space;
  private final List<Term> terms = new ArrayList<>();

  private record Term(Parameter parameter, int offset, double power) {}

  /// @param powers by the names of parameters of the space; others have no part
  /// @throws IllegalArgumentException as `check` does
  public PowerCost(SearchSpace space, Map<String, Double> powers) {
    this.space = space;
    int offset = 0;
    for (Parameter p : space.parameters()) {
      if (powers.containsKey(p.name())) {
        check(p, powers.get(p.name()));
        terms.add(new Term(p, offset, powers.get(p.name())));
      }
      offset += p.width();
    }
  }

  /// @throws IllegalArgumentException if a cost can not be that power of the parameter: it has choices or may be 0 or less, or the power is not finite
  public static void check(Parameter parameter, double power) {
    double low = switch (parameter) {
      case RealParameter r -> r.low();
      case IntegerParameter i -> i.low();
      case CategoricalParameter _ -> throw new IllegalArgumentException("a cost is a power of a number, and '" + parameter.name() + "' has choices");
    };
    if (!(low > 0)) {
      throw new IllegalArgumentException("a cost is a power of numbers above 0, and '" + parameter.name() + "' begins at " + low);
    }
    if (!Double.isFinite(power)) {
      throw new IllegalArgumentException("the power of a cost is finite, got " + power);
    }
  }

  @Override
  public double log(Point x, double[] slope) {
    Configuration configuration = space.decode(x);
    double sum = 0;
    for (Term t : terms) {
      double number = configuration.get(t.parameter.name()).map(PowerCost::number).orElse(1.0);
      sum += t.power * Math.log(number);
      // A whole number stays the same within its cell.
      if (t.parameter instanceof RealParameter r && configuration.get(r.name()).isPresent()) {
        slope[t.offset] += t.power * (r.log() ? Math.log(r.high()) - Math.log(r.low()) : (r.high() - r.low()) / number);
      }
    }
    return sum;
  }

  private static double number(Value value) {
    return switch (value) {
      case Value.Real(double number) -> number;
      case Value.Whole(long number) -> number;
      case Value.Category _ -> throw new IllegalStateException("a cost has no power of a choice");
    };
  }
}
