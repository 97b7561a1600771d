package proxima.strategy;

import java.util.Arrays;
import java.util.Locale;
import proxima.space.Value;

/// What a user expects of one parameter before any trial: that the best configurations have values near this one.
///
/// @param value of the parameter's type, in its range
public record Expected(String parameter, Value value, Confidence confidence) {

  /// How surely.
  public enum Confidence {
    LOW(0.5, 2),
    MEDIUM(0.25, 4),
    HIGH(0.125, 8);

    /// The standard deviation of a number around what is expected, in units of the cube.
    final double sd;
    /// How many times as likely as any other choice the one is that is expected.
    final double odds;

    Confidence(double sd, double odds) {
      this.sd = sd;
      this.odds = odds;
    }

    /// What a user calls it.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if there is none of that name
    public static Confidence of(String id) {
      return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst().orElseThrow(() -> new IllegalArgumentException("'" + id + "' is not one of " + String.join(", ", ids())));
    }

    public static String[] ids() {
      return Arrays.stream(values()).map(Confidence::id).toArray(String[]::new);
    }
  }

  @Override
  public String toString() {
    return parameter + " near " + value + " (" + confidence.id() + ")";
  }
}
