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
  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[8192];

  LineTail(Path file, long start) throws IOException {
    in = Files.newInputStream(file);
    in.skipNBytes(start);
  }

  /// The lines that were ended since the last call.
  List<String> next() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
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

  /// The lines since the last call and what follows the last line's end.
  List<String> last() throws IOException {
    List<String> lines = next();
    if (line.size() > 0) {
      lines.add(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
