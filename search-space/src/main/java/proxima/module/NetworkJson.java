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
import proxima.space.JsonFields;

/// The modules file: a network as a list of `{name, role, fanIn, fanOut, block, type, branch, scalesStream, initStd}`, the last five
/// optional (`scalesStream`: false).
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
      if (m.scalesStream()) {
        node.put("scalesStream", true);
      }
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
      throw new IllegalArgumentException("the modules must be a list of {name, role, fanIn, fanOut, block}, got " + JsonFields.brief(list));
    }
    List<Module> modules = new ArrayList<>();
    list.forEach(m -> modules.add(module(m)));
    return new Network(modules);
  }

  /// @throws IllegalArgumentException naming the module and field, if one is missing or of the wrong kind.
  public static Module module(JsonNode node) {
    String name = JsonFields.text(node, "name", "a module");
    String where = "module '" + name + "'";
    OptionalInt block = has(node, "block") ? OptionalInt.of(JsonFields.index(node, "block", where)) : OptionalInt.empty();
    String type = has(node, "type") ? JsonFields.text(node, "type", where) : block.isPresent() ? BlockName.type(name, block.getAsInt()) : name;
    return new Module(
        name,
        type,
        role(JsonFields.text(node, "role", where), where),
        JsonFields.whole(node, "fanIn", where),
        JsonFields.whole(node, "fanOut", where),
        block,
        has(node, "branch") ? Optional.of(JsonFields.text(node, "branch", where)) : Optional.empty(),
        has(node, "scalesStream") && JsonFields.truth(node, "scalesStream", where),
        has(node, "initStd") ? OptionalDouble.of(JsonFields.real(node, "initStd", where)) : OptionalDouble.empty());
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
}
