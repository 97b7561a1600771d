package proxima.diagnose;

import java.util.Locale;
import proxima.scaling.Scale;

/// One of the ways in which a model or its training grows.
public enum ScaleAxis {
  WIDTH,
  DEPTH,
  BATCH,
  TOKENS;

  /// Its name in files and options, such as `width`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is none of that name.
  public static ScaleAxis of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  public long of(Scale scale) {
    return switch (this) {
      case WIDTH -> scale.width();
      case DEPTH -> scale.depth();
      case BATCH -> scale.batch();
      case TOKENS -> scale.tokens();
    };
  }

  /// A scale moved along this axis.
  /// @throws IllegalArgumentException if there is no such scale.
  public Scale with(Scale scale, long value) {
    return switch (this) {
      case WIDTH -> new Scale(Math.toIntExact(Math.min(value, Integer.MAX_VALUE)), scale.depth(), scale.batch(), scale.tokens());
      case DEPTH -> new Scale(scale.width(), Math.toIntExact(Math.min(value, Integer.MAX_VALUE)), scale.batch(), scale.tokens());
      case BATCH -> new Scale(scale.width(), scale.depth(), value, scale.tokens());
      case TOKENS -> new Scale(scale.width(), scale.depth(), scale.batch(), value);
    };
  }
}
