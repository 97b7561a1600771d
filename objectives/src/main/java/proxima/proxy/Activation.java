package proxima.proxy;

import java.util.Arrays;
import java.util.Locale;

/// The nonlinearity of a transformer's MLP.
public enum Activation {
  /// x times the normal distribution function of x (the exact form), hidden width 4 d.
  GELU,
  /// silu(gate) times up, hidden width 8/3 d rounded to a multiple of 8.
  SWIGLU;

  /// Its name in files.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  long hidden(int width) {
    return switch (this) {
      case GELU -> 4L * width;
      case SWIGLU -> 8 * Math.max(1, Math.round(width / 3.0));
    };
  }

  /// @throws IllegalArgumentException if there is no activation of that name.
  public static Activation of(String id) {
    return Arrays.stream(values())
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("activation must be gelu or swiglu, got '" + id + "'"));
  }
}
