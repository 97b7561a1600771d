package proxima.gp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/// Minimizes a smooth function in a box: limited-memory BFGS on the variables that are free to move, along a path projected into the box.
///
/// A variable is fixed while it lies on a bound and the gradient, or the step itself, points out of the box (Bertsekas 1982); curvature
/// comes from the last steps (Nocedal and Wright 2006, algorithm 7.4), seen through the free variables only. Steps satisfy Armijo's
/// condition on the projected path and, where no bound is in the way, the weak curvature condition.
///
/// @param gradientTolerance stops when no coordinate of the projected gradient, clamp(x - g) - x, is larger
/// @param valueTolerance stops when an iteration lowers the value by less than this, relative to max(1, |value|)
/// @param iterations at most this many
public record BoxMinimizer(double gradientTolerance, double valueTolerance, int iterations) {

  private static final int MEMORY = 10;
  private static final double ARMIJO = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int LINE_EVALUATIONS = 30;

  /// Starts at the point of the box nearest to `start`.
  public Minimum minimize(Smooth f, double[] start, double[] lower, double[] upper) {
    return new Run(f, start, lower, upper).go(this);
  }

  private static final class Step {
    private final double[] s;
    private final double[] y;

    Step(double[] s, double[] y) {
      this.s = s;
      this.y = y;
    }
  }

  private static final class Run {
    private final Smooth f;
    private final double[] lower;
    private final double[] upper;
    private final int n;
    private final Deque<Step> steps = new ArrayDeque<>();
    private double[] x;
    private double[] gradient;
    private double value;

    Run(Smooth f, double[] start, double[] lower, double[] upper) {
      this.f = f;
      this.n = start.length;
      this.lower = lower.clone();
      this.upper = upper.clone();
      for (int i = 0; i < n; i++) {
        if (!(lower[i] <= upper[i])) {
          throw new IllegalArgumentException("a box has lower <= upper, coordinate " + i + " has " + lower[i] + " and " + upper[i]);
        }
      }
      this.x = start.clone();
      project(x);
      this.gradient = new double[n];
      this.value = evaluate(x, gradient);
    }

    Minimum go(BoxMinimizer settings) {
      int iteration = 0;
      while (iteration < settings.iterations && value < Double.POSITIVE_INFINITY) {
        if (projectedGradient() <= settings.gradientTolerance) {
          break;
        }
        double before = value;
        double[] direction = direction();
        if (!move(direction, steps.isEmpty())) {
          if (steps.isEmpty()) {
            break;
          }
          steps.clear();
          continue;
        }
        iteration++;
        if (before - value <= settings.valueTolerance * Math.max(1, Math.abs(value))) {
          break;
        }
      }
      return new Minimum(x, value);
    }

    private double evaluate(double[] at, double[] slope) {
      double v = f.at(at, slope);
      return Double.isNaN(v) ? Double.POSITIVE_INFINITY : v;
    }

    private void project(double[] point) {
      for (int i = 0; i < n; i++) {
        point[i] = Math.clamp(point[i], lower[i], upper[i]);
      }
    }

    private double projectedGradient() {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        largest = Math.max(largest, Math.abs(Math.clamp(x[i] - gradient[i], lower[i], upper[i]) - x[i]));
      }
      return largest;
    }

    /// A direction of descent that no bound blocks at once.
    private double[] direction() {
      boolean[] free = new boolean[n];
      for (int i = 0; i < n; i++) {
        free[i] = !blocked(i, -gradient[i]);
      }
      while (true) {
        double[] direction = quasiNewton(free);
        boolean blocked = false;
        for (int i = 0; i < n; i++) {
          if (free[i] && blocked(i, direction[i])) {
            free[i] = false;
            blocked = true;
          }
        }
        if (!blocked) {
          return direction;
        }
      }
    }

    private boolean blocked(int i, double towards) {
      return (x[i] <= lower[i] && towards < 0) || (x[i] >= upper[i] && towards > 0);
    }

