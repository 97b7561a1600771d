package proxima.module;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The block index inside a module's name: the first number in it that is the index, preferably one that stands alone between dots.
public final class BlockName {

  private BlockName() {}

  /// The name with the block index replaced; empty where the name does not hold it.
  public static Optional<String> replace(String name, int block, String replacement) {
    Matcher alone = Pattern.compile("(?<![^.])0*" + block + "(?![^.])").matcher(name);
    if (alone.find()) {
      return Optional.of(name.substring(0, alone.start()) + replacement + name.substring(alone.end()));
    }
    Matcher inside = Pattern.compile("(?<![0-9])0*" + block + "(?![0-9])").matcher(name);
    return inside.find() ? Optional.of(name.substring(0, inside.start()) + replacement + name.substring(inside.end())) : Optional.empty();
  }

  /// What is left of the name without its block index: `layers.3.attn.q.weight` gives `layers.attn.q.weight`.
  public static String type(String name, int block) {
    return replace(name, block, "").map(BlockName::tidy).orElse(name);
  }

  private static String tidy(String name) {
    String tidied = name.replace("..", ".").replaceAll("^\\.|\\.$", "");
    return tidied.isEmpty() ? name : tidied;
  }
}
