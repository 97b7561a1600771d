package proxima.objective;

/// Hears of a job's progress.
public interface Monitor {

  /// A loss on the way, at a step counted from 1. Losses need not be finite.
  void report(long step, double loss);
}
