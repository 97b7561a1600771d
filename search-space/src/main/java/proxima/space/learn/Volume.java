package proxima.space.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import proxima.space.Box;
import proxima.space.CategoricalParameter;
import proxima.space.Ellipsoid;
import proxima.space.LevelSet;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.Product;
import proxima.space.Region;
import proxima.space.SearchSpace;

/// The share of a space that a region keeps. Of a categorical parameter that is the share of its choices.
final class Volume {

  // A share of a half is known to 0.8 %.
  private static final int DRAWS = 4096;

  /// The categorical parameter that each coordinate belongs to; absent of others.
  private final Map<Integer, CategoricalParameter> categoricals = new HashMap<>();

  private Volume(SearchSpace space) {
    int offset = 0;
    for (Parameter p : space.parameters()) {
      for (int i = 0; p instanceof CategoricalParameter c && i < c.width(); i++) {
        categoricals.put(offset + i, c);
      }
      offset += p.width();
    }
  }

  /// Natural logarithm. What lies of an ellipsoid inside its box is estimated, with the same random points each time.
  static double logShare(SearchSpace space) {
    return space.region() instanceof LevelSet levels
        ? levels.logVolume(space::snap)
        : new Volume(space).log(space.region(), IntStream.range(0, space.dimension()).boxed().toList());
  }

  private double log(Region region, List<Integer> coordinates) {
    return switch (region) {
      case Box box -> log(box, coordinates);
      case Ellipsoid ellipsoid -> log(ellipsoid);
      case LevelSet levels -> levels.logVolume();
      case Product product -> product.parts().stream().mapToDouble(p -> log(p.region(), p.coordinates().stream().map(coordinates::get).toList())).sum();
    };
  }

  private double log(Box box, List<Integer> coordinates) {
    double sum = 0;
    List<CategoricalParameter> kept = new ArrayList<>();
    for (int k = 0; k < coordinates.size(); k++) {
      CategoricalParameter c = categoricals.get(coordinates.get(k));
      if (c == null) {
        sum += Math.log(box.high().get(k) - box.low().get(k));
      } else if (box.high().get(k) > 0) {
        kept.add(c);
      }
    }
    for (CategoricalParameter c : kept.stream().distinct().toList()) {
      sum += Math.log(kept.stream().filter(c::equals).count() / (double) c.width());
    }
    return sum;
  }

  /// By the points of the ellipsoid that lie in the box, or those of its bounds that lie in the ellipsoid, whichever are more.
  private static double log(Ellipsoid ellipsoid) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    Box bounds = ellipsoid.bounds();
    int inBox = 0;
    int inEllipsoid = 0;
    for (int i = 0; i < DRAWS; i++) {
      inBox += ellipsoid.drawLiesInBox(random) ? 1 : 0;
      Point x = bounds.sample(random);
      inEllipsoid += ellipsoid.norm(x) <= 1 ? 1 : 0;
    }
    return inBox >= inEllipsoid
        ? ellipsoid.logVolume() + Math.log((double) Math.max(1, inBox) / DRAWS)
        : bounds.logVolume() + Math.log((double) inEllipsoid / DRAWS);
  }
}
