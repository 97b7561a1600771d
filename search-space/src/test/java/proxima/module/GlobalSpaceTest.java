package proxima.module;

import static org.assertj.core.api.Assertions.assertThat;
import static proxima.module.Hyperparameter.BETA1;
import static proxima.module.Hyperparameter.LEARNING_RATE;
import static proxima.module.Hyperparameter.WEIGHT_DECAY;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlobalSpaceTest {

  @Test
  void knowsWhatLiesAtAnEndOfItsRangeOnTheSearchedScale() {
    Map<Hyperparameter, GlobalSpace.Interval> ranges = new LinkedHashMap<>();
    ranges.put(LEARNING_RATE, new GlobalSpace.Interval(1e-4, 1));
    ranges.put(WEIGHT_DECAY, new GlobalSpace.Interval(1e-3, 10));
    ranges.put(BETA1, new GlobalSpace.Interval(0, 0.99));
    var space = new GlobalSpace(ranges);
    // 4 decades: a twentieth is a fifth of one.
    assertThat(space.atEnds(space.searched(Map.of(LEARNING_RATE, 0.62, WEIGHT_DECAY, 1.59e-3, BETA1, 0.9)), 0.05)).isEmpty();
    assertThat(space.atEnds(space.searched(Map.of(LEARNING_RATE, 0.64, WEIGHT_DECAY, 1.57e-3, BETA1, 0.989)), 0.05)).containsExactly(LEARNING_RATE, WEIGHT_DECAY, BETA1);
  }
}
