package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.store.Leases;
import proxima.store.Store;
import proxima.strategy.RandomStrategy;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.Trial;
import proxima.study.TrialResult;

class SharedRunTest {

  @TempDir private Path folder;

  private String config(String more) throws IOException {
    return Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'sleep 0.05; echo "{\\"loss\\": $(( ({n} - 7) * ({n} - 7) ))}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 12, finalists: 2, seeds: 2}
        strategy: random
        store: runs.db
        """ + more).toString();
  }

  private String store() {
    return folder.resolve("runs.db").toString();
  }

  @Test
  void severalProcessesFinishARunTogetherAndEachTrialOnce() throws Exception {
    String config = config("workers: 1\n");
    String out = folder.resolve("run").toString();
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      Future<Ended> leader = pool.submit(() -> Ended.run("tune", config, "--out", out, "--json"));
      while (!isBegun()) {
        Thread.sleep(20);
      }
      Callable<Ended> worker = () -> Ended.run("worker", "--store", store(), "--study", "shell", "--workers", "2", "--json");
      List<Future<Ended>> workers = List.of(pool.submit(worker), pool.submit(worker));
      Ended led = leader.get();
      assertThat(led.code()).as(led.err()).isEqualTo(Exit.DONE);
      assertThat(led.err()).contains("others join with: ./proxima worker --store " + store() + " --study shell");
      int told = 0;
      for (Future<Ended> w : workers) {
        assertThat(w.get().code()).as(w.get().err()).isEqualTo(Exit.DONE);
        assertThat(w.get().err()).contains("joins run 'shell' in store");
        told += w.get().json().get("told").intValue();
      }
      assertThat(told).isPositive();
      JsonNode status = Ended.run("status", "--store", store(), "--study", "shell", "--json").json();
      assertThat(status.get("finished").booleanValue()).isTrue();
      assertThat(status.get("trials").intValue()).isEqualTo(12 + 4 + 2);
      assertThat(status.get("workers").size()).isGreaterThan(1);
      int sum = 0;
      for (JsonNode w : status.get("workers")) {
        assertThat(w.get("running").intValue()).isZero();
        sum += w.get("told").intValue();
      }
      assertThat(sum).isEqualTo(12 + 4 + 2);
    }
    try (Store store = Store.open(store())) {
      StoredStudy search = Study.stored(store, "shell/search").orElseThrow();
      assertThat(search.trials()).hasSize(12).noneMatch(TrialResult::isPending);
    }
    assertThat(folder.resolve("run/result.json")).exists();
    assertThat(Ended.run("report", "--store", store(), "--study", "shell", "--out", folder.resolve("elsewhere").toString()).code()).isEqualTo(Exit.DONE);
    assertThat(folder.resolve("elsewhere/report.html")).content().contains("shell");
    assertThat(Ended.run("status", folder.resolve("elsewhere").toString()).out()).contains("shell: finished", "search   12 of 12", "worker ");
  }

  private boolean isAsked() {
    try (Store store = Store.open(store())) {
      return !store.read("shell/search", 1).isEmpty();
    }
  }

  private boolean isBegun() {
    if (!Files.exists(folder.resolve("runs.db"))) {
      return false;
    }
    try (Store store = Store.open(store())) {
      return store.runs().names().contains("shell");
    }
  }

  @Test
  void aRunThatAnotherProcessLeadsIsOneLineAndADeadLeaderIsReplaced() throws Exception {
    String config = config("");
    try (Store store = Store.open(store());
        Leases other = store.leases("1234@elsewhere-ab12")) {
      assertThat(other.take("shell", -1)).isTrue();
      try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
        Future<Ended> leader = pool.submit(() -> Ended.run("tune", config, "--out", folder.resolve("run").toString()));
        Thread.sleep(2500);
        assertThat(leader.isDone()).isFalse();
        other.handBack("shell", -1);
        assertThat(leader.get().code()).as(leader.get().err()).isEqualTo(Exit.DONE);
        assertThat(leader.get().err()).contains("whether 1234@elsewhere-ab12 is still there");
      }
    }
  }

  @Test
  void aRunThatIsDeletedUnderItsWorkersIsOneLine() throws Exception {
    Path config = Path.of(config(""));
    Files.writeString(config, Files.readString(config).replace("trials: 12", "trials: 3000"));
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Ended> leader = pool.submit(() -> Ended.run("tune", config.toString(), "--out", folder.resolve("run").toString()));
      while (!isBegun() || !isAsked()) {
        Thread.sleep(20);
      }
      try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store());
          Statement sql = c.createStatement()) {
        sql.execute("DELETE FROM run");
      }
      assertThat(leader.get().code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(leader.get().err().lines().toList().getLast())
          .isEqualTo("proxima: run 'shell' in store " + store() + " was deleted while it was worked on; restore the store from a copy, or begin the run again with ./proxima tune");
    }
  }

  @Test
  void aHostOnWhichAllFailsLeavesTheRunToOthers() throws Exception {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1));
    try (RunStore store = RunStore.openToRead(store(), "shell");
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
        .isEqualTo("proxima: run 'shell' in store " + store() + " has another configuration than this one; give this one another name, or join that one with: ./proxima worker --store " + store() + " --study shell");
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
    Files.writeString(first, "store: postgresql://me:secret@localhost/db\n");
    assertThat(Ended.run("tune", first.toString()).err()).contains("shell.yaml:1: store: a store's name takes no password").doesNotContain("secret");
  }
}
