package proxima.cli;

/// The numbers a key accepts.
public enum Range {
  POSITIVE("positive", 1),
  NOT_NEGATIVE("0 or more", 0),
  /// The decay of a moving average.
  DECAY("in [0, 1)", 0.5),
  /// The exponent of CompleteP's residual multipliers.
  ALPHA("in [0.5, 1]", 1),
  /// A power of a ratio of scales.
  EXPONENT("in [0, 2]", 1),
  ANY("a finite number", 0);

  private final String text;
  private final double standIn;

  Range(String text, double standIn) {
    this.text = text;
    this.standIn = standIn;
  }

  public boolean contains(double x) {
    return Double.isFinite(x)
        && switch (this) {
          case POSITIVE -> x > 0;
          case NOT_NEGATIVE -> x >= 0;
          case DECAY -> x >= 0 && x < 1;
          case ALPHA -> x >= 0.5 && x <= 1;
          case EXPONENT -> x >= 0 && x <= 2;
          case ANY -> true;
        };
  }

  /// A number of the range.
  public double standIn() {
    return standIn;
  }

  @Override
  public String toString() {
    return text;
  }
}
