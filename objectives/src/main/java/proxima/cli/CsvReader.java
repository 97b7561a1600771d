package proxima.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A CSV file read line by line. Cells may stand in quotes, in which a quote stands twice; blanks around cells do not count, nor do empty lines in files of several columns.
public final class CsvReader implements AutoCloseable {

  /// What some spreadsheets begin a file with.
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final LineReader reader;
  private final List<String> header;
  private long line;

  /// @throws InputException if it has no first line, which names the columns.
  public CsvReader(Path file) throws IOException {
    this.file = file;
    TextFile.checkRegular(file);
    this.reader = new LineReader(Files.newBufferedReader(file));
    try {
      this.header = line().orElseThrow(() -> new InputException(file + ": is empty; the first line names the columns"));
    } catch (IOException | InputException e) {
      reader.close();
      throw e;
    }
  }

  public List<String> header() {
    return header;
  }

  /// The cells of the next line, as many as the header has.
  /// @throws InputException if they are more or fewer.
  public Optional<List<String>> next() throws IOException {
    Optional<List<String>> cells = line();
    while (cells.isPresent() && cells.get().equals(List.of("")) && header.size() > 1) {
      cells = line();
    }
    cells.filter(c -> c.size() != header.size()).ifPresent(c -> {
      throw wrong("has " + c.size() + " cells, the header " + header.size());
    });
    return cells;
  }

  /// A problem of the line that was read last.
  public InputException wrong(String message) {
    return new InputException(file + ":" + line + ": " + message);
  }

  /// Where the line that was read last stands, in few words.
  public String place() {
    return file.getFileName() + ":" + line;
  }

  private Optional<List<String>> line() throws IOException {
    try {
      Optional<String> text = reader.next();
      line++;
      if (text.filter(LineReader::isTooLong).isPresent()) {
        throw wrong(LineReader.TOO_LONG);
      }
      return text.map(t -> cells(line == 1 && t.startsWith(BYTE_ORDER_MARK) ? t.substring(1) : t));
    } catch (MalformedInputException e) {
      throw new InputException(file + ": is not a UTF-8 text file");
    }
  }

  private List<String> cells(String text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw wrong("has a quote without an end");
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
