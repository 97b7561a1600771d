package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.store.Lease;
import proxima.store.Leases;
import proxima.store.Store;
import proxima.strategy.RandomStrategy;
import proxima.study.Study;
import proxima.study.StudyEvent;
import proxima.study.Trial;
import proxima.study.TrialResult;

class SharedRunTest {

  @TempDir private Path folder;

  private String config(String more) throws IOException {
    return config("runs.db", more);
  }

  private String config(String store, String more) throws IOException {
    return Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": $(( ({n} - 7) * ({n} - 7) ))}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 12, finalists: 2, seeds: 2}
        strategy: random
        store: %s
        """.formatted(store) + more).toString();
  }

  /// The same, whose trainings wait until a file is there.
  private String waiting(String store, Path go, String more) throws IOException {
    Path config = Path.of(config(store, more));
    return Files.writeString(config, Files.readString(config).replace("'echo", "'until [ -e " + go + " ]; do sleep 0.02; done; echo")).toString();
  }

  private String store() {
    return folder.resolve("runs.db").toString();
  }

  enum Kind {
    SQLITE {
      @Override
      String store(Path folder) {
        return folder.resolve("runs.db").toString();
      }

      @Override
      void execute(String store, String sql) {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store);
            Statement s = c.createStatement()) {
          for (String one : sql.split(";", -1)) {
            s.execute(one.replaceAll("proxima_(run|event|lease)", "$1"));
          }
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    },
    POSTGRESQL {
      @Override
      String store(Path folder) {
        return Postgres.store();
      }

      @Override
      void execute(String store, String sql) {
        Postgres.execute(store, sql);
      }
    };

    /// The name of one that is empty.
    abstract String store(Path folder);

    /// Runs statements, in which tables are called as in PostgreSQL.
    abstract void execute(String store, String sql);
  }

  /// Waits until so many work on trials of a phase.
  private static void awaitHands(Store store, int count, Started... all) throws InterruptedException {
    try (Leases leases = store.leases("reader")) {
      while (leases.of("shell/search").stream().filter(Lease::isLive).map(Lease::holder).distinct().count() < count) {
        List.of(all).forEach(Started::checkRuns);
        Thread.sleep(20);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  void severalProcessesFinishARunTogetherAndEachTrialOnce(Kind kind) throws Exception {
    String name = kind.store(folder);
    Path go = folder.resolve("go");
    Path run = folder.resolve("run");
    Started leader = Started.line("tune", waiting(name, go, "workers: 1\n"), "--out", run.toString(), "--json");
    leader.awaitError("others join with: ./proxima worker --store " + name + " --study shell");
    String[] worker = {"worker", "--store", name, "--study", "shell", "--workers", "2", "--json"};
    List<Started> workers = List.of(Started.line(worker), Started.line(worker));
    try (Store store = Store.open(name)) {
      awaitHands(store, 3, leader, workers.get(0), workers.get(1));
      Files.createFile(go);
      Ended led = leader.end();
      assertThat(led.code()).as(led.err()).isEqualTo(Exit.DONE);
      for (Started w : workers) {
        Ended ended = w.end();
        assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).containsPattern("worker \\d+@\\S+ \\(proxima " + Version.PROXIMA + ", \\d+ processors?\\) joins run 'shell' in store");
        assertThat(ended.json().get("told").intValue()).isPositive();
      }
      JsonNode status = Ended.run("status", "--store", name, "--study", "shell", "--json").json();
      assertThat(status.get("finished").booleanValue()).isTrue();
      assertThat(status.get("trials").intValue()).isEqualTo(12 + 4 + 2);
      assertThat(status.get("workers")).hasSize(3);
      int sum = 0;
      for (JsonNode w : status.get("workers")) {
        assertThat(w.get("running").intValue()).isZero();
        sum += w.get("told").intValue();
      }
      assertThat(sum).isEqualTo(12 + 4 + 2);
      assertThat(Study.stored(store, "shell/search").orElseThrow().trials()).hasSize(12).noneMatch(TrialResult::isPending);
    }
    Path elsewhere = folder.resolve("elsewhere");
    assertThat(Ended.run("report", "--store", name, "--study", "shell", "--out", elsewhere.toString()).code()).isEqualTo(Exit.DONE);
    assertThat(elsewhere.resolve("report.html")).content().contains("shell");
    assertThat(Ended.run("status", elsewhere.toString()).out()).contains("shell: finished", "search   12 of 12", "worker ");
    assertThat(elsewhere.resolve("result.json")).as("the leader's alone").doesNotExist();
    Ended resumed = Ended.run("resume", elsewhere.toString());
    assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.DONE);
    assertThat(result(elsewhere)).isEqualTo(result(run));
  }

  private static String result(Path run) throws IOException {
    return Files.readString(run.resolve("result.json")).replaceAll("\"(saved)?[sS]econds\".*", "");
  }

  @Test
  void aRunThatAnotherProcessLeadsIsWaitedForAndADeadLeaderIsReplaced() throws Exception {
    String config = config("");
    try (Store store = Store.open(store());
        Leases other = store.leases("1234@elsewhere-ab12")) {
      assertThat(other.take("shell", RunStore.LEAD)).isTrue();
      Started leader = Started.line("tune", config, "--out", folder.resolve("run").toString());
      leader.awaitError("proxima: waiting 31 s, to see whether 1234@elsewhere-ab12 is still there");
      assertThat(leader.isDone()).isFalse();
      Kind.SQLITE.execute(store(), "UPDATE proxima_lease SET ends = ends - 3600");
      Ended led = leader.end();
      assertThat(led.code()).as(led.err()).isEqualTo(Exit.DONE);
    }
  }

  @Test
  void aRunOfAnotherVersionIsLeftToIt() throws IOException {
    Path config = Path.of(config(""));
    try (Store store = Store.open(store())) {
      assertThat(store.runs().describe("shell", new RunDescription("0.0.1", Files.readString(config), config.toString(), Optional.empty(), Optional.empty()).json())).isTrue();
    }
    for (List<String> line : List.of(List.of("worker", "--store", store(), "--study", "shell"), List.of("tune", config.toString(), "--out", folder.resolve("run").toString()))) {
      Ended ended = Ended.run(line.toArray(String[]::new));
      assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(ended.err().strip()).isEqualTo("proxima: run 'shell' in store " + store() + " was begun by proxima 0.0.1, and this is " + Version.PROXIMA + "; use the version that began it");
    }
    try (Store store = Store.open(store())) {
      assertThat(Study.stored(store, "shell/search")).isEmpty();
    }
  }

  @Test
  void theCommandToJoinIsForAShell() {
    try (Store store = Store.open(store())) {
      assertThat(new RunStore(store, "postgresql://me@h:5432/d", "q").join()).isEqualTo("./proxima worker --store postgresql://me@h:5432/d --study q");
      assertThat(new RunStore(store, "postgresql://h/d?sslmode=require&sslrootcert=it's", "q").join())
          .isEqualTo("./proxima worker --store 'postgresql://h/d?sslmode=require&sslrootcert=it'\\''s' --study q");
    }
  }

  /// README's statements, of this run.
  private static String deletion() throws IOException {
    Matcher statements = Pattern.compile("DELETE FROM proxima_run[^`]*").matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(statements.find()).isTrue();
    return statements.group().replace("cluster", "shell");
  }

  /// The last line of a leader under whom statements were carried out.
  private String lineAfter(Kind kind, String name, String more, String sql) throws Exception {
    Path go = folder.resolve("go");
    Started leader = Started.line("tune", waiting(name, go, more), "--out", folder.resolve("run").toString());
    try (Store store = Store.open(name)) {
      leader.awaitError("others join with");
      awaitHands(store, 1, leader);
      kind.execute(name, sql);
      Files.createFile(go);
      Ended led = leader.end();
      assertThat(led.code()).as(led.err()).isEqualTo(Exit.BAD_INPUT);
      return led.err().lines().toList().getLast();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  void aRunThatIsDeletedUnderItsWorkersIsOneLine(Kind kind) throws Exception {
    String name = kind.store(folder);
    assertThat(lineAfter(kind, name, "", "DELETE FROM proxima_run"))
        .isEqualTo("proxima: run 'shell' in store " + name + " was deleted while it was worked on; restore the store from a copy, or begin the run again with ./proxima tune");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  void aRunThatLosesItsTrialsUnderItsWorkersIsOneLine(Kind kind) throws Exception {
    String name = kind.store(folder);
    assertThat(lineAfter(kind, name, "workers: 1\n", "DELETE FROM proxima_event"))
        .isEqualTo("proxima: run 'shell' in store " + name + " was deleted in part, or replaced by an older copy, while it was worked on (study 'shell/search' holds 0 events, not 2);"
            + " restore the store from a copy, or go on with what it holds by the same command");
  }

  @Test
  void theFolderOfARunThatWasDeletedKeepsItsReport() throws IOException {
    String config = config("");
    Path run = folder.resolve("run");
    assertThat(Ended.run("tune", config, "--out", run.toString()).code()).isEqualTo(Exit.DONE);
    String report = Files.readString(run.resolve("report.html"));
    Kind.SQLITE.execute(store(), deletion());
    String csv = folder.resolve("trials.csv").toString();
    for (List<String> line : List.of(List.of("status", run.toString()), List.of("status", run.toString(), "--follow"), List.of("report", run.toString()), List.of("export", run.toString(), "-o", csv))) {
      Ended ended = Ended.run(line.toArray(String[]::new));
      assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(ended.err().strip()).isEqualTo("proxima: store " + store() + " has no run 'shell' any more; restore the store from a copy, or begin the run again with ./proxima tune");
      assertThat(ended.out()).isEmpty();
    }
    assertThat(run.resolve("report.html")).hasContent(report);
    assertThat(Ended.run("tune", config, "--out", run.toString()).code()).as("begun again").isEqualTo(Exit.DONE);
  }

  /// As one that a program from before there were checksums wrote.
  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  void aDescriptionThatIsNoneIsOneLineOfEveryCommand(Kind kind) throws IOException {
    String name = kind.store(folder);
    String config = config(name, "");
    assertThat(Ended.run("tune", config, "--out", folder.resolve("run").toString()).code()).isEqualTo(Exit.DONE);
    for (String[] fault : new String[][] {{"garbage", "is no JSON: "}, {"{}", "needs the field 'version'"}}) {
      kind.execute(name, "UPDATE proxima_run SET crc = NULL, description = '" + fault[0] + "'");
      for (List<String> line : List.of(
          List.of("status", "--store", name, "--study", "shell"), List.of("report", "--store", name, "--study", "shell", "--out", folder.resolve("other").toString()),
          List.of("worker", "--store", name, "--study", "shell"), List.of("resume", folder.resolve("run").toString()))) {
        Ended ended = Ended.run(line.toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.BAD_INPUT);
        assertThat(ended.err().strip()).startsWith("proxima: store " + name + " is damaged (run 'shell': the description of the run " + fault[1])
            .endsWith("); nothing was changed: restore it from a copy, or delete that run and begin it again").doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  void aRunIsDeletedAsThereIsWritten(Kind kind) throws Exception {
    String name = kind.store(folder);
    Path go = folder.resolve("go");
    String config = waiting(name, go, "");
    String run = folder.resolve("run").toString();
    Started leader = Started.line("tune", config, "--out", run);
    try (Store store = Store.open(name)) {
      leader.awaitError("others join with");
      awaitHands(store, 1, leader);
      store.append("SHELL/search", 0, new StudyEvent.Created("another run", SearchSpace.of(Parameter.real("x", 0, 1)), 1, "random"));
      kind.execute(name, deletion());
      assertThat(store.read("SHELL/search", 0)).as("a run of a name that is alike").hasSize(1);
      Files.createFile(go);
      Ended led = leader.end();
      assertThat(led.code()).as(led.err()).isEqualTo(Exit.BAD_INPUT);
      assertThat(led.err().lines().toList().getLast())
          .isEqualTo("proxima: run 'shell' in store " + name + " was deleted while it was worked on; restore the store from a copy, or begin the run again with ./proxima tune");
      kind.execute(name, deletion());
      assertThat(store.runs().names()).isEmpty();
      for (String phase : List.of("search", "select", "confirm")) {
        assertThat(store.read("shell/" + phase, 0)).isEmpty();
      }
    }
    Ended again = Ended.run("tune", config, "--out", folder.resolve("again").toString());
    assertThat(again.code()).as(again.err()).isEqualTo(Exit.DONE);
  }

  /// Some 12 seconds, and not the five minutes for which a store is waited for.
  @Test
  @Tag("slow")
  void whoIsStoppedWhileItsStoreIsAwayDoesNotWaitForIt() throws Exception {
    EmbeddedPostgres server = Postgres.start();
    String name = "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(InputStream.nullInputStream(), said, said, false, false);
    CountDownLatch isTaken = new CountDownLatch(1);
    Objective endless = (_, _) -> {
      isTaken.countDown();
      new CountDownLatch(1).await();
      return Outcome.of(1);
    };
    FutureTask<Boolean> leader = new FutureTask<>(() -> {
      try (RunStore store = RunStore.open(name, "shell", terminal);
          Study study = Study.open(store, "search", SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), "random", 1);
          Worker worker = Worker.leading(store, terminal)) {
        assertThat(store.store().runs().describe("shell", "{}")).isTrue();
        try (Runner runner = new SharedRunner(endless, store, worker.leases(), 2, new Silent(), Duration.ofMillis(5))) {
          runner.run("search", study, 9, t -> new Job("t-" + t.number(), t.configuration(), new ModuleSettings(List.of()), new Scale(1, 1, 1, 1), 1));
        }
        return false;
      } catch (InterruptedException e) {
        return true;
      }
    });
    Thread thread = Thread.ofPlatform().start(leader);
    isTaken.await();
    server.close();
    for (int i = 0; !err.toString(StandardCharsets.UTF_8).contains("waiting for it for 5 minutes"); i++) {
      assertThat(i).as("a minute without a word of the store").isLessThan(600);
      Thread.sleep(100);
    }
    thread.interrupt();
    assertThat(leader.get(60, TimeUnit.SECONDS)).as("interrupted").isTrue();
  }

  @Test
  void aHostOnWhichAllFailsLeavesTheRunToOthers() throws Exception {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1));
    try (RunStore store = new RunStore(Store.open(store()), store(), "shell");
        Study study = Study.open(store, "search", space, new RandomStrategy(), "random", 1)) {
      assertThat(store.store().runs().describe("shell", "{}")).isTrue();
      study.tell(study.ask().number(), Outcome.of(1));
      try (Worker worker = Worker.joining(store);
          Runner runner = worker.runner((_, _) -> new Outcome.Failed("no such file"), 1, new Silent())) {
        Function<Trial, Job> job = t -> new Job("t-" + t.number(), t.configuration(), new ModuleSettings(List.of()), new Scale(1, 1, 1, 1), 1);
        assertThatThrownBy(() -> runner.run("search", study, 20, job)).isInstanceOf(InputException.class)
            .hasMessage("the first 3 trials of this process failed, and it takes no more; others go on with the run; the last one: no such file");
      }
      assertThat(study.trials()).hasSize(4);
    }
  }

  @Test
  void aWorkerWhoseTextIsAnotherIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "so it was where the run began\n".repeat(100));
    Path config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: transformer, data: {text: text.txt}, heads: 1, sequence: 16}
        scale: {width: 16, depth: 1, batch: 64, tokens: 640}
        space: {perModule: {learningRate: 2}}
        budget: {global: 0, perModule: 1, finalists: 1, seeds: 1}
        store: runs.db
        """);
    try (RunStore store = new RunStore(Store.open(store()), store(), "shell")) {
      store.begin(RunDescription.of(config, Optional.empty()).withData(RunConfigReader.read(config, config)));
    }
    Files.writeString(text, "and so it is here, on this host\n".repeat(100));
    Ended worker = Ended.run("worker", "--store", store(), "--study", "shell");
    assertThat(worker.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(worker.err().strip())
        .isEqualTo("proxima: run 'shell' in store " + store() + " can not be worked on from here: " + text + " is another file than where the run began; files that its configuration names must be the same on every host");
    Ended leader = Ended.run("tune", config.toString(), "--out", folder.resolve("run").toString());
    assertThat(leader.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(leader.err()).contains("run 'shell' in store " + store() + ": " + text + " is another file than where the run began; files that its configuration names must be the same on every host");
    Files.writeString(text, "so it was where the run began\n".repeat(100));
    assertThat(Ended.run("worker", "--store", store(), "--study", "shell").code()).isEqualTo(Exit.DONE);
  }

  @Test
  void aFileThatAWorkersHostLacksIsNamedWithTheMend() throws IOException {
    Path text = Files.writeString(folder.resolve("letters.txt"), "abc ".repeat(1000));
    Path list = Files.writeString(folder.resolve("layers.yaml"), "- {name: blocks.0.attn.q, role: hidden, fanIn: 64, fanOut: 64, block: 0, type: attn.q}\n");
    Path program = Files.createFile(folder.resolve("train.sh"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    begin("text", "objective: {kind: transformer, data: {text: letters.txt}}");
    begin("modules", "objective: {kind: command, command: [./train.sh], modules: layers.yaml}");
    for (Path file : List.of(text, list, program)) {
      Files.delete(file);
    }
    String mend = "; files that its configuration names must lie at the same paths on every host";
    assertThat(worker("text")).isEqualTo("proxima: run 'text' in store " + store() + ", configuration:1: objective.data: text file " + text + " does not exist" + mend);
    assertThat(worker("modules")).isEqualTo("proxima: " + list + ": no such file" + mend);
    Files.writeString(list, "- {name: blocks.0.attn.q, role: hidden, fanIn: 64, fanOut: 64, block: 0, type: attn.q}\n");
    assertThat(worker("modules")).isEqualTo("proxima: run 'modules' in store " + store() + " can not be worked on from here: command: no program " + folder.resolve("./train.sh") + mend);
  }

  /// Describes a run in the store, as its leader does.
  private void begin(String name, String objective) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), objective + "\nscale: {width: 64, depth: 1, batch: 64, tokens: 640}\nspace: {perModule: {learningRate: 2}}\nstore: runs.db\n");
    RunConfigReader.read(file, file);
    try (RunStore store = new RunStore(Store.open(store()), store(), name)) {
      store.begin(RunDescription.of(file, Optional.empty()));
    }
  }

