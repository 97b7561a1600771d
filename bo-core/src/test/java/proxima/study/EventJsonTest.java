package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventJsonTest {

  @Test
  void aReportOfTheFirstVersionHadNoDecisionAndItsTrialWentOn() {
    assertThat(EventJson.read("{\"version\":1,\"event\":\"reported\",\"trial\":2,\"step\":7,\"value\":\"NaN\"}"))
        .isEqualTo(new StudyEvent.Reported(2, 7, Double.NaN, Decision.CONTINUE));
  }

  @Test
  void aTrialThatIsNoIntIsNamed() {
    assertThatThrownBy(() -> EventJson.read("{\"version\":2,\"event\":\"told\",\"trial\":4294967296,\"outcome\":{\"diverged\":1}}")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'trial' of the event must be a whole number below 2^31, got 4294967296");
  }
}
