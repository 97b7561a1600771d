package proxima.tables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Sha256;
import proxima.space.SpaceJson;

/// A recorded table: what was tried, and the losses there, the first row's first. Infinite where a trial diverged.
public record LossTable(SearchSpace space, Map<Point, List<Double>> losses) {

  /// @throws IllegalArgumentException if fewer than two points finished, or half of them have the lowest loss.
  public LossTable {
    Map<Point, List<Double>> copy = new LinkedHashMap<>();
    losses.forEach((x, l) -> copy.put(x, List.copyOf(l)));
    losses = Collections.unmodifiableMap(copy);
    double[] finite = losses.values().stream().mapToDouble(List::getFirst).filter(Double::isFinite).sorted().toArray();
    if (finite.length < 2 || !(finite[0] < finite[finite.length / 2])) {
      throw new IllegalArgumentException("a table needs rows with finite losses, and half of them above the lowest; got " + finite.length + " finite losses");
    }
  }

  public List<Point> points() {
    return List.copyOf(losses.keySet());
  }

  /// Of the first row of a point.
  public double loss(Point x) {
    List<Double> known = losses.get(x);
    if (known == null) {
      throw new IllegalArgumentException("no row of the table is at " + x);
    }
    return known.getFirst();
  }

  /// `SeedNoise` of the losses, 0 where no point has several.
  public double noise() {
    return SeedNoise.of(losses.values()).orElse(0);
  }

  /// Tells this table from others by its space, and by its points and losses in their order. Coordinates count in single precision: logarithms may differ in
  /// the last bit from machine to machine.
  public String digest() {
    return digest(Stream.concat(Stream.of(SpaceJson.of(space).toString()), losses.entrySet().stream().map(row -> coordinates(row.getKey()) + row.getValue())));
  }

  /// Of several tables, by name.
  public static String digest(SortedMap<String, LossTable> tables) {
    return digest(tables.entrySet().stream().map(t -> t.getKey() + " " + t.getValue().digest()));
  }

  private static String digest(Stream<String> lines) {
    return Sha256.of(lines.map(line -> line + "\n").collect(Collectors.joining())).substring(0, 32);
  }

  private static String coordinates(Point x) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < x.dimension(); i++) {
      text.append((float) x.get(i)).append(' ');
    }
    return text.toString();
  }
}
