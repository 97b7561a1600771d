package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Value;
import proxima.study.SqliteJournal;
import proxima.study.Study;

/// Whole command lines on a full disk, on a read-only one, and on journals that are damaged or of a newer program: one line each, and a run that goes on afterwards as if nothing had been.
class RunFaultsTest {

  @TempDir private Path folder;

  private String config(String more) throws IOException {
    return Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'sleep 0.02; echo "{\\"loss\\": $(( ({n} - 7) * ({n} - 7) ))}"']}
        space: {parameters: {n: {integer: [1, 1000]}}}
        budget: {trials: 14, finalists: 1, seeds: 1}
        strategy: random
        workers: 1
        """ + more).toString();
  }

  private static void checkIsOneLine(Ended ended, String... parts) {
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip().lines().toList().getLast()).startsWith("proxima: ").contains(parts);
    assertThat(ended.err()).doesNotContain("Exception", "internal error", "\tat ");
  }

  private static String result(Path run) throws IOException {
    return Files.readString(run.resolve("result.json")).replaceAll("\"(saved)?[sS]econds\".*", "");
  }

  private static List<String> told(Path run) {
    try (SqliteJournal journal = SqliteJournal.open(run.resolve("study.db"))) {
      return Study.stored(journal, "search").stream().flatMap(s -> s.trials().stream()).filter(t -> !t.isPending()).map(t -> t.configuration() + " " + t.outcome()).toList();
    }
  }

  @Test
  void aRunOnAFullDiskGoesOnAsIfItHadNotBeen() throws Exception {
    // The eighth training waits until the disk is full.
    Path calls = folder.resolve("calls");
    Path full = Files.createFile(folder.resolve("full"));
    String config = config("");
    Files.writeString(Path.of(config), Files.readString(Path.of(config)).replace("sleep 0.02;", "echo >> " + calls + "; if [ $(wc -l < " + calls + ") = 8 ]; then until [ -e " + full + " ]; do sleep 0.02; done; fi;"));
    Path whole = folder.resolve("whole");
    assertThat(Ended.run("tune", config, "--out", whole.toString()).code()).isEqualTo(Exit.DONE);
    Files.delete(calls);
    Files.delete(full);
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 4096)) {
      Path run = disk.folder().resolve("run");
      Started tuned = Started.line("tune", config, "--out", run.toString());
      while (!Files.exists(calls) || Files.size(calls) < 8) {
        tuned.checkRuns();
        Thread.sleep(5);
      }
      disk.fill();
      Files.createFile(full);
      checkIsOneLine(tuned.end(), "; ");
      checkIsOneLine(Ended.run("resume", run.toString()), "; ");
      disk.free();
      List<String> kept = told(run);
      assertThat(kept).hasSizeBetween(7, 13);
      Ended resumed = Ended.run("resume", run.toString());
      assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.DONE);
      assertThat(told(run)).startsWith(kept.toArray(String[]::new)).isEqualTo(told(whole));
      assertThat(result(run)).isEqualTo(result(whole));
      assertThat(Ended.run("status", run.toString()).out()).contains("finished", "search   14 of 14");
      disk.makeReadOnly();
      assertThat(Ended.run("status", run.toString()).out()).contains("finished", "search   14 of 14");
      assertThat(Ended.run("export", run.toString(), "-o", folder.resolve("trials.csv").toString()).code()).isEqualTo(Exit.DONE);
      checkIsOneLine(Ended.run("report", run.toString()), "can not be written", "Read-only file system");
      checkIsOneLine(Ended.run("resume", run.toString()), "can not be written", "Read-only file system");
      System.out.printf("Run folder: a full disk and a read-only one, %d trials kept, 0 lost, 0 told twice%n", kept.size());
    }
  }

  /// As of a worker whose own disk is full, and the store's is not: else it would fail all trials that others could have trained.
  @Test
  void whatFailsOnAFullDiskIsNotTheConfigurationsFault() throws Exception {
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 1024)) {
      Path store = folder.resolve("runs.db");
      String config = config("store: " + store + "\n");
      Path run = disk.folder().resolve("run");
      RunConfig read = RunConfigReader.read(Path.of(config), Path.of(config));
      Files.createDirectories(run);
      disk.fill();
      Objective objective = new Experiment(read).objective(new RunFolder(run));
      Job job = new Job("search-0", new Configuration(Map.of("n", new Value.Whole(3))), new ModuleSettings(List.of()), read.scale(), 1);
      assertThatThrownBy(() -> objective.evaluate(job, Monitor.NONE)).isInstanceOf(InputException.class).hasMessage(run + ": the disk is full, and job search-0 failed; free space and go on, that training is then made again");
      disk.free();
      assertThat(objective.evaluate(job, Monitor.NONE)).isInstanceOf(Outcome.Finished.class);
    }
  }

  @Test
  void aStoreOnAReadOnlyDiskCanBeLookedAt() throws Exception {
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 4096)) {
      String store = disk.folder().resolve("runs.db").toString();
      String config = config("store: " + store + "\n");
      assertThat(Ended.run("tune", config, "--out", folder.resolve("run").toString()).code()).isEqualTo(Exit.DONE);
      disk.makeReadOnly();
      assertThat(Ended.run("status", "--store", store, "--study", "shell").out()).contains("shell: finished", "search   14 of 14", "worker ");
      assertThat(Ended.run("status", folder.resolve("run").toString()).out()).contains("shell: finished");
      assertThat(Ended.run("report", "--store", store, "--study", "shell", "--out", folder.resolve("elsewhere").toString()).code()).isEqualTo(Exit.DONE);
      checkIsOneLine(Ended.run("worker", "--store", store, "--study", "shell"), "journal " + store + " cannot be written: the directory " + disk.folder() + " is read-only; give write permission or another path");
    }
  }

  @Test
  void aDamagedOrNewerJournalIsOneLineOfEveryCommand() throws Exception {
    Path run = folder.resolve("run");
    String store = folder.resolve("runs.db").toString();
    assertThat(Ended.run("tune", config(""), "--out", run.toString()).code()).isEqualTo(Exit.DONE);
    Files.delete(run.resolve("result.json"));
    String own = run.resolve("study.db").toString();
    for (String[] fault : new String[][] {
      {"UPDATE event SET payload = replace(payload, 'finished\":', 'finished\":1') WHERE study = 'search' AND seq = 20", "is damaged (study 'search', event 20: it is not what was written", "restore it from a copy"},
      {"PRAGMA user_version = 99", "has version 99, and this program reads versions up to 2", "use the program that wrote it, or a newer one"},
    }) {
      sql(own, fault[0]);
      for (String command : List.of("status", "report", "resume")) {
        checkIsOneLine(Ended.run(command, run.toString()), "journal " + own + " " + fault[1], fault[2]);
      }
      checkIsOneLine(Ended.run("export", run.toString(), "-o", folder.resolve("trials.csv").toString()), fault[1], fault[2]);
      checkIsOneLine(Ended.run("tune", config(""), "--out", run.toString()), fault[1], fault[2]);
    }
    String space = Files.writeString(folder.resolve("space.json"), "[{\"name\": \"n\", \"type\": \"integer\", \"low\": 1, \"high\": 9}]").toString();
    checkIsOneLine(Ended.run("study", space, "--journal", own), "has version 99");

    String shared = config("store: runs.db\n");
    assertThat(Ended.run("tune", shared, "--out", folder.resolve("shared").toString()).code()).isEqualTo(Exit.DONE);
    sql(store, "UPDATE run SET description = replace(description, '[1, 1000]', '[1, 9000]')");
    for (List<String> command : List.of(List.of("worker", "--store", store, "--study", "shell"), List.of("status", "--store", store, "--study", "shell"), List.of("tune", shared, "--out", folder.resolve("shared").toString()))) {
      checkIsOneLine(Ended.run(command.toArray(String[]::new)), "journal " + store + " is damaged (the description of run 'shell' is not what was written, as its checksum shows)");
    }
    sql(store, "PRAGMA user_version = 99");
    for (List<String> command : List.of(
        List.of("worker", "--store", store, "--study", "shell"), List.of("status", "--store", store, "--study", "shell"), List.of("report", "--store", store, "--study", "shell"),
        List.of("tune", shared, "--out", folder.resolve("shared").toString()), List.of("study", space, "--journal", store))) {
      checkIsOneLine(Ended.run(command.toArray(String[]::new)), "journal " + store + " has version 99, and this program reads versions up to 2; use the program that wrote it, or a newer one");
    }
  }

  /// Whether it was deleted, or an empty one stands in its place.
  @ParameterizedTest(name = "empty: {0}")
  @ValueSource(booleans = {false, true})
  void aRunWhoseJournalIsGoneIsNeitherBegunAgainNorReportedAsNothing(boolean isEmpty) throws Exception {
    Path run = folder.resolve("run");
    String config = config("");
    assertThat(Ended.run("tune", config, "--out", run.toString()).code()).isEqualTo(Exit.DONE);
    Path journal = run.resolve("study.db");
    Path kept = Files.copy(journal, folder.resolve("kept.db"));
    Map<String, String> before = texts(run);
    Files.delete(journal);
    if (isEmpty) {
      Files.createFile(journal);
    }
    String other = Files.writeString(folder.resolve("other.yaml"), Files.readString(Path.of(config)).replace("1000", "900")).toString();
    String gone = "proxima: " + journal + ": is gone, or empty, and the run's results are here; restore it from a copy, or delete the folder and tune again";
    String out = folder.resolve("new").toString();
    for (String line : List.of("status RUN", "report RUN", "resume RUN", "export RUN -o " + out + ".csv", "tune " + config + " --out RUN", "tune " + other + " --out RUN", "tune " + other + " --out " + out + " --prior RUN")) {
      Ended ended = Ended.run(line.replace("RUN", run.toString()).split(" "));
      assertThat(ended.code()).as(line).isEqualTo(Exit.BAD_INPUT);
      assertThat(ended.err().strip()).as(line).isEqualTo(gone);
    }
    assertThat(texts(run)).isEqualTo(before);

    Files.copy(kept, journal, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Ended.run("status", run.toString()).out()).contains("finished", "search   14 of 14");
  }

  /// The texts of a run that stay as they are.
  private static Map<String, String> texts(Path run) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String file : List.of("config.yaml", "log.csv", "result.json", "report.html")) {
      texts.put(file, Files.readString(run.resolve(file)));
    }
    return texts;
  }

  private static void sql(String file, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
