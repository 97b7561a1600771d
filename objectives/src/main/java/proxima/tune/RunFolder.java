package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.study.SqliteJournal;
import proxima.study.Study;

/// The folder of one run.
///
/// | file | what |
/// |---|---|
/// | `config.yaml` | the configuration, as it was given |
/// | `config.path` | where that file lay, against which its relative paths are read |
/// | `study.db` | the journal: everything asked and told |
/// | `run.lock` | the process that is working on the run, while there is one |
/// | `log.csv` | a line for each trial, with its time |
/// | `jobs/` | files of the user's command |
/// | `result.json` | the outcome, once there is one |
/// | `report.html` | for people, with its pictures beside it |
record RunFolder(Path path) {

  /// The parameter RUN.
  static PositionalParamSpec parameter() {
    return PositionalParamSpec.builder().index("0").paramLabel("RUN").type(Path.class).required(true).description("The run folder, such as runs/quickstart.").build();
  }

  /// The folder named by the parameter RUN.
  static RunFolder of(ParseResult arguments) {
    return new RunFolder(arguments.matchedPositionalValue(0, Path.of("")));
  }

  boolean isFinished() {
    return Files.exists(result());
  }

  Path config() {
    return path.resolve("config.yaml");
  }

  Path journal() {
    return path.resolve("study.db");
  }

  Path log() {
    return path.resolve("log.csv");
  }

  Path jobs() {
    return path.resolve("jobs");
  }

  Path result() {
    return path.resolve("result.json");
  }

  Path report() {
    return path.resolve("report.html");
  }

  /// Makes the folder for this configuration file, in place of a run of which nothing is known yet.
  /// @throws InputException if the folder holds a run of another configuration, or can not be written.
  void create(Path configFile) {
    try {
      String text = Files.readString(configFile);
      if (Files.exists(config())) {
        if (Files.readString(config()).equals(text)) {
          return;
        }
        if (isKnown()) {
          throw new InputException(
              path + ": holds a run of another configuration than " + configFile + "; give another folder with --out, or delete this one, or resume it with: ./proxima resume " + path);
        }
        clear();
      }
      Files.createDirectories(path);
      write(path.resolve("config.path"), configFile.toAbsolutePath().normalize().toString());
      write(config(), text);
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be written: " + e.getMessage());
    }
  }

  /// Whether a trial has told something of its configuration.
  private boolean isKnown() {
    if (!Files.exists(journal())) {
      return false;
    }
    try (SqliteJournal journal = SqliteJournal.open(journal())) {
      return TuningRun.SEARCHES.stream().flatMap(phase -> Study.stored(journal, phase).stream()).anyMatch(s -> s.knowledge().informative() > 0);
    }
  }

  private void clear() throws IOException {
    try (FolderLock _ = FolderLock.take(path)) {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(journal().resolveSibling(journal().getFileName() + suffix));
      }
      Files.deleteIfExists(log());
    }
  }

  /// The configuration of the run in this folder; relative paths in it are read against the place it was given from.
  /// @throws InputException if there is no run here, or one line for each problem of its configuration.
  RunConfig read() {
    if (!Files.exists(config())) {
      throw new InputException(path + ": holds no run: there is no " + config() + "; start one with: ./proxima tune CONFIG");
    }
    try {
      Path given = Path.of(Files.readString(path.resolve("config.path")).strip());
      return RunConfigReader.read(config(), given);
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be read: " + e.getMessage());
    }
  }

  /// Writes a file in one step: a reader sees the old one or the new one, also after a crash.
  static void write(Path file, String text) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(whole, text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
