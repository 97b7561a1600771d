package proxima.module;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The block index inside a module's name: the first number in it that is the index, preferably one that stands alone between dots.
public final class BlockName {

  private BlockName() {}

  /// The name with the block index replaced; empty where the name does not hold it.
  public static Optional<String> replace(String name, int block, String replacement) {
    return places(name, block).stream().findFirst().map(at -> replace(name, at, replacement));
  }

  /// The same. Of several numbers that may be the index, as in `1.1.up.weight`, it is the first that is another in the names of other blocks.
  ///
  /// @param names of all modules
  /// @param blocks how many there are
  public static Optional<String> replace(String name, int block, String replacement, Set<String> names, int blocks) {
    List<MatchResult> places = places(name, block);
    return places.stream()
        .filter(at -> IntStream.range(0, blocks).anyMatch(other -> other != block && names.contains(replace(name, at, Integer.toString(other)))))
        .findFirst()
        .or(() -> places.stream().findFirst())
        .map(at -> replace(name, at, replacement));
  }

  private static List<MatchResult> places(String name, int block) {
    return Stream.of("(?<![^.])0*" + block + "(?![^.])", "(?<![0-9])0*" + block + "(?![0-9])")
        .flatMap(pattern -> Pattern.compile(pattern).matcher(name).results())
        .toList();
  }

  private static String replace(String name, MatchResult at, String replacement) {
    return name.substring(0, at.start()) + replacement + name.substring(at.end());
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
