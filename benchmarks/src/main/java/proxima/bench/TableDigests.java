package proxima.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.bench.result.Run;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.cli.TextFile;
import proxima.cli.WholeFile;

/// The file beside results that says which tables they are of, a digest for each recorded task: those of one table are not another's of the same name.
record TableDigests(Path file) {

  /// Notes the tables of a suite, before runs on them are written. Of results that are older than this file nothing is known: they are taken for these tables'.
  ///
  /// @param runs that there are
  /// @throws InputException with a line for each task of which there are runs on another table.
  void note(Suite suite, List<Run> runs) throws IOException {
    Set<String> played = runs.stream().map(Run::task).collect(Collectors.toSet());
    ObjectNode known = read();
    ObjectNode noted = known.deepCopy();
    List<String> problems = new ArrayList<>();
    for (TaskEntry task : suite.tasks()) {
      task.digest().ifPresent(digest -> {
        if (played.contains(task.name()) && known.has(task.name()) && !known.path(task.name()).asText().equals(digest)) {
          problems.add(file.resolveSibling("results.csv") + ": has results of another table " + task.name() + "; choose another folder with --out");
        }
        noted.put(task.name(), digest);
      });
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    if (!noted.equals(known)) {
      WholeFile.write(file, noted.toPrettyString() + "\n");
    }
  }

  private ObjectNode read() {
    if (!Files.exists(file)) {
      return Json.object();
    }
    try {
      if (new ObjectMapper().readTree(TextFile.recorded(file)) instanceof ObjectNode known) {
        return known;
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw new InputException(file + ": is not what bench has written; choose another folder with --out");
  }
}
