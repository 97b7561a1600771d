package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventJsonTest {

  @Test
  void aReportOfTheFirstVersionHadNoDecisionAndItsTrialWentOn() {
    assertThat(EventJson.read("{\"version\":1,\"event\":\"reported\",\"trial\":2,\"step\":7,\"value\":\"NaN\"}"))
        .isEqualTo(new StudyEvent.Reported(2, 7, Double.NaN, Decision.CONTINUE));
  }
}
