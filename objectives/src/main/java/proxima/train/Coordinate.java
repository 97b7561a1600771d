package proxima.train;

/// What an activation has come to at one step.
///
/// @param size mean over its entries of |x|
/// @param change mean of |x - x at the first step|; 0 at the first step
public record Coordinate(double size, double change) {}
