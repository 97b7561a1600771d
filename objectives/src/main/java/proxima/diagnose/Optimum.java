package proxima.diagnose;

/// Where a sweep's mean loss is lowest.
///
/// @param octave log2 of the rate
/// @param loss there, by the parabola
public record Optimum(double octave, double loss, Place place) {

  /// What lies beside the lowest mean.
  public enum Place {
    /// Both neighbours are known, and the optimum is the parabola's.
    INSIDE,
    /// No lower rate was tried; the optimum may lie below, also where the next rate diverged.
    LOWEST_RATE,
    /// No higher rate was tried; the optimum may lie above.
    HIGHEST_RATE,
    /// A neighbour diverged, so that there is no parabola, and the optimum is the rate itself.
    BESIDE_DIVERGENCE
  }

  public double rate() {
    return Math.pow(2, octave);
  }

  /// Whether it is known by a parabola.
  boolean isInside() {
    return place == Place.INSIDE;
  }

  /// Whether the sweep ends there, so that the optimum may lie further off.
  public boolean isAtEdge() {
    return place == Place.LOWEST_RATE || place == Place.HIGHEST_RATE;
  }
}
