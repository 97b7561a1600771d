package proxima.tune;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proxima.proxy.Text;

/// What tells the file that a configuration names from others: the text that its trials learn from, or the list of its modules.
///
/// @param digest of its bytes
/// @param symbols how many different ones a text has, on which its network depends; empty for modules, and where it was not noted
record RunData(String digest, OptionalInt symbols) {

  private static final Pattern TEXT = Pattern.compile("([0-9a-f]+)(?: (\\d{1,9}))?");

  /// Empty where the configuration names no such file.
  /// @throws IllegalArgumentException if it can not be used
  static Optional<RunData> of(RunConfig config) {
    return config.objective().file().map(file -> {
      Text.File text = new Text.File(file);
      return new RunData(text.digest(), config.objective() instanceof ObjectiveConfig.Transformer ? OptionalInt.of(text.vocabulary()) : OptionalInt.empty());
    });
  }

  /// @throws IllegalArgumentException if the text is none of those that `text` gives
  static RunData read(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("needs a digest, maybe with a number of symbols, got '" + text + "'");
    }
    return new RunData(m.group(1), m.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(m.group(2))));
  }

  /// `0f3c92aa01b4d5e6 87`.
  String text() {
    return digest + (symbols.isPresent() ? " " + symbols.getAsInt() : "");
  }

  boolean isSame(RunData other) {
    return digest.equals(other.digest);
  }
}
