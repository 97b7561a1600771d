package proxima.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScheduleTest {

  @ParameterizedTest(name = "{0}")
  @EnumSource(Schedule.Shape.class)
  void risesInTheWarmupToThePeak(Schedule.Shape shape) {
    var schedule = new Schedule(shape, 0.1, 0);
    assertThat(schedule.factor(1, 200)).isCloseTo(0.05, within(1e-15));
    assertThat(schedule.factor(10, 200)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.factor(20, 200)).isCloseTo(1, within(1e-15));
  }

  @Test
  void fallsInALineToTheFloorOneStepAfterTheEnd() {
    assertThat(Schedule.DEFAULT.factor(200, 200)).isCloseTo(1 / 181.0, within(1e-15));
    assertThat(new Schedule(Schedule.Shape.LINEAR, 0, 0.5).factor(100, 199)).isCloseTo(0.5 + 0.5 * 100 / 199, within(1e-15));
  }

  @Test
  void fallsAlongACosine() {
    var schedule = new Schedule(Schedule.Shape.COSINE, 0.1, 0.2);
    // Halfway between the peak at step 20 and the end at step 201 the cosine has fallen by half.
    assertThat(schedule.factor(110, 200) + schedule.factor(111, 200)).isCloseTo(1.2, within(1e-12));
  }

  @Test
  void staysAtThePeak() {
    assertThat(new Schedule(Schedule.Shape.CONSTANT, 0.1, 0).factor(200, 200)).isEqualTo(1);
  }

  @Test
  void isPositiveForTheShortestTraining() {
    assertThat(Schedule.DEFAULT.factor(1, 1)).isEqualTo(1);
  }

  @Test
  void rejectsAWarmupOfTheWhole() {
    assertThatThrownBy(() -> new Schedule(Schedule.Shape.LINEAR, 1, 0)).hasMessage("warmup must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> Schedule.Shape.of("step")).hasMessage("schedule must be linear, cosine or constant, got 'step'");
  }
}
