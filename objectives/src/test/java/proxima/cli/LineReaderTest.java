package proxima.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(new StringReader(text))) {
      for (Optional<String> line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(line.get());
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a\n", "\n", "a\nb", "a\r\nb\r\n", "a\r\rb", "\n\r\n", "a\n\rb", "\r\n\r\na"})
  void linesEndAsTheyDoElsewhere(String text) throws IOException {
    assertThat(lines(text)).isEqualTo(text.lines().toList());
  }

  @Test
  void whatIsTooLongIsSaidBeforeItsEndAndPassedOver() throws IOException {
    String longest = "x".repeat(LineReader.LONGEST);
    assertThat(lines(longest + "\nnext")).containsExactly(longest, "next");
    List<String> lines = lines(longest + "yz\nnext");
    assertThat(lines).containsExactly(longest + "y", "next");
    assertThat(LineReader.isTooLong(lines.getFirst())).isTrue();
    try (LineReader reader = new LineReader(endless())) {
      assertThat(reader.next()).hasValueSatisfying(line -> assertThat(LineReader.isTooLong(line)).isTrue());
    }
  }

  private static Reader endless() {
    return new Reader() {
      @Override
      public int read(char[] into, int from, int count) {
        Arrays.fill(into, from, from + count, 'x');
        return count;
      }

      @Override
      public void close() {}
    };
  }
}
