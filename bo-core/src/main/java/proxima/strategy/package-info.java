/// Strategies: which point to try next, given what is known. Each is a function of `Knowledge` alone, so that replaying a study asks the same
/// points; lower losses are better.
///
/// | symbol | meaning |
/// |---|---|
/// | d | dimension of the unit cube |
/// | n | number of evaluations |
/// | x | a point of the unit cube |
/// | asked | points a strategy asked for; the rest are warm starts |
/// | seen | asked or told of: pending and failed points too |
/// | sigma | a step size, in units of the cube unless it says octaves |
@NullMarked
package proxima.strategy;

import org.jspecify.annotations.NullMarked;
