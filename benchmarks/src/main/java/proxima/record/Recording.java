package proxima.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.cli.WholeFile;
import proxima.space.SpaceJson;

/// A table, and what its rows are trainings of.
record Recording(Proxy proxy, Table table) implements AutoCloseable {

  /// Opens the table of a proxy in the folder of its suite, with `space.json` beside it; makes what is not there.
  ///
  /// @throws InputException if what is there is of another space or plan, or another process has it.
  static Recording open(Path folder, Proxy proxy, Plan plan) throws IOException {
    Path suite = Files.createDirectories(folder.resolve(proxy.suite()));
    checkSpace(suite.resolve("space.json"), proxy);
    Path file = suite.resolve(proxy.task() + ".csv");
    Table table = new Table(file, proxy.space());
    try {
      check(file, table.rows(), plan);
      return new Recording(proxy, table);
    } catch (InputException e) {
      table.close();
      throw e;
    }
  }

  private static void checkSpace(Path file, Proxy proxy) throws IOException {
    ObjectNode node = Json.object();
    node.set("parameters", SpaceJson.of(proxy.space()));
    String text = node.toPrettyString() + "\n";
    if (!Files.exists(file)) {
      WholeFile.write(file, text);
    } else if (!Files.readString(file).equals(text)) {
      throw new InputException(file + ": is not the space of " + proxy.name() + "; record into another folder");
    }
  }

  private static void check(Path file, List<Row> rows, Plan plan) {
    for (int i = 0; i < rows.size(); i++) {
      String phase = rows.get(i).trial().phase();
      String planned = i < plan.size() ? plan.phase(i).name() : "no row";
      if (!phase.equals(planned)) {
        throw new InputException(file + ":" + (i + 2) + ": is a row of phase '" + phase + "', but the plan has " + planned + " there; record into another folder");
      }
    }
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
