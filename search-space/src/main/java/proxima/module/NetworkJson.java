package proxima.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// The modules file: a network as a list of `{name, role, fanIn, fanOut, block, type, branch, initStd}`, the last four optional.
///
/// The type of a module in a block is, where not given, its name without the block index: `layers.3.attn.q.weight` is of type
/// `layers.attn.q.weight`; elsewhere it is the name. Other fields are ignored.
public final class NetworkJson {

  private NetworkJson() {}

  public static ArrayNode of(Network network) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Module m : network.modules()) {
      ObjectNode node = array.addObject().put("name", m.name()).put("role", m.role().id());
      shape(m, node);
      m.initStd().ifPresent(s -> node.put("initStd", s));
    }
    return array;
  }

  /// Adds what a module is, beyond its name and role: `type`, `block`, `branch`, `fanIn`, `fanOut`.
  public static void shape(Module m, ObjectNode node) {
    node.put("type", m.type());
    m.block().ifPresent(b -> node.put("block", b));
    m.branch().ifPresent(b -> node.put("branch", b));
    node.put("fanIn", m.fanIn());
    node.put("fanOut", m.fanOut());
  }

  /// The network of a list of modules, or of an object whose `modules` is one.
  /// @throws IllegalArgumentException naming the module and field, if one is missing or of the wrong kind.
  public static Network network(JsonNode node) {
    JsonNode list = node.isObject() && node.has("modules") ? node.path("modules") : node;
    if (!list.isArray() || list.isEmpty()) {
      throw new IllegalArgumentException("the modules must be a list of {name, role, fanIn, fanOut, block}, got " + brief(list));
    }
    List<Module> modules = new ArrayList<>();
    list.forEach(m -> modules.add(module(m)));
    return new Network(modules);
  }

  /// @throws IllegalArgumentException naming the module and field, if one is missing or of the wrong kind.
  public static Module module(JsonNode node) {
    String name = field(node, "name", "a module").asText();
    String where = "module '" + name + "'";
    OptionalInt block = has(node, "block") ? OptionalInt.of(Math.toIntExact(whole(node, "block", where))) : OptionalInt.empty();
    String type = has(node, "type") ? node.path("type").asText() : block.isPresent() ? BlockName.type(name, block.getAsInt()) : name;
    return new Module(
        name,
        type,
        role(field(node, "role", where).asText(), where),
        whole(node, "fanIn", where),
        whole(node, "fanOut", where),
        block,
        has(node, "branch") ? Optional.of(node.path("branch").asText()) : Optional.empty(),
        has(node, "initStd") ? OptionalDouble.of(real(node, "initStd", where)) : OptionalDouble.empty());
  }

  private static ModuleRole role(String id, String where) {
    return ModuleRole.of(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    where + " has the role '" + id + "'; there are "
                        + Arrays.stream(ModuleRole.values()).map(ModuleRole::id).collect(Collectors.joining(", "))));
  }

  private static boolean has(JsonNode node, String field) {
    return node.hasNonNull(field);
  }

  /// A field that must be there.
  /// @throws IllegalArgumentException if it is not.
  public static JsonNode field(JsonNode node, String field, String where) {
    if (!has(node, field)) {
      throw new IllegalArgumentException(where + " needs the field '" + field + "', got " + brief(node));
    }
    return node.path(field);
  }

  /// @throws IllegalArgumentException if the field is missing or no whole number.
  public static long whole(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    if (value.isNumber() && value.asDouble() == Math.rint(value.asDouble()) && Math.abs(value.asDouble()) < 0x1p53) {
      return value.isIntegralNumber() ? value.asLong() : (long) value.asDouble();
    }
    throw new IllegalArgumentException("'" + field + "' of " + where + " must be a whole number, got " + brief(value));
  }

  /// @throws IllegalArgumentException if the field is missing or no number.
  public static double real(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    if (value.isNumber()) {
      return value.asDouble();
    }
    // YAML 1.1 readers take 1e-8, a number without a point, for a text.
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + field + "' of " + where + " must be a number, got " + brief(value), e);
    }
  }

  private static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }
}
