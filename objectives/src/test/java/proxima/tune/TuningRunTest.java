package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.InputException;
import proxima.module.ModuleSetting;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.strategy.Seeds;
import proxima.study.Decision;
import proxima.study.Journal;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.StudyEvent;
import proxima.study.TrialResult;

class TuningRunTest {

  private static final List<String> PHASES = List.of("global", "module", "select", "confirm");

  private static final Progress SILENT = new Silent();

  @TempDir private Path folder;

  private Experiment experiment(String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: transformer, heads: 4}
        scale: {width: 16, depth: 2, batch: 64, tokens: 6400}
        space:
          global: {learningRate: [1e-4, 1]}
          perModule: {learningRate: 4, multiplier: 3}
        budget: {global: 7, perModule: 18, finalists: 2, seeds: 2}
        """ + String.join("\n", more));
    return new Experiment(RunConfigReader.read(file, file));
  }

  /// A bowl in the logarithm of every learning rate, each module type with an optimum of its own; diverges where a rate is far above.
  private static final Objective BOWL = (job, monitor) -> {
    double loss = 1 + 0.01 * Seeds.random(job.seed(), job.id().hashCode()).nextGaussian();
    for (ModuleSetting s : job.settings().settings()) {
      double optimum = 0.03 * (s.module().type().contains("attn") ? 2 : 0.5);
      double octaves = Math.log(s.learningRate() / optimum) / Math.log(2);
      if (octaves > 5) {
        return new Outcome.Diverged(7);
      }
      loss += 0.005 * octaves * octaves;
    }
    return Outcome.of(loss);
  };

  @Test
  void perModuleBeatsGlobalBeatsDefaultOnABowl() throws IOException, InterruptedException {
    RunResult result = new TuningRun(experiment(), new MemoryJournal(), Optional.empty()).run(BOWL, SILENT);
    assertThat(result.losses().keySet()).containsExactly("default", "global", "perModule");
    assertThat(means(result)).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
    assertThat(result.losses().values()).allMatch(losses -> losses.bySeed().size() == 2 && losses.lost() == 0);
    assertThat(result.best().values()).containsKeys("learningRate", "attn.q/learningRate", "attn/multiplier");
  }

  /// As where code was changed between: losses that are known by place would be those of other settings.
  @Test
  void aRunDoesNotGoOnFromOtherChoicesThanItWasBegunWith() throws IOException, InterruptedException {
    Journal journal = new MemoryJournal();
    RunResult result = new TuningRun(experiment(), journal, Optional.empty()).run(BOWL, SILENT);
    assertThat(new TuningRun(experiment(), copy(journal, e -> e), Optional.empty()).run(BOWL, SILENT)).isEqualTo(result);
    Journal before = copy(journal, e -> e instanceof StudyEvent.Created c && c.strategy().startsWith("list ") ? new StudyEvent.Created(c.study(), c.space(), c.seed(), "list") : e);
    assertThat(new TuningRun(experiment(), before, Optional.empty()).run(BOWL, SILENT)).as("begun before there were digests").isEqualTo(result);
    for (String phase : List.of("select", "confirm")) {
      Journal other = copy(journal, e -> e instanceof StudyEvent.Created c && c.study().equals(phase) ? new StudyEvent.Created(c.study(), c.space(), c.seed(), "list 0123abcd") : e);
      assertThatThrownBy(() -> new TuningRun(experiment(), other, Optional.empty()).run(BOWL, SILENT))
          .isInstanceOf(InputException.class).hasMessageStartingWith("phase '" + phase + "': losses of other settings are recorded than this program finds");
    }
    Journal around = copy(journal, e -> e instanceof StudyEvent.Added a ? new StudyEvent.Added(a.trial(), a.point(), Outcome.of(17)) : e);
    assertThatThrownBy(() -> new TuningRun(experiment(), around, Optional.empty()).run(BOWL, SILENT))
        .isInstanceOf(InputException.class).hasMessageStartingWith("phase 'module': was begun around other global values than this program finds");
  }

  private static Journal copy(Journal journal, UnaryOperator<StudyEvent> change) {
    Journal copy = new MemoryJournal();
    for (String phase : PHASES) {
      List<StudyEvent> events = journal.read(phase, 0);
      for (int i = 0; i < events.size(); i++) {
        assertThat(copy.append(phase, i, change.apply(events.get(i)))).isTrue();
      }
    }
    return copy;
  }

  private static List<Double> means(RunResult result) {
    return result.losses().values().stream().map(losses -> losses.estimate().orElseThrow().mean()).toList();
  }

  /// The global phase has one for each trial, the main search one for all.
  @Test
  void whatIsConfirmedIsTrainedWithSeedsThatNoSearchHasSeen() throws IOException, InterruptedException {
    Map<String, Long> seeds = new ConcurrentHashMap<>();
    Objective recorder = (job, monitor) -> {
      seeds.put(job.id(), job.seed());
      return BOWL.evaluate(job, monitor);
    };
    new TuningRun(experiment(), new MemoryJournal(), Optional.empty()).run(recorder, SILENT);
    Map<String, Set<Long>> phases = new HashMap<>();
    seeds.forEach((id, seed) -> phases.computeIfAbsent(id.replaceFirst("-.*", ""), _ -> new HashSet<>()).add(seed));
    assertThat(phases).containsOnlyKeys(PHASES);
    assertThat(phases.values().stream().flatMap(Set::stream)).as("no two phases share one").doesNotHaveDuplicates();
    assertThat(phases.get("global")).hasSize(7);
    assertThat(phases.get("module")).hasSize(1);
    for (String phase : List.of("select", "confirm")) {
      // Two finalists, and three settings, each with two seeds.
      List<Long> first = List.of(seeds.get(phase + "-0"), seeds.get(phase + "-1"));
      assertThat(first).as(phase).doesNotHaveDuplicates();
      for (int i = 2; seeds.containsKey(phase + "-" + i); i++) {
        assertThat(seeds.get(phase + "-" + i)).as(phase + "-" + i).isEqualTo(first.get(i % 2));
      }
    }
    assertThat(seeds).containsKeys("select-3", "confirm-5");
  }

  /// What a run has recorded, as a prior of others.
  private static Optional<Prior> prior(Experiment experiment, Journal journal) {
    Map<String, StoredStudy> phases = new LinkedHashMap<>();
    List.of("global", "module").forEach(p -> phases.put(p, Study.stored(journal, p).orElseThrow()));
    PriorRun run = RunHistory.of("runs/first", new RunRecord(experiment.config(), phases, List.of(), Map.of(), Optional.empty()));
    return Optional.of(Prior.of(new PriorRuns(List.of(run), false)));
  }

  private static double lowest(Journal journal, String phase, int trials) {
    return Study.stored(journal, phase).orElseThrow().trials().stream()
        .filter(TrialResult::asked).limit(trials).flatMap(t -> t.loss().stream().boxed()).min(Comparator.naturalOrder()).orElseThrow();
  }

  /// The second run's values stand at another base: at the same learning rate its hidden weights' are 4 times those of the first.
  @ParameterizedTest(name = "base width {0}")
  @ValueSource(ints = {16, 64})
  void aRunBeginsWhereAnEarlierOneEnded(int width) throws IOException, InterruptedException {
    Journal first = new MemoryJournal();
    Experiment earlier = experiment();
    new TuningRun(earlier, first, Optional.empty()).run(BOWL, SILENT);
    Experiment later = experiment("seed: 2", "base: {width: " + width + ", depth: 2, batch: 64, tokens: 6400}");
    Journal second = new MemoryJournal();
    new TuningRun(later, second, prior(earlier, first)).run(BOWL, SILENT);
    assertThat(lowest(second, "module", 4)).isLessThan(lowest(first, "module", 18) + 0.02).isLessThan(lowest(first, "module", 12) + 0.01);
    assertThat(Study.stored(second, "module").orElseThrow().strategy()).contains(prior(earlier, first).orElseThrow().label());
  }

  @ParameterizedTest(name = "killed after {0} events")
  @ValueSource(ints = {3, 20, 40})
  void aRunThatLearnsGoesOnAsIfItHadNeverStopped(int events) throws IOException, InterruptedException {
    Journal first = new MemoryJournal();
    new TuningRun(experiment(), first, Optional.empty()).run(BOWL, SILENT);
    Optional<Prior> prior = prior(experiment(), first);
    Experiment later = experiment("seed: 2");
    RunResult expected = new TuningRun(later, new MemoryJournal(), prior).run(BOWL, SILENT);
    Journal cut = new MemoryJournal();
    assertThatThrownBy(() -> new TuningRun(later, new Mortal(cut, new AtomicInteger(events)), prior).run(BOWL, SILENT)).hasMessage("killed");
    assertThat(new TuningRun(later, cut, prior.map(p -> Prior.read(p.text()))).run(BOWL, SILENT)).isEqualTo(expected);
  }

  /// A journal that stops the world after some events, as a kill would.
  private record Mortal(Journal journal, AtomicInteger left) implements Journal {
    @Override
    public List<StudyEvent> read(String study, int from) {
      return journal.read(study, from);
    }

    @Override
    public boolean append(String study, int expected, StudyEvent event) {
      if (left.getAndDecrement() <= 0) {
        throw new IllegalStateException("killed");
      }
      return journal.append(study, expected, event);
    }
  }

  @ParameterizedTest(name = "killed after {0} events")
  @ValueSource(ints = {1, 5, 16, 30, 31, 47, 60, 70})
  void resumesExactly(int events) throws IOException, InterruptedException {
    Journal whole = new MemoryJournal();
    RunResult expected = new TuningRun(experiment(), whole, Optional.empty()).run(BOWL, SILENT);
    Journal cut = new MemoryJournal();
    assertThatThrownBy(() -> new TuningRun(experiment(), new Mortal(cut, new AtomicInteger(events)), Optional.empty()).run(BOWL, SILENT)).hasMessage("killed");
    RunResult resumed = new TuningRun(experiment(), cut, Optional.empty()).run(BOWL, SILENT);
    assertThat(resumed).isEqualTo(expected);
    for (String phase : PHASES) {
      assertThat(Study.stored(cut, phase)).isEqualTo(Study.stored(whole, phase));
    }
  }

  /// The bowl, approached over 100 steps, with pauses between reports.
  private static Objective descent(long pauses) {
    RandomGenerator random = Seeds.random(pauses);
    return (job, monitor) -> {
      Outcome end = BOWL.evaluate(job, Monitor.NONE);
      if (!(end instanceof Outcome.Finished(double loss, _, _))) {
        return end;
      }
      List<CurvePoint> curve = new ArrayList<>();
      for (long step = 10; step <= 100; step += 10) {
        long pause;
        synchronized (random) {
          pause = random.nextInt(2);
        }
        Thread.sleep(pause);
        curve.add(new CurvePoint(step, loss * (1 + 1.0 / step)));
        if (step == job.scale().steps()) {
          return new Outcome.Finished(curve.getLast().loss(), curve);
        }
        if (monitor.report(step, curve.getLast().loss()) == Decision.STOP) {
          return new Outcome.Stopped(step, curve.getLast().loss(), curve);
        }
      }
      return new Outcome.Finished(loss, curve);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"stopping: {kind: asha, grace: 10}", "stopping: {kind: median, grace: 20, trials: 3}", "stopping: {kind: promotion, grace: 30}"})
  void whatIsStoppedDoesNotDependOnTiming(String stopping) throws IOException, InterruptedException {
    Journal one = new MemoryJournal();
    Journal two = new MemoryJournal();
    RunResult result = new TuningRun(experiment(stopping), one, Optional.empty()).run(descent(1), SILENT);
    assertThat(new TuningRun(experiment(stopping), two, Optional.empty()).run(descent(2), SILENT)).isEqualTo(result);
    for (String phase : PHASES) {
      assertThat(Study.stored(two, phase)).isEqualTo(Study.stored(one, phase));
    }
    assertThat(stopped(one, "module")).isBetween(3L, 30L);
    assertThat(Study.stored(one, "module").orElseThrow().trials().stream().filter(TrialResult::isAskedFor)).hasSize(18);
    assertThat(stopped(one, "select") + stopped(one, "confirm")).isZero();
    assertThat(means(result)).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private static long stopped(Journal journal, String phase) {
    return Study.stored(journal, phase).orElseThrow().trials().stream().filter(t -> t.outcome().orElseThrow() instanceof Outcome.Stopped).count();
  }

  @Test
  void promotedPointsTrainLongerAtTheValuesOfThatLength() throws IOException, InterruptedException {
    Map<String, List<Job>> jobs = new ConcurrentHashMap<>();
    Objective recorder = (job, monitor) -> {
      jobs.computeIfAbsent(job.configuration().toString(), _ -> Collections.synchronizedList(new ArrayList<>())).add(job);
      return BOWL.evaluate(job, monitor);
    };
    // The last rung's length is the config's: 6400 tokens in batches of 64.
    new TuningRun(experiment("stopping: {kind: promotion, grace: 25, eta: 2}"), new MemoryJournal(), Optional.empty()).run(recorder, SILENT);
    List<List<Job>> whole = jobs.values().stream().filter(same -> same.getFirst().id().startsWith("module") && same.size() >= 3).toList();
    assertThat(whole).isNotEmpty().allSatisfy(same -> {
      List<Job> three = same.subList(0, 3);
      assertThat(three).extracting(job -> job.scale().steps()).containsExactly(25L, 50L, 100L);
      List<Double> rates = three.stream().map(job -> job.settings().settings().getFirst().learningRate()).toList();
      // The rate falls with the square root of the duration.
      assertThat(rates.get(1)).isCloseTo(rates.get(0) / Math.sqrt(2), withinPercentage(1e-6));
      assertThat(rates.get(2)).isCloseTo(rates.get(1) / Math.sqrt(2), withinPercentage(1e-6));
    });
  }

  @ParameterizedTest(name = "{0}, killed after {1} events")
  @CsvSource(delimiter = '|', textBlock = """
      stopping: {kind: asha, grace: 10}      | 20
      stopping: {kind: asha, grace: 10}      | 71
      stopping: {kind: asha, grace: 10}      | 130
      stopping: {kind: promotion, grace: 30} | 40
      stopping: {kind: promotion, grace: 30} | 101
      """)
  void resumesExactlyWithEarlyStopping(String stopping, int events) throws IOException, InterruptedException {
    Journal whole = new MemoryJournal();
    RunResult expected = new TuningRun(experiment(stopping), whole, Optional.empty()).run(descent(1), SILENT);
    Journal cut = new MemoryJournal();
    assertThatThrownBy(() -> new TuningRun(experiment(stopping), new Mortal(cut, new AtomicInteger(events)), Optional.empty()).run(descent(2), SILENT)).hasMessage("killed");
    assertThat(new TuningRun(experiment(stopping), cut, Optional.empty()).run(descent(3), SILENT)).isEqualTo(expected);
    for (String phase : PHASES) {
      assertThat(Study.stored(cut, phase)).isEqualTo(Study.stored(whole, phase));
    }
  }

  @Test
  void aRunInWhichNothingFinishesSaysWhy() throws IOException {
    TuningRun run = new TuningRun(experiment(), new MemoryJournal(), Optional.empty());
    assertThatThrownBy(() -> run.run((job, monitor) -> new Outcome.Failed("no python3"), SILENT))
        .isInstanceOf(InputException.class)
        .hasMessage("phase 'global': the first 3 trials failed, and no more are tried; the last one: no python3");
  }
}
