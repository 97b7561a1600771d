package proxima.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The JSON form of regions: `{"box": {"low", "high"}}`, `{"ellipsoid": {"centre", "factor", "low", "high"}}` with the rows of F up to the diagonal and
/// the box that cuts it, `{"levelSet": {"centres", "weights", "lengthscale", "constant", "level", "lowest", "low", "high"}}`
/// and `{"product": [{"coordinates", "region"}, …]}`.
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
      case LevelSet levels -> put(levels, node.putObject("levelSet"));
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

  private static void put(LevelSet levels, ObjectNode node) {
    KernelSum function = levels.function();
    ArrayNode centres = node.putArray("centres");
    function.centres().forEach(x -> centres.add(SpaceJson.of(x)));
    ArrayNode weights = node.putArray("weights");
    function.weights().forEach(weights::add);
    node.put("lengthscale", function.lengthscale());
    ArrayNode factors = node.putArray("factors");
    function.factors().forEach(factors::add);
    node.put("constant", function.constant()).put("level", levels.level());
    node.set("lowest", SpaceJson.of(levels.lowest()));
    put(levels.box(), node);
  }

  private static void put(Box box, ObjectNode node) {
    node.<ObjectNode>set("low", SpaceJson.of(box.low())).set("high", SpaceJson.of(box.high()));
  }

  /// @throws IllegalArgumentException if it is none of the four, or no region.
  public static Region region(JsonNode node) {
    String where = "a region";
    if (node.has("box")) {
      return box(node.path("box"));
    }
    if (node.has("ellipsoid")) {
      JsonNode inner = node.path("ellipsoid");
      Point centre = SpaceJson.point(JsonFields.field(inner, "centre", where));
      JsonNode rows = JsonFields.field(inner, "factor", where);
      if (rows.size() != centre.dimension()) {
        throw new IllegalArgumentException("an ellipsoid's factor has a row for each of the " + centre.dimension() + " coordinates of its centre, got " + rows.size());
      }
      double[][] factor = new double[centre.dimension()][centre.dimension()];
      for (int i = 0; i < factor.length; i++) {
        for (int j = 0; j <= i; j++) {
          factor[i][j] = JsonFields.number(rows.path(i).path(j), where);
        }
      }
      return Ellipsoid.of(centre, factor).within(box(inner));
    }
    if (node.has("levelSet")) {
      return levelSet(node.path("levelSet"));
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
    throw new IllegalArgumentException("a region has one of box, ellipsoid, levelSet, product, got " + JsonFields.brief(node));
  }

  private static LevelSet levelSet(JsonNode node) {
    String where = "a level set";
    List<Point> centres = new ArrayList<>();
    JsonFields.field(node, "centres", where).forEach(x -> centres.add(SpaceJson.point(x)));
    List<Double> weights = new ArrayList<>();
    JsonFields.field(node, "weights", where).forEach(w -> weights.add(JsonFields.number(w, where)));
    List<Double> factors = new ArrayList<>();
    JsonFields.field(node, "factors", where).forEach(s -> factors.add(JsonFields.number(s, where)));
    var function = new KernelSum(centres, weights, JsonFields.real(node, "lengthscale", where), factors, JsonFields.real(node, "constant", where));
    return new LevelSet(function, JsonFields.real(node, "level", where), SpaceJson.point(JsonFields.field(node, "lowest", where)), box(node));
  }

  private static Box box(JsonNode node) {
    return new Box(SpaceJson.point(JsonFields.field(node, "low", "a region")), SpaceJson.point(JsonFields.field(node, "high", "a region")));
  }
}
