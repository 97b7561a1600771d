package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.InputException;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.proxy.Experts;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.space.Outcome;

class SweepsTest {

  private static final Size PROXY = Size.of(new Scale(32, 2, 128, 1280));
  private static final Size LARGE = Size.of(new Scale(64, 2, 128, 1280));
  private static final List<Double> RATES = List.of(0.25, 0.5, 1.0);

  @TempDir private Path folder;

  private final AtomicInteger trained = new AtomicInteger();

  private static final class Silent implements Sweeps.Listener {
    @Override
    public void start(int all, int known) {}

    @Override
    public void trained() {}

    @Override
    public void end() {}
  }

  private static Trainings.Planned planned(Subject subject, Size size, double rate, int seed) {
    Module module = new Module("w", "w", ModuleRole.HIDDEN, 8, 8, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    ModuleSettings settings = new ModuleSettings(List.of(new ModuleSetting(module, rate, 0, 0, 0, 0, 1, 1)));
    return new Trainings.Planned(subject, new Job("job", new Configuration(Map.of()), settings, size.scale(), seed), rate);
  }

  /// Lowest at the octaves given.
  private Objective parabola(double proxy, double large) {
    return (job, _) -> {
      trained.incrementAndGet();
      double octave = Math.log(job.settings().settings().getFirst().learningRate()) / Math.log(2);
      double vertex = job.scale().equals(PROXY.scale()) ? proxy : large;
      return new Outcome.Finished((octave - vertex) * (octave - vertex) + 0.1 * job.seed(), List.of());
    };
  }

  private Map<Size, Sweep> run(Objective objective, int workers) throws InterruptedException {
    try (TrainingLog log = new TrainingLog(file())) {
      return new Sweeps((size, rate, k) -> planned(new Subject("test", objective), size, rate, k), log, workers, new Silent()).run(List.of(PROXY, LARGE), PROXY, RATES, 2);
    }
  }

  private Path file() {
    return folder.resolve("trainings.csv");
  }

  private static Sweep of(Map<Size, Sweep> sweeps, Size size) {
    return Optional.ofNullable(sweeps.get(size)).orElseThrow();
  }

  private static List<Double> rates(Map<Size, Sweep> sweeps, Size size) {
    return of(sweeps, size).rates().stream().map(Sweep.Rate::rate).toList();
  }

  @Test
  void aSweepIsExtendedUntilItsOptimumIsInside() throws InterruptedException {
    Map<Size, Sweep> sweeps = run(parabola(-1, -4.2), 2);
    assertThat(rates(sweeps, PROXY)).isEqualTo(RATES);
    assertThat(rates(sweeps, LARGE)).containsExactly(1 / 32.0, 1 / 16.0, 0.125, 0.25, 0.5, 1.0);
    assertThat(of(sweeps, LARGE).optimum().orElseThrow().place()).isEqualTo(Optimum.Place.INSIDE);
    assertThat(trained).hasValue(2 * (3 + 6));
  }

  @Test
  void ratesThatTheProxyGetsAllScalesGet() throws InterruptedException {
    Map<Size, Sweep> sweeps = run(parabola(1.8, -1), 2);
    assertThat(rates(sweeps, PROXY)).containsExactly(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);
    assertThat(rates(sweeps, LARGE)).isEqualTo(rates(sweeps, PROXY));
  }

  @Test
  void theSearchBeyondAnEndIsBounded() throws InterruptedException {
    Map<Size, Sweep> sweeps = run(parabola(-1, -100), 1);
    assertThat(rates(sweeps, LARGE)).hasSize(3 + Sweeps.MOST).startsWith(0.25 / 64);
    assertThat(of(sweeps, LARGE).optimum().orElseThrow().place()).isEqualTo(Optimum.Place.LOWEST_RATE);
  }

  @Test
  void whereAllDivergesLowerRatesAreTried() throws InterruptedException {
    Objective steep = (job, monitor) ->
        job.settings().settings().getFirst().learningRate() > 0.1 ? new Outcome.Diverged(1) : parabola(-5, -5).evaluate(job, monitor);
    Map<Size, Sweep> sweeps = run(steep, 2);
    assertThat(rates(sweeps, PROXY)).containsExactly(1 / 64.0, 1 / 32.0, 1 / 16.0, 0.125, 0.25, 0.5, 1.0);
    assertThat(of(sweeps, PROXY).optimum().orElseThrow().octave()).isEqualTo(-5);
  }

  @Test
  void goesOnWhereItWasKilledToTheSameEnd() throws InterruptedException, IOException {
    Map<Size, Sweep> whole = run(parabola(-1, -4.2), 2);
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(1 + 18);
    // The fifth training's line was cut off in the middle of its loss.
    String cut = lines.get(5).substring(0, lines.get(5).lastIndexOf(',') - 3);
    Files.writeString(file(), String.join("\n", lines.subList(0, 5)) + "\n" + cut);
    trained.set(0);
    assertThat(run(parabola(-1, -4.2), 1)).isEqualTo(whole);
    assertThat(trained).hasValue(18 - 4);
    assertThat(run(parabola(0, 0), 2)).as("nothing is done twice").isEqualTo(whole);
    assertThat(trained).hasValue(18 - 4);
  }

  @Test
  void anotherSubjectSharesNothing() throws InterruptedException {
    Objective objective = parabola(-1, -1);
    run(objective, 2);
    Subject subject = new Subject("test", objective);
    try (TrainingLog log = new TrainingLog(file())) {
      assertThat(log.loss(planned(new Subject("other", objective), PROXY, 0.25, 0))).isEmpty();
      assertThat(log.loss(planned(subject, PROXY, 0.25, 0))).hasValue(1.0);
      assertThat(log.loss(planned(subject, PROXY, 0.25, 2))).isEmpty();
      assertThat(log.loss(planned(subject, PROXY, 0.26, 0))).isEmpty();
    }
  }

  @Test
  void eachSizeIsTrainedByItsOwnObjective() throws InterruptedException {
    Size many = new Size(PROXY.scale(), Optional.of(Experts.DEFAULT.withCount(16)));
    Size few = new Size(PROXY.scale(), Optional.of(Experts.DEFAULT));
    Sweeps.Jobs jobs = (size, rate, k) -> {
      int count = size.experts().orElseThrow().count();
      return planned(new Subject("experts " + count, parabola(count == 16 ? -1.2 : -1, 0)), size, rate, k);
    };
    try (TrainingLog log = new TrainingLog(file())) {
      Map<Size, Sweep> sweeps = new Sweeps(jobs, log, 2, new Silent()).run(List.of(few, many), few, RATES, 2);
      assertThat(of(sweeps, few).optimum().orElseThrow().octave()).isCloseTo(-1, within(1e-9));
      assertThat(of(sweeps, many).optimum().orElseThrow().octave()).isCloseTo(-1.2, within(1e-9));
    }
    assertThat(trained).as("sizes of the same scale and settings have lines of their own").hasValue(2 * 3 + 2 * 3);
  }

  @Test
  void aLineOfAnEarlierCheckIsUnderstood() throws IOException {
    Files.writeString(file(), "key,width,depth,batch,tokens,rate,seed,outcome,loss,seconds\n4d8cda5e8326bab5,32,2,128,1280,0.25,0,finished,1.5,0.1\n");
    try (TrainingLog log = new TrainingLog(file())) {
      assertThat(log.loss(planned(new Subject("test", parabola(0, 0)), PROXY, 0.25, 0))).hasValue(1.5);
      assertThat(log.stepSeconds(planned(new Subject("test", parabola(0, 0)), PROXY, 0.25, 0))).isNaN();
    }
  }

  @Test
  void theTimeOfAStepIsRememberedWhereATrainingReports() throws InterruptedException {
    Objective reporting = (job, monitor) -> {
      monitor.report(1, 1);
      monitor.report(job.scale().steps(), 1);
      return parabola(-1, -1).evaluate(job, monitor);
    };
    double[] seconds = new double[2];
    for (int k = 0; k < 2; k++) {
      run(reporting, 2);
      try (TrainingLog log = new TrainingLog(file())) {
        seconds[k] = log.stepSeconds(planned(new Subject("test", reporting), PROXY, 0.25, 0));
      }
    }
    assertThat(seconds[0]).isFinite().isEqualTo(seconds[1]);
  }

  @Test
  void divergedTrainingsAreRemembered() throws InterruptedException {
    Objective mixed = (job, monitor) -> job.settings().settings().getFirst().learningRate() > 0.75 ? new Outcome.Diverged(3) : parabola(-1.6, -1.6).evaluate(job, monitor);
    Map<Size, Sweep> sweeps = run(mixed, 2);
    trained.set(0);
    assertThat(run(mixed, 2)).isEqualTo(sweeps);
    assertThat(trained).hasValue(0);
    assertThat(of(sweeps, PROXY).rates().getLast().diverged()).isTrue();
  }

  @Test
  void aTrainingThatFailsEndsTheCheckAndIsNotRemembered() throws InterruptedException {
    assertThatThrownBy(() -> run((_, _) -> new Outcome.Failed("no such program"), 2))
        .isInstanceOf(InputException.class)
        .hasMessage("training job failed: no such program; mend it, then run the same command again");
    assertThat(run(parabola(-1, -1), 2)).hasSize(2);
  }

  @Test
  void aDamagedLineIsOneLine() throws IOException {
    Files.writeString(file(), "key,width,depth,batch,tokens,rate,seed,outcome,loss,seconds\nabc,1,1,1,1,1,1,finished,1.x,1\n");
    assertThatThrownBy(() -> new TrainingLog(file()))
        .isInstanceOf(InputException.class)
        .hasMessage(file() + ": is damaged at key abc: '1.x' and '1' are no loss and seconds; delete that line, or the file, which costs its trainings");
  }
}
