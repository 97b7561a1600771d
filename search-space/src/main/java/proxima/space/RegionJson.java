package proxima.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The JSON form of regions: `{"box": {"low", "high"}}`, `{"ellipsoid": {"centre", "factor", "low", "high"}}` with the rows of F up to the diagonal and
/// the box that cuts it, and `{"product": [{"coordinates", "region"}, …]}`.
public final class RegionJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RegionJson() {}

  public static ObjectNode of(Region region) {
    ObjectNode node = NODES.objectNode();
    switch (region) {
      case Box box -> put(box, node.putObject("box"));
      case Ellipsoid ellipsoid -> {
        ObjectNode inner = node.putObject("ellipsoid");
        inner.set("centre", SpaceJson.of(ellipsoid.centre()));
        ArrayNode factor = inner.putArray("factor");
        double[][] rows = ellipsoid.factor();
        for (int i = 0; i < rows.length; i++) {
          ArrayNode row = factor.addArray();
          for (int j = 0; j <= i; j++) {
            row.add(rows[i][j]);
          }
        }
        put(ellipsoid.box(), inner);
      }
      case Product product -> {
        ArrayNode parts = node.putArray("product");
        for (Product.Part part : product.parts()) {
          ObjectNode inner = parts.addObject();
          ArrayNode coordinates = inner.putArray("coordinates");
          part.coordinates().forEach(coordinates::add);
          inner.set("region", of(part.region()));
        }
      }
    }
    return node;
  }

  private static void put(Box box, ObjectNode node) {
    node.<ObjectNode>set("low", SpaceJson.of(box.low())).set("high", SpaceJson.of(box.high()));
  }

  /// @throws IllegalArgumentException if it is none of the three, or no region.
  public static Region region(JsonNode node) {
    String where = "a region";
    if (node.has("box")) {
      return box(node.path("box"));
    }
    if (node.has("ellipsoid")) {
      JsonNode inner = node.path("ellipsoid");
      Point centre = SpaceJson.point(JsonFields.field(inner, "centre", where));
      double[][] factor = new double[centre.dimension()][centre.dimension()];
      JsonNode rows = JsonFields.field(inner, "factor", where);
      for (int i = 0; i < factor.length; i++) {
        for (int j = 0; j <= i; j++) {
          factor[i][j] = JsonFields.number(rows.path(i).path(j), where);
        }
      }
      return Ellipsoid.of(centre, factor).within(box(inner));
    }
    if (node.has("product")) {
      List<Product.Part> parts = new ArrayList<>();
      for (JsonNode part : node.path("product")) {
        List<Integer> coordinates = new ArrayList<>();
        JsonFields.field(part, "coordinates", where).forEach(c -> coordinates.add(c.asInt(-1)));
        parts.add(new Product.Part(coordinates, region(JsonFields.field(part, "region", where))));
      }
      return new Product(parts);
    }
    throw new IllegalArgumentException("a region has one of box, ellipsoid, product, got " + JsonFields.brief(node));
  }

  private static Box box(JsonNode node) {
    return new Box(SpaceJson.point(JsonFields.field(node, "low", "a region")), SpaceJson.point(JsonFields.field(node, "high", "a region")));
  }
}
