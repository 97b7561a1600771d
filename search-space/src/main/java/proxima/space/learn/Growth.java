package proxima.space.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import proxima.space.Box;
import proxima.space.CategoricalParameter;
import proxima.space.Ellipsoid;
import proxima.space.IntegerParameter;
import proxima.space.LevelSet;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.Product;
import proxima.space.Region;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// A region on its way to the whole of its space: the sides of a box move evenly, an ellipsoid's axes as 1 / (1 - t), a level set's share as a power; an integer keeps whole cells, and the
/// choices that were left out come back half-way.
final class Growth {

  private static final double CHOICES_BACK = 0.5;

  private final SearchSpace space;

  /// The parameter of each coordinate.
  private final List<Parameter> parameters = new ArrayList<>();

  Growth(SearchSpace space) {
    this.space = space;
    space.parameters().forEach(p -> IntStream.range(0, p.width()).forEach(_ -> parameters.add(p)));
  }

  /// @param t in [0, 1]: at 0 the region itself, at 1 the cube
  Region grown(Region region, double t) {
    return t >= 1 ? Box.cube(region.dimension()) : grown(region, IntStream.range(0, region.dimension()).boxed().toList(), t);
  }

  /// @param coordinates of the space that the region's coordinates are
  private Region grown(Region region, List<Integer> coordinates, double t) {
    return switch (region) {
      case Box box -> grown(box, coordinates, t);
      case Ellipsoid ellipsoid -> Ellipsoid.of(ellipsoid.centre(), times(ellipsoid.factor(), 1 / (1 - t))).within(grown(ellipsoid.box(), coordinates, t));
      case LevelSet set -> set.grown(t, snap(coordinates));
      case Product product -> new Product(product.parts().stream().map(p -> new Product.Part(p.coordinates(), grown(p.region(), p.coordinates(), t))).toList());
    };
  }

  /// Of a part of the space's coordinates nothing says what is tried.
  private UnaryOperator<Point> snap(List<Integer> coordinates) {
    return coordinates.size() == space.dimension() ? space::snap : UnaryOperator.identity();
  }

  private Box grown(Box box, List<Integer> coordinates, double t) {
    double[] low = box.low().toArray();
    double[] high = box.high().toArray();
    for (int i = 0; i < low.length; i++) {
      Parameter p = parameters.get(coordinates.get(i));
      if (p instanceof CategoricalParameter) {
        high[i] = t >= CHOICES_BACK ? 1 : high[i];
      } else {
        low[i] *= 1 - t;
        high[i] += (1 - high[i]) * t;
      }
      if (p instanceof IntegerParameter n && t > 0) {
        low[i] = n.edge(whole(n, low[i]));
        high[i] = n.edge(whole(n, high[i]) + 1);
      }
    }
    return new Box(Point.of(low), Point.of(high));
  }

  private static double[][] times(double[][] factor, double by) {
    for (double[] row : factor) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= by;
      }
    }
    return factor;
  }

  /// The value of the cell that a coordinate lies in.
  static long whole(IntegerParameter p, double coordinate) {
    return p.decode(Point.of(coordinate), 0) instanceof Value.Whole(long v) ? v : p.low();
  }
}
