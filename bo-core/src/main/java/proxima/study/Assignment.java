package proxima.study;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a trial is to train.
///
/// @param again the first trial of a point that is trained once more, longer; empty where the strategy chooses a new point
/// @param steps the length of its training, whose schedule ends there; empty where the trainer knows it
/// @param isWhole whether that is a whole training, whose loss counts
public record Assignment(OptionalInt again, OptionalLong steps, boolean isWhole) {

  /// A new point, trained to the end.
  public static final Assignment NEW = new Assignment(OptionalInt.empty(), OptionalLong.empty(), true);

  public Assignment {
    if (steps.isPresent() && !(steps.getAsLong() >= 1)) {
      throw new IllegalArgumentException("a training has a step or more, got " + steps.getAsLong());
    }
    if (steps.isEmpty() && !isWhole) {
      throw new IllegalArgumentException("a training that is not whole has its own number of steps");
    }
  }
}
