package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.module.UpdateRule;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.space.Outcome;
import proxima.strategy.Seeds;
import proxima.study.Decision;
import proxima.train.Device;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Problem;
import proxima.train.Schedule;
import proxima.train.Torch;
import proxima.train.Training;

final class TrainingTest {

  private static final Transformer SMALL = new Transformer(5, 4, Activation.GELU, false);
  private static final Network NETWORK = SMALL.at(new Scale(8, 2, 12, 12));

  @Test
  void theSameSeedGivesTheSameBitsWhateverRunsBesideIt() throws Exception {
    List<Outcome> alone = new ArrayList<>();
    for (long seed = 0; seed < 4; seed++) {
      alone.add(train(60, 0.03, seed));
    }
    assertThat(alone).doesNotHaveDuplicates().allMatch(o -> o instanceof Outcome.Finished);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Outcome>> together = new ArrayList<>();
      for (long seed = 0; seed < 4; seed++) {
        long s = seed;
        together.add(threads.submit(() -> train(60, 0.03, s)));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  @Test
  void learns() throws InterruptedException {
    var finished = (Outcome.Finished) train(200, 0.02, 0);
    // The tokens repeat with period 5: after the first ones of a window nothing is left to chance.
    assertThat(finished.loss()).isLessThan(0.5 * Math.log(5));
    assertThat(finished.curve().getFirst().loss()).isGreaterThan(finished.curve().getLast().loss());
  }

  /// What is not finite has no eigenvectors: the training has diverged, and ends with that.
  @ParameterizedTest
  @EnumSource(value = Optimizer.class, names = {"SHAMPOO", "SOAP", "MUON", "ADAMW"})
  void aDivergenceIsAnOutcomeOfEveryRule(Optimizer optimizer) throws InterruptedException {
    Map<Hyperparameter, Double> values = new EnumMap<>(optimizer.defaults());
    values.put(Hyperparameter.LEARNING_RATE, 1e30);
    Scale scale = new Scale(8, 2, 12, 12 * 60);
    var hyperparameters = new Hyperparameters(optimizer, values);
    ModuleSettings settings = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), scale, NETWORK, hyperparameters, Factors.NONE).base();
    assertThat(training(SMALL_PROBLEM, 60).run(settings, 0, Monitor.NONE)).isInstanceOf(Outcome.Diverged.class);
  }

