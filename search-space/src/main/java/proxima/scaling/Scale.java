package proxima.scaling;

/// The size of a model and of its training.
///
/// @param width N, the width of the residual stream
/// @param depth L, the number of residual blocks
/// @param batch B, tokens (or examples) in a step
/// @param tokens D, tokens (or examples) in the whole training
public record Scale(int width, int depth, long batch, long tokens) {

  /// The widest residual stream: 2^24.
  public static final int MOST_WIDTH = 1 << 24;

  /// The most residual blocks, each of which has settings of its own.
  public static final int MOST_DEPTH = 4096;

  public Scale {
    check("width", width, MOST_WIDTH);
    check("depth", depth, MOST_DEPTH);
    check("batch", batch, Long.MAX_VALUE);
    check("tokens", tokens, Long.MAX_VALUE);
    if (tokens < batch) {
      throw new IllegalArgumentException("tokens must be at least one batch of " + batch + ", got " + tokens);
    }
  }

  private static void check(String name, long value, long most) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be positive, got " + value);
    }
    if (!(value <= most)) {
      throw new IllegalArgumentException(name + " must be at most " + most + ", got " + value);
    }
  }

  /// S = D / B, rounded to the nearest whole step.
  public long steps() {
    return Math.max(1, Math.round((double) tokens / batch));
  }

  @Override
  public String toString() {
    return "width=" + width + ",depth=" + depth + ",batch=" + batch + ",tokens=" + tokens;
  }
}
