package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proxima.space.Configuration;

class EstimateTest {

  @Test
  void anIntervalIsOfTwoValuesOrMore() {
    assertThat(Estimate.of(List.of(1.0, 2.0)).interval(2)).isEqualTo("  [-4.85, 7.85]");
    assertThat(Estimate.of(List.of(1.0)).interval(2)).isEmpty();
  }

  @Test
  void aSettingThatIsBetterThanTheRecommendedOneIsNamed() {
    assertThat(better(3, 2, 1)).isEmpty();
    assertThat(better(1, 2, 3)).contains("default");
    assertThat(better(4, 2, 3)).contains("global");
  }

  private static Optional<String> better(double byDefault, double global, double perModule) {
    Map<String, Estimate> estimates = Map.of("default", Estimate.of(List.of(byDefault)), "global", Estimate.of(List.of(global)), "perModule", Estimate.of(List.of(perModule)));
    return Session.better(new RunResult("run", estimates, new Configuration(Map.of()), Optional.empty(), Optional.empty()));
  }
}
