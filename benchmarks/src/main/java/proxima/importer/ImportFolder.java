package proxima.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;

/// The folder that an import makes. Until all of it is written it lies beside its place under a hidden name, so that nobody reads half of it.
final class ImportFolder implements AutoCloseable {

  private final Path place;
  private final Path draft;
  private final Consumer<String> lines;
  private final List<TableResult> results = new ArrayList<>();
  private final Set<Path> suites = new LinkedHashSet<>();

  /// @param lines takes a line for each task, and notes
  /// @throws InputException if there is something at the place already.
  ImportFolder(Path place, Consumer<String> lines) throws IOException {
    if (Files.exists(place)) {
      throw new InputException(place + ": is there already; give --out a folder that is not");
    }
    Path at = place.toAbsolutePath().normalize();
    this.place = at;
    this.lines = lines;
    this.draft = Files.createDirectories(at.resolveSibling("." + at.getFileName() + "-" + ProcessHandle.current().pid()));
  }

  /// A folder of tables with one space.
  ///
  /// @param name of a folder in this one, or nothing for this one itself
  /// @param note what the tables are
  /// @param notes on parameters, by name
  SuiteDraft suite(String name, SearchSpace space, String note, Map<String, String> notes) throws IOException {
    Path folder = Files.createDirectories(draft.resolve(FileName.of(name)));
    suites.add(folder);
    ObjectNode json = Json.object().put("note", note);
    json.set("parameters", SpaceJson.of(space));
    json.get("parameters").forEach(p -> {
      String text = notes.get(p.path("name").asText());
      if (text != null) {
        ((ObjectNode) p).put("note", text);
      }
    });
    Files.writeString(folder.resolve("space.json"), json.toPrettyString() + "\n");
    return new SuiteDraft(folder, name.isEmpty() ? "" : name + "/", space, this);
  }

  void note(String line) {
    lines.accept(line);
  }

  void add(TableResult result) {
    results.add(result);
    lines.accept(result.text());
  }

  List<TableResult> results() {
    return List.copyOf(results);
  }

  List<TableResult.Written> written() {
    return results.stream().filter(TableResult.Written.class::isInstance).map(TableResult.Written.class::cast).toList();
  }

  /// Moves what was written to its place.
  void keep() throws IOException {
    for (Path suite : suites) {
      if (!hasTables(suite)) {
        delete(suite);
      }
    }
    Files.move(draft, place);
  }

  private static boolean hasTables(Path suite) throws IOException {
    try (Stream<Path> files = Files.list(suite)) {
      return files.anyMatch(f -> f.toString().endsWith(".csv"));
    }
  }

  /// Deletes a folder with all in it.
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Deletes what was not kept.
  @Override
  public void close() throws IOException {
    if (Files.exists(draft)) {
      delete(draft);
    }
  }
}
