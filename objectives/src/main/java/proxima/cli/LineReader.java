package proxima.cli;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/// The lines of a text, of each of which no more is kept than it may have: the rest is passed over.
public final class LineReader implements AutoCloseable {

  /// 2^20 characters: more than a line has that is not of another kind of file.
  public static final int LONGEST = 1 << 20;

  /// What is said of a line that is longer.
  public static final String TOO_LONG = "is longer than the " + LONGEST + " characters that a line may have";

  private final Reader reader;
  private final char[] buffer = new char[1 << 13];
  private int from;
  private int to;
  private boolean afterReturn;
  private boolean inside;

  public LineReader(Reader reader) {
    this.reader = reader;
  }

  /// The next line without its end; of one that is longer, as soon as they are read, `LONGEST` + 1 characters.
  public Optional<String> next() throws IOException {
    while (inside) {
      int c = read();
      inside = c >= 0 && c != '\n' && c != '\r';
    }
    StringBuilder line = new StringBuilder();
    for (int c = read(); c >= 0; c = read()) {
      if (c == '\n' || c == '\r') {
        return Optional.of(line.toString());
      }
      line.append((char) c);
      if (line.length() > LONGEST) {
        inside = true;
        return Optional.of(line.toString());
      }
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
  }

  /// Whether this is the start of a line that is too long.
  public static boolean isTooLong(String line) {
    return line.length() > LONGEST;
  }

  /// The next character, of a return and a line feed the first; -1 at the end.
  private int read() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, reader.read(buffer));
      if (to == 0) {
        return -1;
      }
    }
    char c = buffer[from++];
    boolean second = c == '\n' && afterReturn;
    afterReturn = c == '\r';
    return second ? read() : c;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
