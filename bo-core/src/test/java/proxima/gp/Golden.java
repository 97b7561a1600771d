package proxima.gp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import proxima.space.Point;

/// Numbers made by the scripts of `src/test/python`.
final class Golden {

  private Golden() {}

  /// A section of those of `gp_golden.py`.
  static JsonNode read(String section) {
    return file("golden.json").get(section);
  }

  static JsonNode file(String name) {
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode array) {
    return stream(array).toArray();
  }

  static List<Double> list(JsonNode array) {
    return stream(array).boxed().toList();
  }

  static List<Point> points(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(row -> Point.of(numbers(row))).toList();
  }

  private static DoubleStream stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble);
  }
}
