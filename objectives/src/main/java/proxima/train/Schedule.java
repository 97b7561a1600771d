package proxima.train;

import java.util.Arrays;
import java.util.Locale;

/// The course of the learning rate over a training, as a factor on its peak.
///
/// @param shape of the course after the warm-up
/// @param warmup fraction of the steps that rise linearly to the peak, in [0, 1)
/// @param floor factor that the decay ends at, in [0, 1]
public record Schedule(Shape shape, double warmup, double floor) {

  /// What follows the warm-up.
  public enum Shape {
    LINEAR,
    COSINE,
    CONSTANT;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if there is no shape of that name.
    public static Shape of(String id) {
      return Arrays.stream(values())
          .filter(s -> s.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("schedule must be linear, cosine or constant, got '" + id + "'"));
    }
  }

  /// 10 % warm-up, then linear to 0.
  public static final Schedule DEFAULT = new Schedule(Shape.LINEAR, 0.1, 0);

  public Schedule {
    if (!(warmup >= 0 && warmup < 1)) {
      throw new IllegalArgumentException("warmup must be in [0, 1), got " + warmup);
    }
    if (!(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException("floor must be in [0, 1], got " + floor);
    }
  }

  /// The factor of step t, from 1 to S: t / w up to w = warmup S, then down to the floor, which a step S + 1 would reach.
  public double factor(long t, long steps) {
    double w = Math.max(1, warmup * steps);
    if (t < w) {
      return t / w;
    }
    double rest = Math.max(0, (steps + 1 - t) / (steps + 1 - w));
    return switch (shape) {
      case CONSTANT -> 1;
      case LINEAR -> floor + (1 - floor) * rest;
      case COSINE -> floor + (1 - floor) * 0.5 * (1 - Math.cos(Math.PI * rest));
    };
  }
}
