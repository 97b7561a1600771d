package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxima.cli.InputException;
import proxima.cli.TextFile;
import proxima.prior.PriorJson;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.space.HistoryJson;
import proxima.space.JsonFields;
import proxima.space.TaskHistory;

/// Reads prior runs from wherever they are: the folder of a run, finished or not, a file of `learn-space`, or a task history.
final class PriorSources {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PriorSources() {}

  /// All of them.
  /// @throws InputException with a line for each that can not be used.
  static PriorRuns read(PriorConfig config) {
    List<PriorRun> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path source : config.from()) {
      try {
        runs.addAll(read(source));
      } catch (InputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return new PriorRuns(runs, config.shared());
  }

  /// The runs of one source.
  /// @throws InputException if there is none, or it can not be read.
  static List<PriorRun> read(Path source) {
    if (!Files.exists(source)) {
      throw new InputException(source + ": no such file or folder; a prior is a run folder, a file that `learn-space` wrote or a task history");
    }
    return Files.isDirectory(source) ? List.of(RunHistory.read(new RunFolder(source))) : file(source);
  }

  private static List<PriorRun> file(Path file) {
    String text = TextFile.recorded(file);
    try {
      if (MAPPER.readTree(text).path("format").asText().equals(PriorJson.FORMAT)) {
        return PriorJson.read(text).runs();
      }
      TaskHistory history = HistoryJson.read(text);
      return List.of(new PriorRun.Plain(history.task(), file.toString(), history));
    } catch (JsonProcessingException e) {
      throw new InputException(file + JsonFields.place(e) + ": is not JSON: " + JsonFields.fault(e));
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }
}
