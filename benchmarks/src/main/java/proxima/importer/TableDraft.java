package proxima.importer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Value;
import proxima.tables.TableFolder;

/// A table being written, row by row.
final class TableDraft implements AutoCloseable {

  private final SuiteDraft suite;
  private final String name;
  private final Path file;
  private final List<String> parameters;
  private final BufferedWriter writer;
  private long rows;
  private long diverged;
  private LeftOutRows leftOut = LeftOutRows.NONE;

  /// @param name of the file, without the ending
  TableDraft(SuiteDraft suite, String name) throws IOException {
    this.suite = suite;
    this.name = name;
    this.file = suite.folder().resolve(name + ".csv");
    this.parameters = suite.space().parameters().stream().map(Parameter::name).toList();
    this.writer = Files.newBufferedWriter(file);
    line(Stream.concat(parameters.stream(), Stream.of("loss")));
  }

  /// @param loss NaN or infinite where the trial diverged
  /// @throws IllegalArgumentException if the space does not hold the configuration.
  void add(Configuration configuration, double loss) throws IOException {
    suite.space().encode(configuration);
    boolean finite = Double.isFinite(loss);
    line(Stream.concat(parameters.stream().map(p -> configuration.get(p).map(Value::toString).orElse("")), Stream.of(finite ? Double.toString(loss) : "")));
    rows++;
    diverged += finite ? 0 : 1;
  }

  /// A row of the source is not in the table.
  void leaveOut(String why) {
    leftOut = leftOut.and(why);
  }

  private void line(Stream<String> cells) throws IOException {
    writer.write(cells.collect(Collectors.joining(",", "", "\n")));
  }

  /// Ends the table, and deletes it if a comparison could not play it.
  void finish() throws IOException {
    writer.close();
    String task = suite.prefix() + name;
    try {
      new TableFolder(suite.folder()).table(name);
      suite.parent().add(new TableResult.Written(task, rows, diverged, leftOut));
    } catch (InputException e) {
      Files.delete(file);
      suite.parent().add(new TableResult.LeftOut(task, e.problems().getFirst().replace(file + ": ", "") + leftOut.text()));
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
