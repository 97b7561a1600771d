package proxima.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.InputException;
import proxima.module.Hyperparameter;
import proxima.module.ModuleAxis;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.proxy.MlpObjective;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.SobolStrategy;

final class RecorderTest {

  private static final Plan PLAN =
      new Plan(
          List.of(
              new GlobalSweep(5),
              new SearchPhase("sobol", 7, 3, 1, true, _ -> new SobolStrategy()),
              new SearchPhase("gp", 12, 4, 1, true, s -> new GpStrategy(InitialDesign.around(s.bestGlobal(), 0.25, 4), GpOptions.of(s.space()))),
              new SearchPhase("nearby", 6, 3, 1, false, _ -> new Nearby()),
              new Replicates(4, 2, 2)));

  @TempDir Path folder;

  /// A bowl in the learning rates with a cliff, a third of an octave of noise, and a thread's own pace.
  private static Outcome bowl(Job job, Monitor monitor) throws InterruptedException {
    double rate = job.settings().of("block.0.up").learningRate();
    Thread.sleep(Math.floorMod(job.configuration().hashCode(), 3));
    if (rate > 1) {
      monitor.report(1, Double.NaN);
      return new Outcome.Diverged(7);
    }
    double octaves = Math.log(rate / 0.03) / Math.log(2);
    double loss = octaves * octaves + Math.floorMod(job.seed() * 31, 7) / 20.0 + 1.0 / 3;
    for (int i = 1; i <= Proxy.CHECKPOINTS; i++) {
      monitor.report(10L * i, loss + Proxy.CHECKPOINTS - i);
    }
    return Outcome.of(loss);
  }

  private static Proxy proxy(String task) {
    return proxy(task, RecorderTest::bowl);
  }

