package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.TextFile;
import proxima.cli.Version;
import proxima.cli.WholeFile;
import proxima.study.SqliteJournal;
import proxima.study.Study;

/// The folder of one run.
///
/// | file | what |
/// |---|---|
/// | `config.yaml` | the configuration, as it was given |
/// | `config.path` | where that file lay, against which its relative paths are read |
/// | `data.digest` | what tells the text or modules file that it names from others, as it was when the run began |
/// | `prior.json` | what it learns from, where it has prior runs |
/// | `study.db` | the journal: everything asked and told |
/// | `run.lock` | the process that is working on the run, while there is one |
/// | `log.csv` | a line for each trial, with its time |
/// | `spark.log` | what Spark logs, where its executors evaluate trials |
/// | `jobs/` | files of the user's command |
/// | `result.json` | the outcome, once there is one |
/// | `report.html` | for people, with its pictures beside it |
record RunFolder(Path path) {

  /// What is to be mended where a run that was begun elsewhere lacks a file.
  static final String SAME_PATHS = "; files that its configuration names must lie at the same paths on every host";

  /// What may lie in the folder of a run before its configuration.
  private static final List<String> BEFORE = List.of("config.path", "data.digest", "prior.json", "run.lock", "jobs", "spark.log");

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

  /// The journal, to work on.
  /// @throws InputException if it is gone
  SqliteJournal openJournal() {
    return openJournal(SqliteJournal::open);
  }

  /// The same, to look at.
  SqliteJournal openJournalToRead() {
    return openJournal(SqliteJournal::openToRead);
  }

  private SqliteJournal openJournal(Function<Path, SqliteJournal> opener) {
    boolean hasResults = hasResults();
    if (hasResults && !Files.exists(journal())) {
      throw gone();
    }
    SqliteJournal journal = opener.apply(journal());
    if (hasResults && journal.isEmpty()) {
      journal.close();
      throw gone();
    }
    return journal;
  }

  /// What was trained at the cost of hours is neither begun again unasked nor reported as nothing.
  private InputException gone() {
    return new InputException(journal() + ": is gone, or empty, and the run's results are here; restore it from a copy, or delete the folder and tune again");
  }

  /// Whether trainings have left anything here beside the journal.
  boolean hasResults() {
    return isFinished() || !TrialLog.read(log()).isEmpty();
  }

  Path log() {
    return path.resolve("log.csv");
  }

  Path prior() {
    return path.resolve("prior.json");
  }

