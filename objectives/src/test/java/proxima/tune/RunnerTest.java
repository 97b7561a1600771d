package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.InitialDesign;
import proxima.strategy.Seeds;
import proxima.strategy.TrustRegionRandom;
import proxima.study.Decision;
import proxima.study.MemoryJournal;
import proxima.study.Study;
import proxima.study.Trial;
import proxima.study.TrialResult;

class RunnerTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));

  private static final Progress SILENT = new Silent();

  private static Study study() {
    return Study.of(SPACE, new TrustRegionRandom(InitialDesign.cube(3), 0.1), 5);
  }

  private static Job job(Trial t) {
    return new Job("t-" + t.number(), t.configuration(), new ModuleSettings(List.of()), new Scale(1, 1, 1, 1), t.number());
  }

  private static Outcome bowl(Job job) {
    double x = job.configuration().real("x");
    double y = job.configuration().real("y");
    return x > 0.9 ? new Outcome.Diverged(3) : Outcome.of(x * x + y * y);
  }

  private static List<TrialResult> run(long delays) throws InterruptedException {
    RandomGenerator random = Seeds.random(delays);
    Objective slow = (job, monitor) -> {
      int millis;
      synchronized (random) {
        millis = random.nextInt(4);
      }
      Thread.sleep(millis);
      return bowl(job);
    };
    Study study = study();
    try (Runner runner = new OwnRunner(slow, 2, OwnRunner.Order.ASKED, SILENT)) {
      runner.run("p", study, 30, RunnerTest::job);
    }
    return study.trials();
  }

  @ParameterizedTest(name = "delays {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatIsAskedDoesNotDependOnWhichTrainingEndsFirst(long delays) throws InterruptedException {
    assertThat(run(delays)).isEqualTo(run(0)).hasSize(30).noneMatch(TrialResult::isPending);
  }

  @ParameterizedTest(name = "after {0} ms it goes on")
  @ValueSource(longs = {0, 3})
  void aTrialIsStoppedThroughItsMonitor(long pause) throws InterruptedException {
    Study study = Study.open(new MemoryJournal(), "s", SPACE, new TrustRegionRandom(InitialDesign.cube(3), 0.1), (t, step, _) -> t.number() % 2 == 1 && step == 2 ? Decision.STOP : Decision.CONTINUE, "", 5);
    Objective patient = (job, monitor) -> {
      for (long step = 1; step < 4; step++) {
        Thread.sleep(pause);
        if (monitor.report(step, 5.0 / step) == Decision.STOP) {
          return new Outcome.Stopped(step, 5.0 / step, List.of());
        }
      }
      return bowl(job);
    };
    try (Runner runner = new OwnRunner(patient, 2, OwnRunner.Order.ASKED, SILENT)) {
      runner.run("p", study, 6, RunnerTest::job, t -> (step, loss) -> study.report(t.number(), step, loss));
    }
    assertThat(study.trials()).allSatisfy(t -> assertThat(t.outcome().orElseThrow() instanceof Outcome.Stopped).isEqualTo(t.number() % 2 == 1));
    assertThat(study.trials()).extracting(t -> t.reports().size()).containsExactly(3, 2, 3, 2, 3, 2);
  }

  @Test
  void aSlowTrialHoldsNoOtherUpWhereOutcomesAreToldAsTheyEnd() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(9);
    Study study = study();
    try (Runner runner = new OwnRunner((job, monitor) -> {
      if (job.seed() == 0) {
        others.await();
      } else {
        others.countDown();
      }
      return bowl(job);
    }, 2, OwnRunner.Order.ENDED, SILENT)) {
      runner.run("p", study, 10, RunnerTest::job);
    }
    assertThat(study.trials()).hasSize(10).noneMatch(TrialResult::isPending);
  }

  @Test
  void bothWorkersAreBusyAtOnce() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    try (Runner runner = new OwnRunner((job, monitor) -> {
      both.countDown();
      both.await();
      return bowl(job);
    }, 2, OwnRunner.Order.ASKED, SILENT)) {
      runner.run("p", study(), 6, RunnerTest::job);
    }
    assertThat(both.getCount()).isZero();
  }

  @Test
  void pendingTrialsAreRunAgainUnderTheirNumbers() throws InterruptedException {
    Study study = study();
    study.ask();
    study.ask();
    List<Long> seeds = new ArrayList<>();
    try (Runner runner = new OwnRunner((job, monitor) -> {
      synchronized (seeds) {
        seeds.add(job.seed());
      }
      return bowl(job);
    }, 1, OwnRunner.Order.ASKED, SILENT)) {
      runner.run("p", study, 4, RunnerTest::job);
    }
    assertThat(seeds).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void anInterruptStopsTheWorkersAndKeepsWhatWasTold() throws InterruptedException {
    Study study = study();
    AtomicInteger interrupted = new AtomicInteger();
    Thread main = Thread.currentThread();
    try (Runner runner = new OwnRunner((job, monitor) -> {
      if (job.seed() < 2) {
        return bowl(job);
      }
      main.interrupt();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
        throw e;
      }
      return bowl(job);
    }, 2, OwnRunner.Order.ASKED, SILENT)) {
      assertThatThrownBy(() -> runner.run("p", study, 9, RunnerTest::job)).isInstanceOf(InterruptedException.class);
    }
    assertThat(interrupted.get()).isBetween(1, 2);
    assertThat(study.trials().stream().map(TrialResult::outcome).filter(Optional::isPresent)).hasSizeLessThanOrEqualTo(2);
    assertThat(study.pending()).isNotEmpty();
  }

  @Test
  void anObjectiveThatThrowsEndsTheRun() {
    try (Runner runner = new OwnRunner((job, monitor) -> {
      throw new IllegalArgumentException("no such file");
    }, 2, OwnRunner.Order.ASKED, SILENT)) {
      assertThatThrownBy(() -> runner.run("p", study(), 9, RunnerTest::job)).isInstanceOf(IllegalArgumentException.class).hasMessage("no such file");
    }
  }
}
