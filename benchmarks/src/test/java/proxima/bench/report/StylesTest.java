package proxima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proxima.chart.Ink;

class StylesTest {

  @Test
  void sixteenContendersDifferForTheColourBlindToo() {
    List<String> names = IntStream.range(0, 16).mapToObj(i -> "c" + i).toList();
    Styles styles = new Styles(names);
    Map<Ink, Ink> seenAs = Map.of(Ink.PINK, Ink.GREEN, Ink.GREY, Ink.GREEN, Ink.AMBER, Ink.ORANGE);
    assertThat(names.stream().map(styles::of).map(s -> List.of(seenAs.getOrDefault(s.ink(), s.ink()), s.stroke()))).doesNotHaveDuplicates();
  }

  @Test
  void oursAreBlueAndAboveTheRest() {
    Styles styles = new Styles(List.of("proxima", "random", "proxima-smooth"));
    assertThat(styles.drawingOrder()).containsExactly("random", "proxima", "proxima-smooth");
    assertThat(styles.of("proxima")).isNotEqualTo(styles.of("proxima-smooth")).extracting(Styles.Style::ink).isEqualTo(Ink.BLUE);
    assertThat(styles.of("random").ink()).isNotEqualTo(Ink.BLUE);
  }
}
