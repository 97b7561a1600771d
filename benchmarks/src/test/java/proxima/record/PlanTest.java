package proxima.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.SearchSpace;

final class PlanTest {

  @Test
  void aTableHasAThousandConfigurationsAndReplicates() {
    assertThat(Plan.STANDARD.size()).isEqualTo(1192);
    assertThat(Plan.STANDARD.phases().stream().filter(p -> !(p instanceof Replicates)).mapToInt(Phase::size).sum()).isEqualTo(1096);
    assertThat(Plan.STANDARD.phase(0).name()).isEqualTo("global");
    assertThat(Plan.STANDARD.phase(1191).name()).isEqualTo("again");
  }

  /// Rows at one point are replicates, which tell of noise: with one seed they would tell that there is none.
  @Test
  void noConfigurationIsTrainedTwiceWithOneSeed() {
    SearchSpace space = Proxies.all().getLast().space();
    List<Row> rows = new ArrayList<>();
    while (rows.size() < Plan.STANDARD.size()) {
      for (Trial trial : Plan.STANDARD.round(space, rows)) {
        double loss = DoubleStream.of(space.encode(trial.configuration()).toArray()).map(v -> (v - 0.4) * (v - 0.4)).sum();
        rows.add(Row.of(trial, Outcome.of(loss), List.of()));
      }
    }
    assertThat(rows).extracting(r -> List.of(r.trial().configuration(), r.trial().seed())).doesNotHaveDuplicates();
  }

  @Test
  void tasksOfASuiteHaveOneSpace() {
    Proxies.all().stream()
        .collect(Collectors.groupingBy(Proxy::suite))
        .forEach((suite, of) -> assertThat(of.stream().map(Proxy::space).distinct()).as(suite).hasSize(1));
    assertThat(Proxies.all()).extracting(Proxy::name).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void roundsFollowEachOther() {
    Proxy proxy = Proxies.all().getLast();
    List<Trial> first = Plan.STANDARD.round(proxy.space(), List.of());
    assertThat(first).hasSize(16);
    List<Row> rows = first.stream().map(t -> Row.of(t, Outcome.of(1), List.of())).toList();
    assertThat(Plan.STANDARD.round(proxy.space(), rows.subList(0, 5))).isEqualTo(first.subList(5, 16));
    assertThat(Plan.STANDARD.round(proxy.space(), rows)).hasSize(12).allSatisfy(t -> assertThat(t.phase()).isEqualTo("sobol"));
  }
}
