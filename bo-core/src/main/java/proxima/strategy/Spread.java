package proxima.strategy;

import proxima.space.Box;
import proxima.space.Ellipsoid;
import proxima.space.LevelSet;
import proxima.space.Product;
import proxima.space.Region;

/// Points spread over a region, addressed by index: scrambled Sobol points of a box, uniform random points of any other region.
final class Spread {

  private final Region region;
  private final long seed;
  private final ScrambledSobol sobol;

  Spread(Region region, long seed) {
    this.region = region;
    this.seed = seed;
    this.sobol = new ScrambledSobol(region.dimension(), seed);
  }

  /// Point number `index`, from 0.
  double[] point(int index) {
    return switch (region) {
      case Box box -> box.place(sobol.point(index));
      case Ellipsoid _, LevelSet _, Product _ -> region.sample(Seeds.random(seed, index, 9)).toArray();
    };
  }
}
