package proxima.diagnose;

import java.util.Locale;
import proxima.scaling.Scale;

/// One of the ways in which a model or its training grows.
public enum ScaleAxis {
  WIDTH,
  DEPTH,
  BATCH,
  TOKENS,

  /// More experts to choose from, as many of them active; under the table for one active share as large a part of them.
  EXPERTS,

  /// Finer experts: more, smaller ones, more of them active.
  GRANULARITY;

  /// Its name in files and options, such as `width`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is none of that name.
  public static ScaleAxis of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /// Whether it is the mixture of experts that grows, which not every model has.
  public boolean isOfExperts() {
    return switch (this) {
      case WIDTH, DEPTH, BATCH, TOKENS -> false;
      case EXPERTS, GRANULARITY -> true;
    };
  }

  /// @throws IllegalArgumentException if it is of experts and the model has none.
  public long of(Size size) {
    return switch (this) {
      case WIDTH -> size.scale().width();
      case DEPTH -> size.scale().depth();
      case BATCH -> size.scale().batch();
      case TOKENS -> size.scale().tokens();
      case EXPERTS -> size.mixture().count();
      case GRANULARITY -> size.mixture().granularity();
    };
  }

  /// A size moved along this axis.
  /// @throws IllegalArgumentException if there is no such size.
  public Size with(Size size, long value) {
    Scale s = size.scale();
    int number = Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return switch (this) {
      case WIDTH -> size.with(new Scale(number, s.depth(), s.batch(), s.tokens()));
      case DEPTH -> size.with(new Scale(s.width(), number, s.batch(), s.tokens()));
      case BATCH -> size.with(new Scale(s.width(), s.depth(), value, s.tokens()));
      case TOKENS -> size.with(new Scale(s.width(), s.depth(), s.batch(), value));
      case EXPERTS -> size.with(size.mixture().withCount(number));
      case GRANULARITY -> size.with(size.mixture().withGranularity(number));
    };
  }
}
