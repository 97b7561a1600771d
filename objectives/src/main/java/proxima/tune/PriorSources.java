package proxima.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import proxima.cli.InputException;
import proxima.cli.TextFile;
import proxima.prior.PriorJson;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.prior.ScaleContext;
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
    boolean shared = config.shared();
    for (Path source : config.from()) {
      try {
        PriorRuns read = read(source);
        runs.addAll(read.runs());
        shared |= read.shared();
      } catch (InputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return new PriorRuns(runs, shared);
  }

  /// The runs of one source, to be shared where the file of `learn-space` says so.
  /// @throws InputException if there is none, or it can not be read.
  static PriorRuns read(Path source) {
    if (!Files.exists(source)) {
      throw new InputException(source + ": no such file or folder; a prior is a run folder, a file that `learn-space` wrote or a task history");
    }
    if (!Files.isDirectory(source)) {
      return file(source);
    }
    RunFolder folder = new RunFolder(source);
    if (!Files.exists(folder.config())) {
      throw new InputException(source + ": is no run folder, as it has no config.yaml; give its histories themselves, such as " + source.resolve("*.json") + ", or make some of another program's results: import-history");
    }
    return new PriorRuns(List.of(RunHistory.read(folder)), false);
  }

  /// Whether `learn-space` has written a file, as far as that shows.
  static boolean isPrior(Path file) {
    try {
      return MAPPER.readTree(TextFile.recorded(file)).path("format").asText().equals(PriorJson.FORMAT);
    } catch (JsonProcessingException | InputException e) {
      return false;
    }
  }

  private static PriorRuns file(Path file) {
    String text = text(file);
    try {
      if (MAPPER.readTree(text).path("format").asText().equals(PriorJson.FORMAT)) {
        PriorRuns runs = PriorJson.read(text);
        runs.runs().forEach(PriorSources::check);
        return runs;
      }
      TaskHistory history = HistoryJson.read(text);
      var run = new PriorRun.Plain(history.task(), file.toString(), history);
      check(run);
      return new PriorRuns(List.of(run), false);
    } catch (JsonProcessingException e) {
      throw new InputException(file + JsonFields.place(e) + ": is not JSON: " + JsonFields.fault(e));
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }

  /// @throws InputException if it can be none of what is read here
  private static String text(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String found = name.endsWith(".csv") ? "csv " + file : name.endsWith(".db") || name.endsWith(".sqlite") || name.endsWith(".sqlite3") ? "optuna " + file : "";
    if (!found.isEmpty()) {
      throw new InputException(file + ": is no task history; make one of it: import-history " + found + " --out histories");
    }
    String text = TextFile.recorded(file);
    if (text.isBlank()) {
      throw new InputException(file + ": is empty; a task history is what import-history writes");
    }
    return text;
  }

  /// @throws IllegalArgumentException if a history says a scale that is none.
  private static void check(PriorRun run) {
    try {
      if (run instanceof PriorRun.Plain plain) {
        ScaleContext.scale(plain.history());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the context of '" + run.name() + "' says no scale: " + e.getMessage(), e);
    }
  }
}
