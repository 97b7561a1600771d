package proxima.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import proxima.cli.Section;

/// What differs between two configurations that have been read before: values, not comments and layout.
final class ConfigDifference {

  /// More would hide what matters.
  private static final int MOST = 3;

  private final String nameThere;
  private final String nameHere;
  private final List<String> found = new ArrayList<>();

  /// Both are called by default as the names say; empty where that is not known.
  private ConfigDifference(String nameThere, String nameHere) {
    this.nameThere = nameThere;
    this.nameHere = nameHere;
  }

  /// The first few keys whose values differ, as `seed: there 1, here 2`; empty where there are none.
  static Optional<String> between(String there, String here) {
    return new ConfigDifference("", "").whole(there, here);
  }

  /// The same of two runs: a name that one of them alone says is none where the other has it by default.
  static Optional<String> between(RunDescription there, RunDescription here) {
    return new ConfigDifference(there.nameByDefault(), here.nameByDefault()).whole(there.configuration(), here.configuration());
  }

  private Optional<String> whole(String there, String here) {
    if (there.equals(here)) {
      return Optional.empty();
    }
    try {
      compare("", Section.compose(there), Section.compose(here));
    } catch (YAMLException e) {
      return Optional.of("one of them is not YAML");
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found.subList(0, Math.min(MOST, found.size()))) + (found.size() > MOST ? "; and more" : ""));
  }

  private void compare(String key, Optional<Node> there, Optional<Node> here) {
    Node a = there.orElse(null);
    Node b = here.orElse(null);
    boolean isNameByDefault = key.equals("name") && (a == null ? b != null && show(here).equals(nameThere) : b == null && show(there).equals(nameHere));
    if (found.size() > MOST || isNameByDefault || (a == null && b == null)) {
      return;
    }
    if (a instanceof MappingNode m && b instanceof MappingNode n) {
      Map<String, Node> before = values(m);
      Map<String, Node> now = values(n);
      Set<String> keys = new LinkedHashSet<>(before.keySet());
      keys.addAll(now.keySet());
      keys.forEach(k -> compare(key.isEmpty() ? k : key + "." + k, Optional.ofNullable(before.get(k)), Optional.ofNullable(now.get(k))));
    } else if (a instanceof SequenceNode m && b instanceof SequenceNode n && m.getValue().size() == n.getValue().size()) {
      for (int i = 0; i < m.getValue().size(); i++) {
        compare(key + "[" + i + "]", Optional.of(m.getValue().get(i)), Optional.of(n.getValue().get(i)));
      }
    } else if (!(a instanceof ScalarNode m && b instanceof ScalarNode n && m.getValue().equals(n.getValue()))) {
      found.add(key + ": there " + show(there) + ", here " + show(here));
    }
  }

  private static Map<String, Node> values(MappingNode node) {
    Map<String, Node> values = new LinkedHashMap<>();
    node.getValue().forEach(tuple -> values.put(show(Optional.of(tuple.getKeyNode())), tuple.getValueNode()));
    return values;
  }

  private static String show(Optional<Node> node) {
    return switch (node.orElse(null)) {
      case null -> "nothing";
      case ScalarNode scalar -> scalar.getValue().strip();
      case SequenceNode list -> "a list of " + list.getValue().size();
      default -> "other keys";
    };
  }
}
