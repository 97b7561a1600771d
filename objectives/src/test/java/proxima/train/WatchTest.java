package proxima.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchTest {

  @Test
  void tenStepsOnEndOutOfBoundsAreADivergence() {
    Watch watch = new Watch(1);
    assertThat(watch.diverged(1, 1, 1)).isFalse();
    for (int step = 0; step < 9; step++) {
      assertThat(watch.diverged(3.1, 1, 1)).isFalse();
    }
    assertThat(watch.diverged(2.9, 1, 1)).isFalse();
    for (int step = 0; step < 9; step++) {
      assertThat(watch.diverged(3.1, 1, 1)).isFalse();
    }
    assertThat(watch.diverged(3.1, 1, 1)).isTrue();
  }

  /// On a GPU a reading stands for ten steps.
  @Test
  void oneReadingAloneIsNone() {
    Watch watch = new Watch(1);
    assertThat(watch.diverged(1, 1, 1)).isFalse();
    assertThat(watch.diverged(3.1, 1, 10)).isFalse();
    assertThat(watch.diverged(1, 1, 10)).isFalse();
    assertThat(watch.diverged(3.1, 1, 10)).isFalse();
    assertThat(watch.diverged(3.1, 1, 10)).isTrue();
    assertThat(new Watch(1).diverged(Double.NaN, 1, 10)).isTrue();
  }
}
