package proxima.study;

import proxima.space.Configuration;
import proxima.space.Point;

/// A point to try.
///
/// @param number from 0, unique in its study
/// @param configuration what the study's space decodes `point` to
public record Trial(int number, Point point, Configuration configuration) {}
