package proxima.study;

import java.util.OptionalLong;
import proxima.space.Configuration;
import proxima.space.Point;

/// A point to try.
///
/// @param number from 0, unique in its study
/// @param configuration what the study's space decodes `point` to
/// @param steps how long to train, where that is less than a whole training
public record Trial(int number, Point point, Configuration configuration, OptionalLong steps) {}
