package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianStoppingTest {

  private static final EarlyStopping RULE = new MedianStopping(2, 3);

  // Means up to step 2 are 5, 3 and 1.
  private static final List<TrialResult> OTHERS = List.of(Courses.trial(0, 6, 4, 0), Courses.trial(1, 4, 2), Courses.trial(2, 1, 1, 9));

  private static Decision decide(TrialResult trial, List<TrialResult> others) {
    return RULE.decide(trial, trial.reports().getLast().step(), others);
  }

  @Test
  void stopsWhereTheLowestLossSoFarIsAboveTheMedianOfMeansSoFar() {
    assertThat(decide(Courses.trial(3, 9, 3.1), OTHERS)).isEqualTo(Decision.STOP);
    assertThat(decide(Courses.trial(3, 9, 3), OTHERS)).isEqualTo(Decision.CONTINUE);
    assertThat(decide(Courses.trial(3, 2, 99), OTHERS)).as("its lowest loss was 2").isEqualTo(Decision.CONTINUE);
  }

  @Test
  void othersCountWhereTheyGotAsFar() {
    assertThat(decide(Courses.trial(3, 99, 99, 99), OTHERS)).as("two others have a third step").isEqualTo(Decision.CONTINUE);
  }

  @Test
  void waitsForTheGraceAndTheTrials() {
    assertThat(decide(Courses.trial(3, 99), OTHERS)).isEqualTo(Decision.CONTINUE);
    assertThat(decide(Courses.trial(3, 99, 99), OTHERS.subList(0, 2))).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void lossesThatAreNotFiniteAreWorse() {
    TrialResult wild = Courses.trial(0, 1, Double.NaN);
    assertThat(decide(Courses.trial(3, 99, 99), List.of(wild, wild, wild))).isEqualTo(Decision.CONTINUE);
    assertThat(decide(Courses.trial(3, 9, 3.1), List.of(wild, OTHERS.get(1), OTHERS.get(2)))).isEqualTo(Decision.STOP);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new MedianStopping(0, 3)).hasMessage("trials are judged from a step of 1 or later, got 0");
    assertThatThrownBy(() -> new MedianStopping(1, 0)).hasMessage("a median is of 1 trial or more, got 0");
  }
}
