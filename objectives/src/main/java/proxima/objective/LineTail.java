package proxima.objective;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The lines of a file that another process appends to.
final class LineTail implements AutoCloseable {

  /// 1 MiB: more without a line's end is no report, and is not kept.
  static final int LONGEST = 1 << 20;
  /// 4 MiB at a time, so that a process that never stops writing leaves time to look at the clock.
  private static final long MOST = 4 << 20;

  private final Path file;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[1 << 16];
  private long position;

  LineTail(Path file, long start) throws IOException {
    this.file = file;
    this.in = Files.newInputStream(file);
    this.position = start;
    in.skipNBytes(start);
  }

  /// The lines that were ended since the last call, as far as the next 4 MiB hold them.
  List<String> next() throws IOException {
    return read(position + MOST);
  }

  /// All lines up to the file's present end, and what follows the last line's end.
  List<String> last() throws IOException {
    List<String> lines = read(Files.size(file));
    if (line.size() > 0) {
      lines.add(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
    return lines;
  }

  private List<String> read(long end) throws IOException {
    List<String> lines = new ArrayList<>();
    while (position < end) {
      int n = in.read(buffer);
      if (n <= 0) {
        break;
      }
      position += n;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          lines.add(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else if (line.size() < LONGEST) {
          line.write(buffer[i]);
        }
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
