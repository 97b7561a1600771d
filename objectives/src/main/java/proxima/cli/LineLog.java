package proxima.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file of lines that is only appended to, one line at a time. Of a line that a kill or a full disk cut off nothing is read, and nothing stays.
public final class LineLog implements AutoCloseable {

  private final BufferedWriter writer;

  private LineLog(BufferedWriter writer) {
    this.writer = writer;
  }

  /// @param header the first line of a new file
  public static LineLog open(Path file, String header) throws IOException {
    byte[] there = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int whole = whole(there);
    if (whole < there.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(whole);
      }
    }
    LineLog log = new LineLog(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    if (whole == 0) {
      log.add(header);
    }
    return log;
  }

  /// The whole lines of a file, the header too; none where there is no file.
  public static List<String> read(Path file) throws IOException {
    byte[] there = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return new String(there, 0, whole(there), StandardCharsets.UTF_8).lines().toList();
  }

  /// How long a text is up to its last line break.
  private static int whole(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  public void add(String line) throws IOException {
    writer.write(line + "\n");
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
