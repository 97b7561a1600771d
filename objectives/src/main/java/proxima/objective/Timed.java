package proxima.objective;

import proxima.space.Outcome;

/// What came of a training, and the wall time that it took, in seconds.
public record Timed(Outcome outcome, double seconds) {}