  private String worker(String run) {
    Ended ended = Ended.run("worker", "--store", store(), "--study", run);
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    return ended.err().strip();
  }

  @Test
  void aStoreThatCanNotBeReachedLeavesNoRunFolder() throws IOException {
    Path config = Path.of(config(""));
    String good = Files.readString(config);
    Files.writeString(config, good.replace("runs.db", "postgresql://me@localhost:1/db"));
    String out = folder.resolve("run").toString();
    assertThat(Ended.run("tune", config.toString(), "--out", out).err()).contains("cannot be reached");
    Files.writeString(config, good);
    assertThat(Ended.run("tune", config.toString(), "--out", out).code()).isEqualTo(Exit.DONE);
  }

  @Test
  void aReportIsNotMadeInTheFolderOfAnotherRun() throws IOException {
    String config = config("");
    String out = folder.resolve("run").toString();
    assertThat(Ended.run("tune", config, "--out", out).code()).isEqualTo(Exit.DONE);
    Path other = Files.copy(Path.of(config), folder.resolve("other.yaml"));
    assertThat(Ended.run("tune", other.toString(), "--out", folder.resolve("second").toString()).code()).isEqualTo(Exit.DONE);
    Files.writeString(folder.resolve("second/config.yaml"), Files.readString(other) + "seed: 5\n");
    Ended ended = Ended.run("report", "--store", store(), "--study", "shell", "--out", folder.resolve("second").toString());
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo("proxima: " + folder.resolve("second") + ": holds another run than run 'shell' in store " + store() + "; give another folder with --out");
  }

