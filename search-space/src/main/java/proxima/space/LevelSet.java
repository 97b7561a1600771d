package proxima.space;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// The points of a box where a function is no higher than a level. It need not be convex, nor in one piece.
///
/// Of a space with choices or whole numbers, where only what is snapped can be tried, its snapped points are a share of all that may be another than the set's share of the box: the
/// methods that take `snap` regard these alone. That of a space of real parameters changes no point.
///
/// @param lowest one of its points, at which the function is low
/// @param box what the points are of
public record LevelSet(KernelSum function, double level, Point lowest, Box box) implements Region {

  // Regions with a smaller share of their box are not drawn from uniformly.
  private static final int TRIES = 2_000;

  private static final int DRAWS = 4096;
  private static final int HALVINGS = 50;

  // Of a function of standard deviation 1: 1,200 kernels add up to less than 1e-12.
  public static final double ROUNDING = 1e-9;

  public LevelSet {
    if (box.dimension() != function.dimension() || !box.contains(lowest) || !(function.at(lowest) <= level)) {
      throw new IllegalArgumentException("a level set contains its lowest point, got a level of " + level + ", " + lowest + " and " + box);
    }
  }

  @Override
  public int dimension() {
    return box.dimension();
  }

  @Override
  public boolean contains(Point x) {
    return box.contains(x) && function.at(x) <= level;
  }

  /// As the other, of points as they are.
  @Override
  public Point sample(RandomGenerator random) {
    return sample(random, UnaryOperator.identity());
  }

  /// A snapped point, by rejection from the box. Where 2,000 of its points lie outside, as where the function is low at the best of many choices alone, one at the border.
  public Point sample(RandomGenerator random, UnaryOperator<Point> snap) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Point x = snap.apply(box.sample(random));
      if (function.at(x) <= level) {
        return x;
      }
    }
    return clip(box.sample(random), snap);
  }

  /// As the other, of points as they are.
  @Override
  public double logVolume() {
    return logVolume(UnaryOperator.identity());
  }

  /// Of the box, times the share of 4,096 snapped points of it, the same each time, that lie in the set.
  public double logVolume(UnaryOperator<Point> snap) {
    return box.logVolume() + Math.log(share(draws(snap)));
  }

  /// The level set of the same function that has the share s^(1 - t) of the box, as far as 4,096 snapped points tell, s being the share of this one.
  /// @param t in [0, 1): 0 for this one
  public LevelSet grown(double t, UnaryOperator<Point> snap) {
    double[] values = draws(snap);
    int inside = (int) (DRAWS * Math.pow(share(values), 1 - t));
    return new LevelSet(function, Math.max(level, level(Arrays.stream(values).sorted().toArray(), Math.clamp(inside - 1L, 0, DRAWS - 1))), lowest, box);
  }

  /// The level of a value among others: of one that several draws have, as at one combination of choices, a little more, as by itself the point's value may be another in its last digits.
  /// @param sorted values of the function at draws, ascending
  public static double level(double[] sorted, int index) {
    double value = sorted[index];
    boolean isTied = (index > 0 && sorted[index - 1] == value) || (index + 1 < sorted.length && sorted[index + 1] == value);
    return isTied ? value + ROUNDING : value;
  }

  /// Values of the function at snapped points of the box, the same each time.
  private double[] draws(UnaryOperator<Point> snap) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    return function.at(IntStream.range(0, DRAWS).mapToObj(_ -> snap.apply(box.sample(random))).toList());
  }

  private double share(double[] values) {
    return (double) Math.max(1, Arrays.stream(values).filter(v -> v <= level).count()) / DRAWS;
  }

  /// As the other, of points as they are.
  @Override
  public Point clip(Point x) {
    return clip(x, UnaryOperator.identity());
  }

  /// A snapped point at the border between the box's nearest point and the lowest one; `x` itself, snapped, where that lies inside.
  public Point clip(Point x, UnaryOperator<Point> snap) {
    Point inBox = box.clip(x);
    if (function.at(snap.apply(inBox)) <= level) {
      return snap.apply(inBox);
    }
    double inside = 0;
    double outside = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = 0.5 * (inside + outside);
      if (function.at(snap.apply(between(inBox, middle))) <= level) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return snap.apply(between(inBox, inside));
  }

  private Point between(Point x, double share) {
    double[] between = lowest.toArray();
    for (int i = 0; i < between.length; i++) {
      between[i] += share * (x.get(i) - between[i]);
    }
    return box.clip(Point.clip(between));
  }

  /// The clipped point is c + s (y - c) with f there at the level, so that with g the gradient of f there ds = -s (g, dy) / (g, y - c).
  @Override
  public void pull(Point x, double[] slope) {
    Point y = box.clip(x);
    if (function.at(y) > level) {
      Point border = clip(y);
      double[] g = new double[slope.length];
      function.at(border, g);
      double out = 0;
      double along = 0;
      double far = 0;
      double near = 0;
      for (int i = 0; i < g.length; i++) {
        double ray = y.get(i) - lowest.get(i);
        out += g[i] * ray;
        along += slope[i] * ray;
        far += ray * ray;
        near += ray * (border.get(i) - lowest.get(i));
      }
      double s = near / far;
      for (int i = 0; i < g.length; i++) {
        slope[i] = s * (slope[i] - g[i] * along / out);
      }
    }
    box.pull(x, slope);
  }

  @Override
  public Box bounds() {
    return box;
  }
}
