package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Commands;
import proxima.cli.Exit;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.store.Leases;
import proxima.store.Store;
import proxima.strategy.RandomStrategy;
import proxima.study.Promotion;
import proxima.study.SqliteJournal;
import proxima.study.Study;

/// `status --follow`, with what others do and the time that passes between two looks.
class StatusCommandTest {

  @TempDir private Path folder;

  private Path config(String more) throws IOException {
    return Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": {x}}"']}
        space: {parameters: {x: {real: [0, 1]}}}
        budget: {trials: 10, finalists: 1, seeds: 1}
        """ + more);
  }

  private static Ended status(Pause pause, LongSupplier nanos, String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>(List.of("status"));
    line.addAll(List.of(more));
    int code = new Commands(Map.of("status", new StatusCommand(pause, nanos)))
        .run(line.toArray(String[]::new), InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aStoreThatWasMovedIsWhereItIsGiven() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there")).resolve("runs.db");
    try (RunStore store = new RunStore(Store.open(there.toString()), there.toString(), "shell");
        Leases leases = store.store().leases("1@here-ab12")) {
      store.begin(RunDescription.of(config("store: runs.db\n"), Optional.empty()));
      train(store, leases, 2);
      Ended status = status(_ -> {}, () -> 0, "--store", there.toString(), "--study", "shell", "--json");
      assertThat(status.json().at("/phases/search/told").intValue()).as(status.err()).isEqualTo(2);
    }
    assertThat(folder.resolve("runs.db")).doesNotExist();
    assertThatThrownBy(() -> Store.openToRead(folder.resolve("runs.db").toString())).hasMessageStartingWith("store " + folder.resolve("runs.db") + " does not exist; ");
    assertThat(folder.resolve("runs.db")).doesNotExist();
  }

  @Test
  void aRunIsFollowedToItsEnd() throws IOException {
    String name = folder.resolve("runs.db").toString();
    RunDescription description = RunDescription.of(config("store: runs.db\n"), Optional.empty());
    AtomicInteger looks = new AtomicInteger();
    AtomicLong minutes = new AtomicLong();
    try (RunStore store = new RunStore(Store.open(name), name, "shell");
        Leases here = store.store().leases("1@here-ab12");
        Leases there = store.store().leases("2@there-ab12")) {
      store.begin(description);
      // Two trials in 10 minutes, and four in as many; then four in more than a day, by another worker; and the last phase.
      Pause others = time -> {
        assertThat(time).isEqualTo(Duration.ofSeconds(5));
        switch (looks.incrementAndGet()) {
          case 1 -> {
            minutes.addAndGet(10);
            train(store, here, 2);
          }
          case 2 -> {
            minutes.addAndGet(10);
            train(store, here, 4);
            here.take(store.key("search"), 6);
            there.take(store.key("search"), 7);
            there.take(store.key("search"), 8);
          }
          case 3 -> {
            minutes.addAndGet(1980);
            here.handBack(store.key("search"), 6);
            train(store, there, 4);
          }
          default -> {
            try (Study confirm = JobList.open(store, "confirm", 1, 1)) {
              confirm.tell(confirm.ask().number(), Outcome.of(0.125));
            }
          }
        }
      };
      Ended followed = status(others, () -> minutes.get() * 60_000_000_000L, "--store", name, "--study", "shell", "--follow", "--json");
      assertThat(followed.code()).as(followed.err()).isEqualTo(Exit.DONE);
      assertThat(followed.err().lines().limit(4)).containsExactly(
          "no phase yet: 0 of 11 trials, 0 workers",
          "search: 2 of 11 trials, 0.2 a minute, 45 min left, 0 workers, best loss 0.500",
          "search: 6 of 11 trials, 0.3 a minute, 17 min left, 2 workers, best loss 0.500",
          "search: 10 of 11 trials, 0.0 a minute, 3.3 h left, 0 workers, best loss 0.500");
      assertThat(looks).as("it ends by itself").hasValue(4);
      assertThat(followed.err().lines().skip(4).findFirst()).contains("shell: finished");
      assertThat(followed.json().get("finished").booleanValue()).isTrue();
    }
  }

  private static void train(RunStore store, Leases leases, int trials) {
    try (Study study = Study.open(store, "search", SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), "random", 1)) {
      for (int i = 0; i < trials; i++) {
        int trial = study.ask().number();
        leases.take(store.key("search"), trial);
        study.tell(trial, Outcome.of(0.5 + trial));
        leases.finish(store.key("search"), trial, 1);
      }
    }
  }

  /// Of two points the better one is trained again, longer, and only that loss counts: three trainings, two trials.
  @Test
  void pointsAreCountedAndNotTheirTrainings() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(config("stopping: {kind: promotion, grace: 10, steps: 20, eta: 2}\n"), Optional.empty());
    SearchSpace space = ((SpaceConfig.Plain) run.read().space()).space();
    AtomicInteger looks = new AtomicInteger();
    Pause others = _ -> {
      try (SqliteJournal journal = SqliteJournal.open(run.journal())) {
        if (looks.getAndIncrement() == 0) {
          try (Study search = Study.open(journal, "search", space, new RandomStrategy(), new Promotion(10, 2, 20), "random", 1)) {
            for (int i = 0; i < 3; i++) {
              int trial = search.ask().number();
              search.tell(trial, Outcome.of(0.5 + trial));
            }
          }
        } else {
          try (Study confirm = JobList.open(journal, "confirm", 1, 1)) {
            confirm.tell(confirm.ask().number(), Outcome.of(0.25));
          }
        }
      }
    };
    Ended followed = status(others, () -> looks.get() * 60_000_000_000L, run.path().toString(), "--follow");
    assertThat(followed.code()).as(followed.err()).isEqualTo(Exit.DONE);
    assertThat(followed.err().lines()).containsExactly("no phase yet: 0 of 11 trials", "search: 2 of 11 trials, 2.0 a minute, 5 min left, best loss 2.500");
  }

  @Test
  void theBestLossIsOfTheSearchAndFreshSeedsHaveMeans() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    Path config = config("");
    Files.writeString(config, Files.readString(config).replace("finalists: 1, seeds: 1", "finalists: 2, seeds: 2"));
    run.create(config, Optional.empty());
    try (SqliteJournal journal = SqliteJournal.open(run.journal());
        Study search = Study.open(journal, "search", SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), "random", 1);
        Study select = JobList.open(journal, "select", 4, 1);
        Study confirm = JobList.open(journal, "confirm", 2, 1)) {
      search.tell(search.ask().number(), Outcome.of(0.5));
      search.tell(search.ask().number(), Outcome.of(2e-5));
      for (Study fresh : List.of(select, confirm)) {
        fresh.tell(fresh.ask().number(), Outcome.of(1e-6));
        fresh.tell(fresh.ask().number(), Outcome.of(3e-6));
      }
    }
    Ended status = Ended.run("status", run.path().toString(), "--json");
    assertThat(status.err().lines()).contains("  search   2 of 10, best loss 2.00e-05", "  select   2 of 4", "  confirm  2 of 2, mean loss: best 2.00e-06");
    assertThat(status.json().at("/phases/confirm/settings/best/loss").doubleValue()).isEqualTo(2e-6);
  }

  @Test
  void aFinishedRunIsNotWaitedFor() throws IOException {
    Path run = folder.resolve("run");
    assertThat(Ended.run("tune", config("").toString(), "--out", run.toString()).code()).isEqualTo(Exit.DONE);
    Ended followed = status(_ -> {
      throw new IllegalStateException("waited");
    }, System::nanoTime, run.toString(), "--follow");
    assertThat(followed.code()).as(followed.err()).isEqualTo(Exit.DONE);
    assertThat(followed.err()).isEmpty();
    assertThat(followed.out()).isEqualTo(Ended.run("status", run.toString()).out()).startsWith("shell: finished");
  }
}
