package proxima.space;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The points whose coordinates, taken in groups, each lie in the group's own region.
///
/// @param parts every coordinate 0, …, d - 1 stands in one of them
public record Product(List<Part> parts) implements Region {

  /// A group of coordinates.
  /// @param coordinates coordinate k of the region is coordinate `coordinates.get(k)` of the product
  public record Part(List<Integer> coordinates, Region region) {
    public Part {
      coordinates = List.copyOf(coordinates);
      if (coordinates.size() != region.dimension()) {
        throw new IllegalArgumentException("a region of " + region.dimension() + " dimensions takes as many coordinates, got " + coordinates);
      }
    }

    private Point of(Point x) {
      return Point.of(coordinates.stream().mapToDouble(x::get).toArray());
    }

    private void put(Point part, double[] x) {
      for (int k = 0; k < coordinates.size(); k++) {
        x[coordinates.get(k)] = part.get(k);
      }
    }
  }

  public Product {
    parts = List.copyOf(parts);
    int[] all = parts.stream().flatMap(p -> p.coordinates.stream()).mapToInt(Integer::intValue).sorted().toArray();
    for (int i = 0; i < all.length; i++) {
      if (all[i] != i) {
        throw new IllegalArgumentException("a product's parts have each coordinate from 0 once, got " + Arrays.toString(all));
      }
    }
  }

  @Override
  public int dimension() {
    return parts.stream().mapToInt(p -> p.coordinates.size()).sum();
  }

  @Override
  public boolean contains(Point x) {
    Ellipsoid.check(x, dimension());
    return parts.stream().allMatch(p -> p.region.contains(p.of(x)));
  }

  @Override
  public Point sample(RandomGenerator random) {
    double[] x = new double[dimension()];
    parts.forEach(p -> p.put(p.region.sample(random), x));
    return Point.of(x);
  }

  @Override
  public double logVolume() {
    return parts.stream().mapToDouble(p -> p.region.logVolume()).sum();
  }

  @Override
  public Point clip(Point x) {
    Ellipsoid.check(x, dimension());
    double[] clipped = new double[dimension()];
    parts.forEach(p -> p.put(p.region.clip(p.of(x)), clipped));
    return Point.of(clipped);
  }

  @Override
  public void pull(Point x, double[] slope) {
    for (Part p : parts) {
      double[] own = p.coordinates.stream().mapToDouble(i -> slope[i]).toArray();
      p.region.pull(p.of(x), own);
      for (int k = 0; k < own.length; k++) {
        slope[p.coordinates.get(k)] = own[k];
      }
    }
  }

  @Override
  public Box bounds() {
    double[] low = new double[dimension()];
    double[] high = new double[dimension()];
    for (Part p : parts) {
      Box box = p.region.bounds();
      p.put(box.low(), low);
      p.put(box.high(), high);
    }
    return new Box(Point.of(low), Point.of(high));
  }
}
