package proxima.strategy;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import proxima.acquisition.Preference;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// What a user expects of parameters, as a density over the unit cube: a product of one for each, which is 1 where nothing is expected and where the parameter is not active.
///
/// A number's is normal around what is expected, on the parameter's own scale (the logarithm where it is searched there), cut off at the ends of its range; a
/// categorical's makes one choice so many times as likely as each of the others.
public final class UserPrior implements Preference {

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private final SearchSpace space;
  private final List<Term> terms = new ArrayList<>();

  /// @param centre the coordinates of what is expected, those of the parameter alone
  private record Term(Parameter parameter, int offset, Point centre, Expected.Confidence confidence) {

    double log(Point x, double[] slope) {
      return parameter instanceof CategoricalParameter ? logOfChoice(x, slope) : logOfNumber(x, slope);
    }

    private double logOfNumber(Point x, double[] slope) {
      double u = (x.get(offset) - centre.get(0)) / confidence.sd;
      slope[offset] -= u / confidence.sd;
      return NORMAL.logDensity(u) - Math.log(confidence.sd * (above() - below()));
    }

    /// Linear between the corners, which stand for the choices.
    private double logOfChoice(Point x, double[] slope) {
      int n = centre.dimension();
      double sum = Math.log(n / (confidence.odds + n - 1));
      for (int i = 0; i < n; i++) {
        slope[offset + i] += centre.get(i) * Math.log(confidence.odds);
        sum += centre.get(i) * Math.log(confidence.odds) * x.get(offset + i);
      }
      return sum;
    }

    /// Writes what has this density where `x` is uniform.
    void place(double[] x) {
      if (parameter instanceof CategoricalParameter) {
        // The largest coordinate wins: a power of a uniform one is the largest of so many.
        for (int i = 0; i < centre.dimension(); i++) {
          x[offset + i] = centre.get(i) == 1 ? Math.pow(x[offset + i], 1 / confidence.odds) : x[offset + i];
        }
      } else {
        double share = Math.clamp(below() + x[offset] * (above() - below()), Double.MIN_NORMAL, Math.nextDown(1.0));
        x[offset] = Math.clamp(centre.get(0) + confidence.sd * NORMAL.inverseCumulativeProbability(share), 0.0, 1.0);
      }
    }

    /// The share of the normal density below the range.
    private double below() {
      return NORMAL.cumulativeProbability(-centre.get(0) / confidence.sd);
    }

    /// The share below the range's upper end.
    private double above() {
      return NORMAL.cumulativeProbability((1 - centre.get(0)) / confidence.sd);
    }
  }

  /// @throws IllegalArgumentException if there is no such parameter, or its range has no such value
  public UserPrior(SearchSpace space, List<Expected> expected) {
    this.space = space;
    for (Expected e : expected) {
      terms.add(term(e));
    }
  }

  private Term term(Expected expected) {
    int offset = 0;
    for (Parameter p : space.parameters()) {
      if (p.name().equals(expected.parameter())) {
        return new Term(p, offset, centre(p, expected), expected.confidence());
      }
      offset += p.width();
    }
    throw new IllegalArgumentException("no parameter is called '" + expected.parameter() + "'");
  }

  private static Point centre(Parameter parameter, Expected expected) {
    double[] centre = new double[parameter.width()];
    parameter.encode(expected.value(), centre, 0);
    return Point.of(centre);
  }

  @Override
  public double log(Point x, double[] slope) {
    double[] own = new double[slope.length];
    double sum = terms.stream().filter(t -> isActive(t, x)).mapToDouble(t -> t.log(x, own)).sum();
    for (int i = 0; i < slope.length && sum > LEAST; i++) {
      slope[i] += own[i];
    }
    return Math.max(sum, LEAST);
  }

  private boolean isActive(Term term, Point x) {
    return term.parameter.condition().isEmpty() || space.decode(x).get(term.parameter.name()).isPresent();
  }

  /// Where a uniform point of the cube lies in the density; of the first of them, what is expected itself.
  double[] place(double[] uniform, boolean isFirst) {
    double[] x = uniform.clone();
    for (Term t : terms) {
      if (isFirst) {
        System.arraycopy(t.centre.toArray(), 0, x, t.offset, t.centre.dimension());
      } else {
        t.place(x);
      }
    }
    return x;
  }
}