  @Test
  void whatTheEngineCanNotDoIsAFailure() throws InterruptedException {
    var full = new Watched(SMALL_PROBLEM) {
      @Override
      public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
        throw new EngineException("CUDA out of memory\nwhere it happened");
      }
    };
    assertThat(training(full, 10).run(settings(0.02), 0, Monitor.NONE)).isEqualTo(new Outcome.Failed("the engine failed: CUDA out of memory"));
  }

  /// A step of gradient descent is as large as its gradient, whose norm grows with the width.
  @Test
  void gradientDescentIsNotClippedAndOthersAre() throws InterruptedException {
    ModuleSettings adamW = settings(0.02);
    ModuleSettings sgd = new ModuleSettings(adamW.settings().stream().map(s -> new ModuleSetting(s.module(), UpdateRule.SGD, sgd(s))).toList());
    assertThat(clipped(sgd, 1e-3)).isEqualTo(clipped(sgd, 1e9));
    assertThat(clipped(adamW, 1e-3)).isNotEqualTo(clipped(adamW, 1e9));
  }

  private static Map<Hyperparameter, Double> sgd(ModuleSetting s) {
    return Map.of(Hyperparameter.LEARNING_RATE, 0.02, Hyperparameter.WEIGHT_DECAY, 0.0, Hyperparameter.MOMENTUM, 0.9, Hyperparameter.INIT_STD, s.get(Hyperparameter.INIT_STD), Hyperparameter.MULTIPLIER, 1.0);
  }

  private static Outcome clipped(ModuleSettings settings, double clip) throws InterruptedException {
    Training t = training(SMALL_PROBLEM, 10);
    return new Training(t.problem(), t.steps(), t.schedule(), clip, t.device(), t.type(), 0).run(settings, 0, Monitor.NONE);
  }

  @Test
  void reportsWhatTheCurveHolds() throws InterruptedException {
    List<Outcome.CurvePoint> heard = new ArrayList<>();
    Monitor monitor = (step, loss) -> {
      heard.add(new Outcome.CurvePoint(step, loss));
      return Decision.CONTINUE;
    };
    var finished = (Outcome.Finished) training(SMALL_PROBLEM, 100).run(settings(0.02), 0, monitor);
    assertThat(finished.curve()).isEqualTo(heard).hasSize(50);
    assertThat(finished.curve().getLast().step()).isEqualTo(100);
    heard.clear();
    var checked = (Outcome.Finished) training(SMALL_PROBLEM, 100).withChecks(4).run(settings(0.02), 0, monitor);
    assertThat(checked.loss()).isEqualTo(finished.loss());
    assertThat(checked.curve()).isEqualTo(heard).extracting(Outcome.CurvePoint::step).containsExactly(25L, 50L, 75L, 100L);
    assertThat(checked.curve().getLast().loss()).isEqualTo(checked.loss());
  }

  @Test
  void endsAtTheReportThatIsAnsweredByStop() throws InterruptedException {
    var whole = (Outcome.Finished) training(SMALL_PROBLEM, 100).run(settings(0.02), 0, Monitor.NONE);
    var problem = new Watched(SMALL_PROBLEM);
    var stopped = (Outcome.Stopped) training(problem, 100).run(settings(0.02), 0, (step, _) -> step >= 30 ? Decision.STOP : Decision.CONTINUE);
    assertThat(stopped.step()).isEqualTo(30);
    assertThat(problem.arrays).hasSize(30);
    // The same losses up to there: of a schedule as long as the others'.
    assertThat(stopped.curve()).isEqualTo(whole.curve().subList(0, 15));
    assertThat(stopped.loss()).isEqualTo(stopped.curve().getLast().loss());
    var checked = training(SMALL_PROBLEM, 100).withChecks(4).run(settings(0.02), 0, (_, _) -> Decision.STOP);
    assertThat(checked).isInstanceOfSatisfying(Outcome.Stopped.class, s -> assertThat(s.step()).isEqualTo(25));
  }

  @Test
  void theLastReportCanNotStopATraining() throws InterruptedException {
    assertThat(training(SMALL_PROBLEM, 100).run(settings(0.02), 0, (step, _) -> step == 100 ? Decision.STOP : Decision.CONTINUE)).isInstanceOf(Outcome.Finished.class);
  }

  @Test
  void stopsEarlyAtTheStepOfDivergence() throws InterruptedException {
    var diverged = (Outcome.Diverged) train(1_000, 1e3, 0);
    assertThat(diverged.step()).isBetween(2L, 120L);
    var infinite = (Outcome.Diverged) train(1_000, 1e30, 0);
    assertThat(infinite.step()).isBetween(2L, 10L);
  }

  @Test
  void stopsWhenInterruptedAndFreesItsMemory() throws InterruptedException {
    var problem = new Watched(SMALL_PROBLEM);
    var thrown = new AtomicReference<Throwable>();
    Thread thread =
        new Thread(
            () -> {
              try {
                var _ = training(problem, 10_000_000).run(settings(0.02), 0, Monitor.NONE);
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    thread.start();
    for (int i = 0; problem.arrays.size() < 5; i++) {
      assertThat(i).as("a minute without five steps").isLessThan(12_000);
      Thread.sleep(5);
    }
    thread.interrupt();
    thread.join(60_000);
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(problem.manager().isOpen()).isFalse();
  }

  @Test
  void holdsNoMoreArraysAfter300Steps() throws InterruptedException {
    assertThatArraysStay(SMALL_PROBLEM, settings(0.01));
    assertThatArraysStay(mlp(), SettingsOf.global(MLP, 0.01));
    Transformer mixture = SMALL.with(new Attention.Latent(2, 2)).with(new Experts(4, 2, 2, 1, 0.01, 1e-3));
    Network network = mixture.at(new Scale(8, 2, 12, 12));
    assertThatArraysStay(
        new TransformerProblem(mixture, TransformerLoss.layout(network), SMALL_PROBLEM.corpus(), 4, 6, 0), SettingsOf.global(network, 0.01));
    Network convolution = ConvolutionObjective.network().at(new Scale(4, 1, 4, 4));
    assertThatArraysStay(
        new ConvolutionProblem(ConvolutionObjective.network(), Layout.of(convolution), 4, Shapes.draw(4, Seeds.random(0))), SettingsOf.global(convolution, 0.01));
  }

  private static void assertThatArraysStay(Problem inner, ModuleSettings settings) throws InterruptedException {
    var problem = new Watched(inner);
    assertThat(training(problem, 300).withChecks(10).run(settings, 0, Monitor.NONE)).isInstanceOf(Outcome.Finished.class);
    assertThat(problem.arrays).hasSize(300);
    assertThat(problem.arrays.get(1)).isEqualTo(problem.arrays.get(299));
  }

  @Test
  @Tag("slow")
  void needsNoMoreMemoryAfter2000Steps() throws InterruptedException, IOException {
    assertThat(train(500, 0.01, 0)).isInstanceOf(Outcome.Finished.class);
    long before = residentKilobytes();
    assertThat(train(2_000, 0.01, 0)).isInstanceOf(Outcome.Finished.class);
    // 2,000 steps that each leaked one array of the smallest size with its handles would take more.
    assertThat(residentKilobytes() - before).isLessThan(40_000);
  }

  @Test
  @Tag("slow")
  void leavesNothingBehindInTheThreadsThatTrained() throws InterruptedException, IOException {
    Network wide = SMALL.at(new Scale(256, 2, 12, 12));
    var problem =
        new TransformerProblem(SMALL, TransformerLoss.layout(wide), new Corpus("test", new int[400], new int[400], 5), 64, 6, 0);
    long before = 0;
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  var _ = training(problem, 3).run(SettingsOf.global(wide, 0.01), 0, Monitor.NONE);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      thread.join();
      before = i == 1 ? residentKilobytes() : before;
    }
    // Kept by each thread, the weights' gradient and moments alone would be 6 x 19 MB.
    assertThat(residentKilobytes() - before).isLessThan(60_000);
  }

  @Test
  void saysThatThereIsNoGpu() {
    Assumptions.assumeFalse(Torch.usesGpu(Device.AUTO));
    assertThatThrownBy(() -> Training.of(SMALL_PROBLEM, 1, Schedule.DEFAULT, Device.GPU).run(settings(0.01), 0, Monitor.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("device: gpu was asked for, but ")
        .hasMessageEndingWith("use device: auto or cpu");
  }

  private static final TransformerProblem SMALL_PROBLEM = small();

  private static TransformerProblem small() {
    int[] tokens = new int[400];
    Arrays.setAll(tokens, i -> i * i % 5);
    return new TransformerProblem(SMALL, TransformerLoss.layout(NETWORK), new Corpus("test", tokens, tokens, 5), 4, 6, 0);
  }

  private static final Network MLP = MlpObjective.student(2).at(new Scale(8, 2, 4, 4));

  private static Problem mlp() {
    return new MlpProblem(Layout.of(MLP), new Teacher(0), 4, 0);
  }

  private static Outcome train(long steps, double rate, long seed) throws InterruptedException {
    return training(SMALL_PROBLEM, steps).run(settings(rate), seed, Monitor.NONE);
  }

  private static Training training(Problem problem, long steps) {
    return Training.of(problem, steps, Schedule.DEFAULT, Device.CPU);
  }

  private static ModuleSettings settings(double rate) {
    return SettingsOf.global(NETWORK, rate);
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmRSS"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
        .sum();
  }

  /// A problem that counts the arrays held by the training's manager at each step.
  private static class Watched implements Problem {
    final Problem inner;
    final List<Integer> arrays = new ArrayList<>();
    final AtomicReference<NDManager> root = new AtomicReference<>();

    Watched(Problem inner) {
      this.inner = inner;
    }

    NDManager manager() {
      return root.get();
    }

    @Override
    public Layout layout() {
      return inner.layout();
    }

    @Override
    public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
      root.set(manager);
      return inner.loss(manager, settings, type);
    }

    @Override
    public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
      arrays.add(((BaseNDManager) manager()).getManagedArrays().size());
      return inner.batch(manager, random, type);
    }

    @Override
    public List<NDList> validation(NDManager manager, DataType type) {
      return inner.validation(manager, type);
    }

    @Override
    public double chance() {
      return inner.chance();
    }

    @Override
    public double objective(double validationLoss) {
      return inner.objective(validationLoss);
    }
  }
}
