package proxima.objective;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The lines of a file that another process appends to.
final class LineTail implements AutoCloseable {

  /// 1 MiB: a line that is longer is no report, and is passed over.
  static final int LONGEST = 1 << 20;
  /// 4 MiB at a time, so that a process that never stops writing leaves time to look at the clock.
  private static final long MOST = 4 << 20;

  private final Path file;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[1 << 16];
  private long position;
  private boolean isTooLong;
  private boolean hasPassedOver;

  LineTail(Path file, long start) throws IOException {
    this.file = file;
    this.in = Files.newInputStream(file);
    this.position = start;
    in.skipNBytes(start);
  }

  /// Gives the lines that were ended since the last call, as far as the next 4 MiB hold them.
  void next(Consumer<String> lines) throws IOException {
    read(position + MOST, lines);
  }

  /// Gives all lines up to the file's present end, and what follows the last line's end.
  void last(Consumer<String> lines) throws IOException {
    read(Files.size(file), lines);
    if (line.size() > 0) {
      give(lines);
    }
  }

  private void read(long end, Consumer<String> lines) throws IOException {
    while (position < end) {
      int n = in.read(buffer);
      if (n <= 0) {
        break;
      }
      position += n;
      int start = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          keep(start, i);
          give(lines);
          start = i + 1;
        }
      }
      keep(start, n);
    }
  }

  private void keep(int start, int end) {
    int room = LONGEST - line.size();
    isTooLong |= end - start > room;
    line.write(buffer, start, Math.min(end - start, room));
  }

  private void give(Consumer<String> lines) {
    if (isTooLong) {
      hasPassedOver = true;
    } else {
      lines.accept(line.toString(StandardCharsets.UTF_8));
    }
    isTooLong = false;
    line.reset();
  }

  /// Whether a line was longer than what is read of one.
  boolean hasPassedOver() {
    return hasPassedOver;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
