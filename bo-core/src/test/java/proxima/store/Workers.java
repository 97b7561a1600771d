package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import proxima.study.Journal;
import proxima.study.MemoryJournal;
import proxima.study.Replays;
import proxima.study.Study;
import proxima.study.StudyEvent;
import proxima.study.Trial;
import proxima.study.TrialResult;

/// Processes that work on a study in a store, and what they acknowledged, which threads read along.
final class Workers implements AutoCloseable {

  /// More than are ever told before the end.
  private static final int ENDLESS = 1_000_000;

  private final String store;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

  private record Worker(Process process, Thread reader, AtomicInteger told) {

    void kill() {
      process.destroyForcibly();
      try {
        process.waitFor();
        reader.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Workers(String store) {
    this.store = store;
  }

  static Workers start(String store, int count) {
    Workers all = new Workers(store);
    for (int i = 0; i < count; i++) {
      all.workers.add(all.start());
    }
    return all;
  }

  private Worker start() {
    Process process = SharedStudyProcess.start(store, ENDLESS);
    AtomicInteger told = new AtomicInteger();
    Thread reader = Thread.ofPlatform().start(() -> {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          SharedStudyProcess.acknowledged(line).ifPresent(trial -> {
            acknowledged.add(trial);
            told.incrementAndGet();
          });
          SharedStudyProcess.refused(line).ifPresent(refused::add);
        }
      } catch (IOException e) {
        // It was killed.
      }
    });
    return new Worker(process, reader, told);
  }

  /// Kills one, and starts another in its place.
  void replace(int which) {
    workers.get(which).kill();
    workers.set(which, start());
  }

  /// Waits until one is in the midst of its work.
  void awaitFirst(int which) throws InterruptedException {
    Worker worker = workers.get(which);
    for (int i = 0; worker.told.get() == 0 && worker.process.isAlive(); i++) {
      assertThat(i).as("a minute without a trial of worker %d; %s", which, refused).isLessThan(12_000);
      Thread.sleep(5);
    }
  }

  /// Waits until each is in the midst of its work.
  void awaitEach() throws InterruptedException {
    for (int i = 0; i < workers.size(); i++) {
      awaitFirst(i);
    }
  }

  /// Waits until so many more trials are acknowledged.
  void awaitWork(int trials) throws InterruptedException {
    int before = acknowledged.size();
    for (int i = 0; acknowledged.size() < before + trials; i++) {
      assertThat(i).as("a minute without %d trials after %d; %s", trials, before, refused).isLessThan(12_000);
      Thread.sleep(5);
    }
  }

  /// Waits until so many more lines tell why a trial could not be told.
  void awaitRefusals(int lines) throws InterruptedException {
    int before = refused.size();
    for (int i = 0; refused.size() < before + lines; i++) {
      assertThat(i).as("a minute without a refusal").isLessThan(12_000);
      Thread.sleep(5);
    }
  }

  boolean areAlive() {
    return workers.stream().allMatch(w -> w.process.isAlive());
  }

  /// Each line once.
  Set<String> refusals() {
    return new HashSet<>(List.copyOf(refused));
  }

  /// Kills all that still run.
  @Override
  public void close() {
    workers.forEach(Worker::kill);
    workers.clear();
  }

  /// Kills all, and compares what is in the store with what they acknowledged.
  ///
  /// @param faults that they lived through, in words
  void check(String faults) {
    checkIn(store, faults);
  }

  /// The same, where the store has another name when the faults are over.
  void checkIn(String name, String faults) {
    close();
    try (Store opened = Store.open(name)) {
      Study resumed = SharedStudyProcess.study(opened);
      Trial next = resumed.ask();
      List<StudyEvent> events = opened.read(SharedStudyProcess.STUDY, 0);
      List<TrialResult> told = resumed.trials().stream().filter(t -> t.outcome().isPresent()).toList();
      Set<Integer> numbers = new HashSet<>(told.stream().map(TrialResult::number).toList());
      assertThat(acknowledged).as("acknowledged").isNotEmpty().doesNotHaveDuplicates();
      assertThat(numbers).as("told").containsAll(acknowledged);
      assertThat(told).allSatisfy(t -> assertThat(t.outcome()).contains(SharedStudyProcess.objective(t.point())));
      Replays.check(events, SharedStudyProcess.STRATEGY);
      Journal undisturbed = new MemoryJournal();
      for (int i = 0; i < before(next, events); i++) {
        undisturbed.append(SharedStudyProcess.STUDY, i, events.get(i));
      }
      assertThat(next).as("the next point").isEqualTo(SharedStudyProcess.study(undisturbed).ask());
      System.out.printf(
          "%s: %s, %d trials acknowledged, %d told, %d left pending, 0 lost, 0 told twice%n", opened instanceof SqliteStore ? "SQLite" : "PostgreSQL", faults, acknowledged.size(), told.size(),
          resumed.pending().size());
    }
  }

  /// How many events a trial knew: what those who were killed had sent may come in until it was asked for, and later.
  private static int before(Trial trial, List<StudyEvent> events) {
    return IntStream.range(0, events.size())
        .filter(i -> events.get(i) instanceof StudyEvent.Asked a && a.trial() == trial.number())
        .map(i -> ((StudyEvent.Asked) events.get(i)).known().orElse(i))
        .findFirst().orElseThrow();
  }
}