    private double[] quasiNewton(boolean[] free) {
      double[] q = new double[n];
      for (int i = 0; i < n; i++) {
        q[i] = free[i] ? -gradient[i] : 0;
      }
      double[] a = new double[steps.size()];
      double initial = 0;
      int index = 0;
      for (Step step : steps) {
        double curvature = dot(step.s, step.y, free);
        if (curvature > 1e-12 * dot(step.y, step.y, free)) {
          a[index] = dot(step.s, q, free) / curvature;
          add(q, -a[index], step.y, free);
          if (initial == 0) {
            initial = curvature / dot(step.y, step.y, free);
          }
        }
        index++;
      }
      if (initial > 0) {
        for (int i = 0; i < n; i++) {
          q[i] *= initial;
        }
      }
      for (Iterator<Step> oldest = steps.descendingIterator(); oldest.hasNext(); ) {
        Step step = oldest.next();
        index--;
        double curvature = dot(step.s, step.y, free);
        if (curvature > 1e-12 * dot(step.y, step.y, free)) {
          add(q, a[index] - dot(step.y, q, free) / curvature, step.s, free);
        }
      }
      return q;
    }

    /// Moves along the projected path; false if nothing lower was found on it.
    private boolean move(double[] direction, boolean first) {
      double slope = dot(gradient, direction);
      if (!(slope < 0)) {
        return false;
      }
      // Without curvature the gradient's length says nothing of the step's: begin with a short one.
      double t = first ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
      double[] best = null;
      double[] bestGradient = new double[n];
      double bestValue = value;
      double shortest = 0;
      double longest = Double.POSITIVE_INFINITY;
      double[] trialGradient = new double[n];
      for (int i = 0; i < LINE_EVALUATIONS; i++) {
        double[] trial = along(direction, t);
        double trialValue = evaluate(trial, trialGradient);
        double decrease = 0;
        for (int j = 0; j < n; j++) {
          decrease += gradient[j] * (trial[j] - x[j]);
        }
        if (!(trialValue <= value + ARMIJO * decrease)) {
          longest = t;
          if (best != null) {
            break;
          }
          double parabola = -slope * t * t / (2 * (trialValue - value - slope * t));
          t = Double.isFinite(parabola) ? Math.clamp(parabola, 0.1 * t, 0.5 * t) : 0.1 * t;
          continue;
        }
        if (best != null && !(trialValue < bestValue)) {
          break;
        }
        best = trial;
        bestValue = trialValue;
        double[] swap = bestGradient;
        bestGradient = trialGradient;
        trialGradient = swap;
        shortest = t;
        boolean tooShort = dot(bestGradient, direction) < CURVATURE * slope && inside(trial);
        if (!tooShort) {
          break;
        }
        t = longest < Double.POSITIVE_INFINITY ? 0.5 * (shortest + longest) : 2 * t;
      }
      if (best == null || Arrays.equals(best, x)) {
        return false;
      }
      remember(best, bestGradient);
      x = best;
      gradient = bestGradient.clone();
      value = bestValue;
      return true;
    }

    private boolean inside(double[] point) {
      for (int i = 0; i < n; i++) {
        if (point[i] != x[i] && (point[i] <= lower[i] || point[i] >= upper[i])) {
          return false;
        }
      }
      return true;
    }

    private double[] along(double[] direction, double t) {
      double[] point = new double[n];
      for (int i = 0; i < n; i++) {
        point[i] = x[i] + t * direction[i];
      }
      project(point);
      return point;
    }

    private void remember(double[] next, double[] nextGradient) {
      double[] s = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        s[i] = next[i] - x[i];
        y[i] = nextGradient[i] - gradient[i];
      }
      if (dot(s, y) > 1e-12 * dot(y, y)) {
        steps.addFirst(new Step(s, y));
        if (steps.size() > MEMORY) {
          steps.removeLast();
        }
      }
    }

    private static void add(double[] to, double factor, double[] from, boolean[] free) {
      for (int i = 0; i < to.length; i++) {
        if (free[i]) {
          to[i] += factor * from[i];
        }
      }
    }

    private static double dot(double[] a, double[] b, boolean[] free) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        if (free[i]) {
          sum += a[i] * b[i];
        }
      }
      return sum;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