  @Test
  void whatDoesNotFitIsOneLine() throws IOException {
    Path first = Path.of(config(""));
    assertThat(Ended.run("tune", first.toString(), "--out", folder.resolve("run").toString()).code()).isEqualTo(Exit.DONE);
    config("seed: 2\n");
    Ended other = Ended.run("tune", first.toString(), "--out", folder.resolve("other").toString());
    assertThat(other.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(other.err().strip())
        .isEqualTo("proxima: run 'shell' in store " + store() + " has another configuration than this one (seed: there nothing, here 2); give this one another name, or join that one with: ./proxima worker --store " + store() + " --study shell");
    assertThat(Ended.run("tune", first.toString(), "--out", folder.resolve("run").toString()).err()).contains("holds a run of another configuration");
    Ended misspelt = Ended.run("worker", "--store", store(), "--study", "shel");
    assertThat(misspelt.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(misspelt.err().strip()).isEqualTo("proxima: --study: store " + store() + " has no run 'shel'; did you mean 'shell'?; there are shell");
    assertThat(Ended.run("worker", "--store", store() + "x", "--study", "shell").err().strip()).startsWith("proxima: --store: there is no file " + store() + "x; begin a run in it");
    assertThat(Path.of(store() + "x")).doesNotExist();
    assertThat(Ended.run("status").err().strip()).isEqualTo("proxima: give a run folder, such as runs/quickstart, or both --store and --study");
    assertThat(Ended.run("status", "run", "--store", store(), "--study", "shell").err().strip()).isEqualTo("proxima: RUN: a run folder already says where its run is; leave out --store, or the folder");
    assertThat(Ended.run("status", "--store", store()).err().strip()).isEqualTo("proxima: --study: is missing; a run in a store is given by both --store and --study");
    assertThat(Ended.run("worker", "--store", "postgresql://me:secret@localhost/db", "--study", "shell").err().strip())
        .isEqualTo("proxima: store: a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass");
    for (String name : List.of("host=127.0.0.1 user=u password=secretpw dbname=x", "me:secretpw@localhost/db", "postgresql:/me:secretpw@localhost/db")) {
      for (List<String> line : List.of(List.of("worker", "--store", name, "--study", "shell"), List.of("status", "--store", name, "--study", "shell"))) {
        assertThat(Ended.run(line.toArray(String[]::new)).err()).startsWith("proxima: --store: a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], its password in PGPASSWORD or ~/.pgpass").doesNotContain("secretpw");
      }
      Files.writeString(first, "store: " + name + "\n");
      assertThat(Ended.run("tune", first.toString()).err()).contains("shell.yaml:1: store: a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], its password in PGPASSWORD").doesNotContain("secretpw");
    }
    Files.writeString(first, "store: postgresql://me:secret@localhost/db\n");
    assertThat(Ended.run("tune", first.toString()).err()).contains("shell.yaml:1: store: a store's name takes no password").doesNotContain("secret");
  }
}
