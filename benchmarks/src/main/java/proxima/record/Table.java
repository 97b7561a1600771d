package proxima.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// The file of a task's rows, a line each: the parameters, `loss`, `seed`, `phase`, `diverged_at`, and the curve `loss_1`, `loss_2`, …
///
/// Only appended to, whole lines at a time; a line that a crash cut off goes when the file is opened. One process at a time has it.
final class Table implements AutoCloseable {

  private final Path file;
  private final List<String> parameters;
  private final FileChannel channel;
  private final List<Row> rows = new ArrayList<>();

  /// @throws InputException if the file is no table of this space, or another process has it.
  Table(Path file, SearchSpace space) throws IOException {
    this.file = file;
    this.parameters = space.parameters().stream().map(Parameter::name).toList();
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!FolderLock.tryLock(channel)) {
        throw new InputException(file + ": another process is recording it; wait for it to end, or stop it first");
      }
      String text = text();
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      read(whole.lines().toList());
      channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
      channel.position(channel.size());
      if (whole.isEmpty()) {
        write(header());
      }
    } catch (IOException | InputException e) {
      channel.close();
      throw e;
    }
  }

  /// Through the locked channel: the lock ends where another one of the file is closed in this process.
  private String text() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes);
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  /// All rows, in their order.
  List<Row> rows() {
    return List.copyOf(rows);
  }

  void add(Row row) throws IOException {
    write(line(row));
    rows.add(row);
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private String header() {
    List<String> cells = new ArrayList<>(parameters);
    cells.addAll(List.of("loss", "seed", "phase", "diverged_at"));
    IntStream.rangeClosed(1, Proxy.CHECKPOINTS).forEach(i -> cells.add("loss_" + i));
    return String.join(",", cells);
  }

  private String line(Row row) {
    List<String> cells = new ArrayList<>();
    parameters.forEach(p -> cells.add(Double.toString(row.trial().configuration().real(p))));
    cells.add(row.loss().map(l -> Double.toString(l)).orElse(""));
    cells.add(Long.toString(row.trial().seed()));
    cells.add(row.trial().phase());
    cells.add(row.divergedAt().isPresent() ? Long.toString(row.divergedAt().getAsLong()) : "");
    for (int i = 0; i < Proxy.CHECKPOINTS; i++) {
      cells.add(i < row.curve().size() ? Double.toString(row.curve().get(i)) : "");
    }
    return String.join(",", cells);
  }

  private void read(List<String> lines) {
    if (!lines.isEmpty() && !lines.getFirst().equals(header())) {
      throw new InputException(file + ":1: is a table of another space; record into another folder");
    }
    for (int i = 1; i < lines.size(); i++) {
      try {
        rows.add(row(lines.get(i).split(",", -1)));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new InputException(file + ":" + (i + 1) + ": is no row of a table: " + e.getMessage());
      }
    }
  }

  private Row row(String[] cells) {
    int d = parameters.size();
    Map<String, Value> values = new LinkedHashMap<>();
    for (int k = 0; k < d; k++) {
      values.put(parameters.get(k), new Value.Real(Double.parseDouble(cells[k])));
    }
    Optional<Double> loss = cells[d].isEmpty() ? Optional.empty() : Optional.of(Double.parseDouble(cells[d]));
    OptionalLong divergedAt = cells[d + 3].isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cells[d + 3]));
    List<Double> curve = IntStream.range(d + 4, d + 4 + Proxy.CHECKPOINTS).mapToObj(k -> cells[k]).filter(c -> !c.isEmpty()).map(Double::parseDouble).toList();
    return new Row(new Trial(new Configuration(values), Long.parseLong(cells[d + 1]), cells[d + 2]), loss, divergedAt, curve);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