  private Path data() {
    return path.resolve("data.digest");
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

  /// Whether it holds a run of this configuration file.
  boolean holds(Path configFile) {
    return Files.exists(config()) && difference(configFile).isEmpty();
  }

  private Optional<String> difference(Path configFile) {
    try {
      return ConfigDifference.between(describe(), RunDescription.of(configFile, Optional.empty()));
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be read: " + IoFault.text(e));
    }
  }

  /// Makes the folder for this configuration file, in place of a run of which nothing is known yet.
  /// @param prior what the run learns from; empty for nothing, or for what the folder has where it holds this run
  /// @throws InputException if the folder holds a run of another configuration or prior, or can not be written.
  void create(Path configFile, Optional<Prior> prior) {
    check(configFile, prior);
    RunConfig config = RunConfigReader.read(configFile, configFile);
    try {
      if (isOf(configFile, prior)) {
        if (fault(config).isPresent() && !isKnown()) {
          writeData(RunData.of(config));
        }
        return;
      }
      if (Files.exists(config())) {
        clear();
      }
      create(RunDescription.of(configFile, prior).withData(config));
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be written: " + IoFault.text(e));
    }
  }

  /// @throws InputException if the folder holds a run of another configuration or prior, or files of something else.
  void check(Path configFile, Optional<Prior> prior) {
    foreign().ifPresent(file -> {
      throw new InputException(path + ": holds no run, but other files, such as " + file + "; give another folder with --out");
    });
    if (Files.exists(config()) && !isOf(configFile, prior) && isKnown()) {
      throw new InputException(
          path + ": holds a run of another " + difference(configFile).map(keys -> "configuration than " + configFile + " (" + keys + ")").orElse("prior than the one given")
              + "; give another folder with --out, or delete this one, or resume it with: ./proxima resume " + path);
    }
  }

  /// A file that is there although no run is; what a run leaves that was stopped while it began, or was cleared away, is none.
  private Optional<Path> foreign() {
    if (Files.exists(config()) || !Files.isDirectory(path)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(Path::getFileName).filter(file -> !file.toString().startsWith(".") && !file.toString().endsWith(".part") && !BEFORE.contains(file.toString())).sorted().findFirst();
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be read: " + IoFault.text(e));
    }
  }

  private boolean isOf(Path configFile, Optional<Prior> prior) {
    try {
      return holds(configFile) && (prior.isEmpty() || storedPrior().equals(prior.map(Prior::text)));
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be read: " + IoFault.text(e));
    }
  }

  /// Makes the folder of a run that is described elsewhere.
  /// @throws InputException if the folder can not be written.
  void create(RunDescription run) {
    try {
      write(run);
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be written: " + IoFault.text(e));
    }
  }

  /// The configuration last: with it there is a run here.
  private void write(RunDescription run) throws IOException {
    Files.createDirectories(path);
    WholeFile.write(path.resolve("config.path"), run.given());
    writeData(run.data());
    if (run.prior().isPresent()) {
      WholeFile.write(prior(), run.prior().get());
    } else {
      // Of a run that was begun here and never had a configuration.
      Files.deleteIfExists(prior());
    }
    WholeFile.write(config(), run.configuration());
  }

  private void writeData(Optional<RunData> data) throws IOException {
    if (data.isPresent()) {
      WholeFile.write(data(), data.get().text() + "\n");
    } else {
      Files.deleteIfExists(data());
    }
  }

  /// Of the file that the configuration names, as it was when the run began; empty where there is none, and of runs that programs before this began.
  private Optional<RunData> storedData() {
    if (!Files.exists(data())) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunData.read(TextFile.recorded(data()).strip()));
    } catch (IllegalArgumentException e) {
      throw new InputException(data() + ": is damaged (" + e.getMessage() + "); delete it where you know that the run's text or modules file is the one that it began with");
    }
  }

  /// What is wrong with the file that its configuration names, if anything: that it can not be used any more, or is another than when the run began.
  Optional<String> fault(RunConfig config) {
    Optional<RunData> began = storedData();
    try {
      return RunData.of(config).filter(now -> began.isPresent() && !now.isSame(began.get())).map(_ -> config.objective().file().orElseThrow() + " is another file than when the run began");
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// @throws InputException if the file that its configuration names is not what the run began with
  void checkData(RunConfig config) {
    fault(config).ifPresent(text -> {
      throw new InputException(path + ": " + text + "; put the old one back, or begin a new run with ./proxima tune CONFIG --out DIR");
    });
  }

  /// What others must know to work on this run, but for its data.
  RunDescription describe() {
    try {
      return new RunDescription(Version.PROXIMA, Files.readString(config()), Files.readString(path.resolve("config.path")).strip(), Optional.empty(), storedPrior());
    } catch (IOException e) {
      throw new InputException(path + ": the run folder can not be read: " + IoFault.text(e));
    }
  }

  private Optional<String> storedPrior() throws IOException {
    return Files.exists(prior()) ? Optional.of(Files.readString(prior())) : Optional.empty();
  }

  /// What the run learns from; empty where it has no prior runs.
  /// @throws InputException if it can not be read.
  Optional<Prior> readPrior() {
    try {
      return storedPrior().map(Prior::read);
    } catch (IllegalArgumentException e) {
      throw new InputException(prior() + ": is damaged (" + e.getMessage() + "); put it back, or delete this folder and tune again");
    } catch (IOException e) {
      throw new InputException(prior() + ": can not be read: " + IoFault.text(e));
    }
  }

  /// Whether a trial has told something of its configuration, or may have where others look for it.
  private boolean isKnown() {
    if (isShared()) {
      return true;
    }
    if (!Files.exists(journal()) && !hasResults()) {
      return false;
    }
    try (SqliteJournal journal = openJournal()) {
      return TuningRun.SEARCHES.stream().flatMap(phase -> Study.stored(journal, phase).stream()).anyMatch(s -> s.knowledge().informative() > 0);
    }
  }

  private boolean isShared() {
    try {
      return read().store().isPresent();
    } catch (InputException e) {
      // What can not be read now led to no trial, or to a journal.
      return false;
    }
  }

  private void clear() throws IOException {
    try (FolderLock _ = FolderLock.take(path)) {
      // Before the journal, without which it would say that the journal is gone.
      Files.deleteIfExists(log());
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(journal().resolveSibling(journal().getFileName() + suffix));
      }
      Files.deleteIfExists(prior());
      Files.deleteIfExists(data());
      Files.deleteIfExists(config());
    }
  }

  /// The configuration of the run in this folder; relative paths in it are read against the place it was given from.
  /// @throws InputException if there is no run here, or one line for each problem of its configuration.
  RunConfig read() {
    return read(given -> RunConfigReader.read(config(), given, config().toString(), symbols()));
  }

  /// The same, of a run that was begun on another host, perhaps, whose files must be here.
  /// @param shown what users know the configuration's file by
  RunConfig readElsewhere(String shown) {
    try {
      return read(given -> RunConfigReader.read(config(), given, shown, OptionalInt.empty()));
    } catch (InputException e) {
      throw new InputException(e.problems().stream().map(problem -> problem + SAME_PATHS).toList());
    }
  }

  /// The same, to look at what was found: the files that it names may be gone.
  RunConfig look() {
    return read(given -> RunConfigReader.readToLook(config(), given, symbols()));
  }

  private OptionalInt symbols() {
    return storedData().map(RunData::symbols).orElse(OptionalInt.empty());
  }

  private RunConfig read(Function<Path, RunConfig> reader) {
    if (!Files.exists(config())) {
      throw new InputException(path + ": holds no run: there is no " + config() + "; start one with: ./proxima tune CONFIG");
    }
    Path place = path.resolve("config.path");
    try {
      return reader.apply(Path.of(TextFile.written(place).strip()));
    } catch (InvalidPathException e) {
      throw new InputException(place + ": is damaged (" + e.getMessage() + "); write into it where " + config() + " lay");
    }
  }
}
