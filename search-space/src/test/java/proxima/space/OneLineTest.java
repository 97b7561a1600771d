package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void whatBreaksALineOrMovesTheCursorBecomesABlank() {
    assertThat(OneLine.of("a\nb\rc\td\0e\u001b[31mf\u0085g\u2028h\u202ei\ufeffj")).isEqualTo("a b c d e [31mf g h i j");
  }

  @Test
  void lettersOfAnyLanguageStay() {
    assertThat(OneLine.of("größe 漢 \ud83d\ude00")).isEqualTo("größe 漢 \ud83d\ude00");
    assertThat(OneLine.of("half \ud83d of one")).isEqualTo("half   of one");
  }

  @Test
  void aLongTextKeepsItsStartAndItsEnd() {
    String line = OneLine.of("run.yaml:3: got '" + "x".repeat(3_000_000) + "'; give a number");
    assertThat(line).hasSize(2000).startsWith("run.yaml:3: got 'xx").contains("x ... x").endsWith("xx'; give a number");
  }
}
