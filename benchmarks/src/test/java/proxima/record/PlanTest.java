package proxima.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;

final class PlanTest {

  @Test
  void aTableHasAThousandConfigurationsAndReplicates() {
    assertThat(Plan.STANDARD.size()).isEqualTo(1192);
    assertThat(Plan.STANDARD.phases().stream().filter(p -> !(p instanceof Replicates)).mapToInt(Phase::size).sum()).isEqualTo(1096);
    assertThat(Plan.STANDARD.phase(0).name()).isEqualTo("global");
    assertThat(Plan.STANDARD.phase(1191).name()).isEqualTo("again");
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