  private static Proxy proxy(String task, Objective objective) {
    List<ModuleAxis> axes = List.of(ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4).withOnly(List.of("up", "down")), ModuleAxis.shared(Hyperparameter.BETA1, 3));
    return new Proxy("suite", task, "a bowl", MlpObjective.student(2), new Scale(8, 2, 4, 40), 1e-3, 2, axes, () -> objective);
  }

  private static void record(Path folder, int workers, int size, Proxy... proxies) throws IOException, InterruptedException {
    List<Recording> recordings = new ArrayList<>();
    try (Recorder recorder = new Recorder(workers, PLAN, size, (_, _) -> {})) {
      for (Proxy p : proxies) {
        recordings.add(Recording.open(folder, p, PLAN));
      }
      recorder.record(recordings);
    } finally {
      for (Recording r : recordings) {
        r.close();
      }
    }
  }

  private static Path table(Path folder, String task) {
    return folder.resolve("suite").resolve(task + ".csv");
  }

  private static List<Row> rows(Path folder, Proxy proxy) throws IOException {
    try (Recording recording = Recording.open(folder, proxy, PLAN)) {
      return recording.table().rows();
    }
  }

  private static Point point(Row row) {
    return proxy("a").space().encode(row.trial().configuration());
  }

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {2, 5})
  void sameTablesWhateverTheNumberOfWorkers(int workers) throws Exception {
    record(folder.resolve("one"), 1, PLAN.size(), proxy("a"), proxy("b"));
    record(folder.resolve("more"), workers, PLAN.size(), proxy("a"), proxy("b"));
    assertThat(table(folder.resolve("more"), "a")).hasSameTextualContentAs(table(folder.resolve("one"), "a"));
    assertThat(table(folder.resolve("more"), "b")).hasSameTextualContentAs(table(folder.resolve("one"), "a"));
  }

  @Test
  void goesOnWhereItWasCutOff() throws Exception {
    record(folder.resolve("whole"), 2, PLAN.size(), proxy("a"));
    String whole = Files.readString(table(folder.resolve("whole"), "a"));
    for (int share = 1; share <= 9; share++) {
      Path cut = folder.resolve("cut" + share);
      Files.createDirectories(cut.resolve("suite"));
      Files.writeString(table(cut, "a"), whole.substring(0, whole.length() * share / 10));
      record(cut, 2, PLAN.size(), proxy("a"));
      assertThat(table(cut, "a")).as("cut at %d tenths", share).hasContent(whole);
    }
  }

  @Test
  void rowsAreThoseOfThePlan() throws Exception {
    record(folder, 2, PLAN.size(), proxy("a"));
    List<Row> rows = rows(folder, proxy("a"));
    assertThat(rows).hasSize(5 + 7 + 12 + 6 + 8);
    assertThat(rows.subList(0, 5)).extracting(r -> r.trial().configuration().real("learningRate")).containsExactly(0.001, 0.0066874, 0.0447214, 0.29907, 2.0);
    assertThat(rows.subList(0, 5)).allSatisfy(r -> assertThat(r.trial().configuration().real("up/learningRate")).isEqualTo(1));
    assertThat(rows.subList(0, 30)).extracting(r -> r.trial().configuration()).doesNotHaveDuplicates();
    Point best = point(Collections.min(rows.subList(0, 5), Comparator.comparingDouble(Row::value)));
    for (Row r : rows.subList(12, 16)) {
      for (int i = 0; i < best.dimension(); i++) {
        assertThat(point(r).get(i)).as("the search starts within two octaves of the best plain setting").isCloseTo(best.get(i), within(0.251)); // 0.001: six digits
      }
    }
  }

  @Test
  void replicatesAreOfTheBestAndOfOthersWithFreshSeeds() throws Exception {
    record(folder, 2, PLAN.size(), proxy("a"));
    List<Row> rows = rows(folder, proxy("a"));
    List<Row> again = rows.subList(30, 38);
    Row best = rows.subList(0, 30).stream().min(Comparator.comparingDouble(Row::value)).orElseThrow();
    assertThat(again.getFirst().trial().configuration()).isEqualTo(best.trial().configuration());
    assertThat(again).extracting(r -> r.trial().seed()).containsExactly(2L, 3L, 2L, 3L, 2L, 3L, 2L, 3L);
    Set<Object> known = rows.subList(0, 30).stream().map(r -> r.trial().configuration()).collect(Collectors.toSet());
    assertThat(again).extracting(r -> (Object) r.trial().configuration()).isSubsetOf(known);
    assertThat(TableSummary.of(rows).noise()).isPresent();
  }

  @Test
  void aRowSaysExactlyWhatWasTrained() throws Exception {
    List<Job> jobs = Collections.synchronizedList(new ArrayList<>());
    Proxy proxy = proxy("a", (job, monitor) -> {
      jobs.add(job);
      return bowl(job, monitor);
    });
    record(folder, 1, 12, proxy);
    assertThat(rows(folder, proxy)).extracting(r -> r.trial().configuration()).containsExactlyElementsOf(jobs.stream().map(Job::configuration).toList());
  }

  @Test
  void divergedRowsHaveNoLossButAStep() throws Exception {
    record(folder, 2, 12, proxy("a"));
    List<String> lines = Files.readAllLines(table(folder, "a"));
    assertThat(lines.getFirst()).isEqualTo("learningRate,up/learningRate,down/learningRate,all/beta1,loss,seed,phase,diverged_at,loss_1,loss_2,loss_3,loss_4,loss_5,loss_6,loss_7,loss_8");
    assertThat(lines.get(5)).isEqualTo("2.0,1.0,1.0,1.0,,1,global,7,,,,,,,,");
    assertThat(lines.get(1)).startsWith("0.001,1.0,1.0,1.0,").contains(",1,global,,").doesNotContain(",,,");
    assertThat(rows(folder, proxy("a"))).allSatisfy(r -> assertThat(r.loss().isPresent()).isEqualTo(r.divergedAt().isEmpty()));
  }

  @Test
  void damagedTablesAreNamedWithTheirLine() throws Exception {
    record(folder, 2, 7, proxy("a"));
    String text = Files.readString(table(folder, "a"));
    Files.writeString(table(folder, "a"), text.replaceFirst(",global,", ",gp,"));
    assertThatThrownBy(() -> rows(folder, proxy("a"))).isInstanceOf(InputException.class).hasMessageContaining("a.csv:2: is a row of phase 'gp', but the plan has global there");
    Files.writeString(table(folder, "a"), text + "0.1,here\n");
    assertThatThrownBy(() -> rows(folder, proxy("a"))).isInstanceOf(InputException.class).hasMessageContaining("a.csv:9: is no row of a table");
    Files.writeString(table(folder, "a"), text.replaceFirst("learningRate", "rate"));
    assertThatThrownBy(() -> rows(folder, proxy("a"))).isInstanceOf(InputException.class).hasMessageContaining("a.csv:1: is a table of another space");
  }

  @Test
  void oneRecordingAtATimeHasATable() throws Exception {
    try (Recording _ = Recording.open(folder, proxy("a"), PLAN)) {
      assertThat(LockProbe.isFree(table(folder, "a"))).as("to another process").isFalse();
      assertThatThrownBy(() -> Recording.open(folder, proxy("a"), PLAN)).isInstanceOf(InputException.class).hasMessageContaining("another process is recording it");
    }
    assertThat(rows(folder, proxy("a"))).isEmpty();
    assertThat(LockProbe.isFree(table(folder, "a"))).isTrue();
  }

  @Test
  void aFileOfAnotherKindStaysAsItIs() throws Exception {
    assertThat(rows(folder, proxy("a"))).isEmpty();
    Path file = table(folder, "a");
    String text = "some,other\n1,2\n3,without an end";
    Files.writeString(file, text);
    assertThatThrownBy(() -> Recording.open(folder, proxy("a"), PLAN)).isInstanceOf(InputException.class).hasMessageContaining("a.csv:1: is a table of another space");
    assertThat(file).hasContent(text);
  }

  @Test
  void aTrainingThatCanNotBeEndsTheRecordingAndKeepsItsRows() throws Exception {
    Proxy proxy = proxy("a", (job, monitor) -> {
      if (job.configuration().real("learningRate") > 0.1) {
        throw new IllegalStateException("out of memory");
      }
      return bowl(job, monitor);
    });
    assertThatThrownBy(() -> record(folder, 2, PLAN.size(), proxy)).isInstanceOf(IllegalStateException.class).hasMessage("out of memory");
    assertThat(rows(folder, proxy)).hasSize(3);
  }
}
