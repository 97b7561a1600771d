package proxima.strategy;

import java.util.Optional;
import proxima.space.Outcome;
import proxima.space.Point;

/// A point that was tried.
///
/// @param outcome empty while the trial is pending
/// @param asked whether a strategy asked for it; false for a warm start
public record Evaluation(Point point, Optional<Outcome> outcome, boolean asked) {}
