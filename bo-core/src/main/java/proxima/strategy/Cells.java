package proxima.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.space.Box;
import proxima.space.CategoricalParameter;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.LevelSet;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.Region;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// The unit cube of a space seen as cells of equal configuration: the one place that knows which coordinates are discrete.
final class Cells {

  /// Coordinates closer than this are the same point: 2^-30.
  private static final double STEP = 0x1p-30;

  /// Coordinates that differ by so much or more are never the same point.
  static final double APART = 2 * STEP;

  private final SearchSpace space;
  private final int d;
  private final boolean smooth;
  private final boolean whole;
  private final List<Block> blocks = new ArrayList<>();

  /// The coordinates of one parameter.
  /// @param choices of a categorical, by number, those that the region has: all whose coordinate may be above 0
  record Block(Parameter parameter, int offset, List<Integer> choices) {
    int width() {
      return parameter.width();
    }

    boolean discrete() {
      return !(parameter instanceof RealParameter);
    }
  }

  Cells(SearchSpace space) {
    this.space = space;
    int offset = 0;
    boolean real = true;
    for (Parameter p : space.parameters()) {
      blocks.add(new Block(p, offset, p instanceof CategoricalParameter ? choices(space.region().bounds(), offset, p.width()) : List.of()));
      real &= p instanceof RealParameter && p.condition().isEmpty();
      offset += p.width();
    }
    d = offset;
    smooth = real;
    whole = space.region().isCube();
  }

  private static List<Integer> choices(Box bounds, int offset, int width) {
    List<Integer> choices = IntStream.range(0, width).filter(i -> bounds.high().get(offset + i) > 0).boxed().toList();
    return choices.isEmpty() ? IntStream.range(0, width).boxed().toList() : choices;
  }

  int dimension() {
    return d;
  }

  /// How many parameters the space has.
  int parameters() {
    return blocks.size();
  }

  /// Whether every coordinate is real and always active.
  boolean smooth() {
    return smooth;
  }

  List<Block> discreteBlocks() {
    return blocks.stream().filter(Block::discrete).toList();
  }

  /// The parameters whose values have an order, one coordinate each.
  List<Block> ordered() {
    return blocks.stream().filter(b -> !(b.parameter() instanceof CategoricalParameter)).toList();
  }

  /// Marks the coordinates that may vary continuously at x: real parameters that are active there.
  boolean[] free(Point x) {
    boolean[] free = new boolean[d];
    Configuration c = space.decode(x);
    for (Block b : blocks) {
      free[b.offset()] |= !b.discrete() && c.get(b.parameter().name()).isPresent();
    }
    return free;
  }

  /// The point that stands for x: clipped to the cube, discrete coordinates in the middle of their cells, inactive ones at 1/2.
  Point snap(double[] x) {
    return snap(Point.clip(x));
  }

  private Point snap(Point x) {
    return smooth ? x : space.snap(x);
  }

  /// A snapped point of the region, drawn at random.
  Point sample(RandomGenerator random) {
    return smooth ? space.region().sample(random) : space.sample(random);
  }

  /// Points spread over the region.
  Spread spread(long seed) {
    return new Spread(space, seed);
  }

  /// Points spread over another region.
  Spread spread(Region other, long seed) {
    return new Spread(space.within(other), seed);
  }

  /// As `snap`, of x itself where the space's region contains it, else of a point at the region's border. What is snapped may leave the region again, where a
  /// discrete coordinate goes to the middle of its cell or an inactive one to 1/2; of a level set it does not.
  Point inside(double[] x) {
    if (whole) {
      return snap(x);
    }
    if (space.region() instanceof LevelSet levels) {
      return levels.clip(Point.clip(x), this::snap);
    }
    double[] clipped = space.region().clip(Point.clip(x)).toArray();
    Box bounds = space.region().bounds();
    for (Block b : blocks) {
      // A border is where one cell ends and the next begins: past it by more than rounding is the one that the region contains.
      if (b.parameter() instanceof IntegerParameter) {
        int i = b.offset();
        double low = bounds.low().get(i);
        double high = bounds.high().get(i);
        clipped[i] = high - low > 2 * STEP ? Math.clamp(clipped[i], low + STEP, high - STEP) : 0.5 * (low + high);
      }
      // Where no coordinate is above 0, the first is the largest, be its choice left out or not.
      if (b.parameter() instanceof CategoricalParameter) {
        set(b, b.choices().stream().max(Comparator.comparingDouble(k -> clipped[b.offset() + k])).orElseThrow(), b.width(), clipped);
      }
    }
    return snap(clipped);
  }

  /// The part of the cube that is searched.
  Region region() {
    return space.region();
  }

  /// Whether the region contains a point.
  boolean contains(Point x) {
    return whole || space.contains(x);
  }

  /// Equal for points that cannot be told apart.
  static Point key(Point x) {
    double[] rounded = x.toArray();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.rint(rounded[i] / STEP) * STEP;
    }
    return Point.of(rounded);
  }

  /// Writes value number `index` of the discrete block to x. An integer has at most `limit` values here, spread evenly over its range.
  static void set(Block b, int index, int limit, double[] x) {
    set(b, index, limit, 0, 1, x);
  }

  /// The same, where the values of an integer that has more are spread over a part of its range.
  /// @param low, high the part's ends in the unit interval
  static void set(Block b, int index, int limit, double low, double high, double[] x) {
    switch (b.parameter()) {
      case CategoricalParameter c -> c.encode(new Value.Category(c.choices().get(index)), x, b.offset());
      case IntegerParameter p when count(b, limit) == p.high() - p.low() + 1 -> p.encode(new Value.Whole(p.low() + index), x, b.offset());
      case IntegerParameter p -> {
        x[b.offset()] = low + index / (limit - 1.0) * (high - low);
        p.encode(p.decode(Point.of(x), b.offset()), x, b.offset());
      }
      case RealParameter p -> throw new IllegalArgumentException("parameter '" + p.name() + "' is not discrete");
    }
  }

  /// How many values `set` knows for the block.
  static int count(Block b, int limit) {
    return switch (b.parameter()) {
      case CategoricalParameter c -> c.choices().size();
      case IntegerParameter p -> (int) Math.min(limit, p.high() - p.low() + 1);
      case RealParameter p -> 0;
    };
  }

  /// A copy of x in which each parameter has moved with this probability, and at least one has: numbers by N(0, sd^2), reflected at the
  /// faces of the cube; categoricals to any of the choices that the region has.
  Point perturb(Point x, double sd, double probability, RandomGenerator random) {
    double[] y = x.toArray();
    int sure = random.nextInt(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      Block b = blocks.get(i);
      if (i == sure || random.nextDouble() < probability) {
        if (b.parameter() instanceof CategoricalParameter) {
          set(b, b.choices().get(random.nextInt(b.choices().size())), b.width(), y);
        } else {
          y[b.offset()] = reflect(y[b.offset()] + sd * random.nextGaussian());
        }
      }
    }
    return snap(y);
  }

  private static double reflect(double u) {
    double v = Math.abs(u) % 2;
    return v > 1 ? 2 - v : v;
  }
}
