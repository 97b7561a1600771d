package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

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

  /// Makes the folder for this configuration file.
  /// @throws InputException if the folder holds a run of another configuration, or can not be written.
  void create(Path configFile) {
    try {
      String text = Files.readString(configFile);
      if (Files.exists(config())) {
        if (!Files.readString(config()).equals(text)) {
          throw new InputException(
              path + ": holds a run of another configuration than " + configFile + "; give another folder with --out, or delete this one, or resume it with: ./proxima resume " + path);
        }
        return;
      }
      Files.createDirectories(path);
      write(path.resolve("config.path"), configFile.toAbsolutePath().normalize().toString());
      write(config(), text);
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be written: " + e.getMessage());
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
