package proxima.bench.result;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A contender, and how many workers it has: `botorch`, or `botorch (8 workers)`.
public record Entrant(String contender, int workers) {

  private static final Pattern SEVERAL = Pattern.compile("(.*) \\((\\d{1,4}) workers\\)");

  /// The entrant of a name.
  public static Entrant of(String name) {
    Matcher several = SEVERAL.matcher(name);
    return several.matches() ? new Entrant(several.group(1), Integer.parseInt(several.group(2))) : new Entrant(name, 1);
  }

  public String name() {
    return workers == 1 ? contender : contender + " (" + workers + " workers)";
  }
}
