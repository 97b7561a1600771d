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
  void seedsWithoutALossAreSaid() {
    assertThat(Estimate.of(List.of(1.0, 2.0)).seeds(2)).isEqualTo("2 fresh seeds");
    assertThat(Estimate.of(List.of(1.0)).seeds(1)).isEqualTo("1 fresh seed");
    assertThat(Estimate.of(List.of(1.0)).seeds(3)).isEqualTo("only 1 of 3 fresh seeds finished");
    var result = new RunResult("run", Map.of("global", Estimate.of(List.of(1.0)), "perModule", Estimate.of(List.of(1.0, 2.0, 3.0))), 3, new Configuration(Map.of()), Optional.empty(), Optional.empty());
    var summary = ResultFile.summary(result, new Tally(9, 0, 2, 0, 1, 0));
    assertThat(summary.at("/global/seeds").intValue()).isEqualTo(1);
    assertThat(summary.at("/global/lost").intValue()).isEqualTo(2);
    assertThat(summary.at("/best/lost").intValue()).isZero();
  }

  @Test
  void aSettingThatIsBetterThanTheRecommendedOneIsNamed() {
    assertThat(better(3, 2, 1)).isEmpty();
    assertThat(better(1, 2, 3)).contains("default");
    assertThat(better(4, 2, 3)).contains("global");
  }

  private static Optional<String> better(double byDefault, double global, double perModule) {
    Map<String, Estimate> estimates = Map.of("default", Estimate.of(List.of(byDefault)), "global", Estimate.of(List.of(global)), "perModule", Estimate.of(List.of(perModule)));
    return Session.better(new RunResult("run", estimates, 3, new Configuration(Map.of()), Optional.empty(), Optional.empty()));
  }
}
