package proxima.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import proxima.bench.rival.CopulaThompson;
import proxima.bench.rival.Rgpe;
import proxima.gp.Threads;
import proxima.gp.Warp;
import proxima.space.SearchSpace;
import proxima.space.learn.BoxLearner;
import proxima.space.learn.EllipsoidLearner;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.space.learn.RegionLearner;
import proxima.space.learn.Shape;
import proxima.strategy.Chooser;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.MultiTaskStrategy;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Widening;
import proxima.tune.StrategyChoice;

/// The contenders that a suite can name.
final class Contenders {

  /// 5 minutes, also for the start, which loads large libraries: no suggestion that is worth waiting for takes longer.
  static final Duration LIMIT = Duration.ofMinutes(5);

  private Contenders() {}

  /// @param home the repository's root, with the Python packages
  static List<Contender> all(Path home) {
    return Stream.of(strategies(), learners(), peers(home)).flatMap(List::stream).toList();
  }

  /// The strategies that a run can name, as it has them, of which the Gaussian process is `proxima`, and `proxima-input-warping` and `proxima-half-rank` with warped coordinates and
  /// half-ranked losses to choose from; and that one with either set of options whatever the space. On one thread, as the Python packages are: it makes no difference but in time.
  static List<Contender> strategies() {
    Stream<Contender> strategies = EnumSet.complementOf(EnumSet.of(StrategyChoice.GP, StrategyChoice.GP_INPUT_WARPING)).stream().map(c -> StrategyContender.of(c.id(), c::strategy));
    Stream<Contender> processes =
        Stream.of(
            process("proxima", GpOptions::of),
            process("proxima-general", _ -> GpOptions.general()),
            process("proxima-smooth", _ -> GpOptions.smooth()),
            process("proxima-input-warping", space -> GpOptions.of(space).withInputWarping()),
            process("proxima-half-rank", space -> GpOptions.of(space).withWarp(Warp.Kind.HALF_RANK)));
    return Stream.concat(processes, strategies).toList();
  }

  private static Contender process(String name, Function<SearchSpace, GpOptions> options) {
    return StrategyContender.of(name, (space, design) -> new GpStrategy(design, options.apply(space), Threads.ONE));
  }

  /// Those that learn from prior tasks.
  static List<Contender> learners() {
    return List.of(
        random("random-smallest-box", BoxLearner.smallest()),
        random("random-slack-box", BoxLearner.slack()),
        random("random-box", BoxLearner.trimmed()),
        random("random-hard-ellipsoid", EllipsoidLearner.hard(Shape.FULL)),
        random("random-ellipsoid", EllipsoidLearner.soft(Shape.FULL)),
        random("random-low-rank", EllipsoidLearner.soft(Shape.LOW_RANK)),
        random("random-modules", EllipsoidLearner.soft(Shape.MODULES)),
        random("random-level-set", LevelSetLearner.tenth()),
        StrategyContender.learning("random-widening", (prior, _) -> new StrategyContender.Entry<>(prior.space(), new Widening(prior).of(new RandomStrategy()))),
        StrategyContender.learning(
            "random-widening-box", (prior, _) -> new StrategyContender.Entry<>(prior.space(), new Widening(BoxLearner.trimmed().learn(prior)).of(new RandomStrategy()))),
        StrategyContender.learning("rgpe", (prior, _) -> new StrategyContender.Entry<>(prior.space(), new Rgpe(prior))),
        StrategyContender.learning("copula-thompson", (prior, _) -> new StrategyContender.Entry<>(prior.space(), new CopulaThompson(prior))),
        StrategyContender.learning("proxima-smallest-box", Contenders::boxed),
        StrategyContender.learning("proxima-widening-box", Contenders::widening),
        StrategyContender.learning("proxima-multi-task", (prior, _) -> new StrategyContender.Entry<>(prior.space(), new MultiTaskStrategy(prior, Threads.ONE))),
        StrategyContender.learning("proxima-prior", (prior, _) -> learning(prior)),
        StrategyContender.learning("proxima-one-unrelated", (prior, _) -> learning(oneUnrelated(prior))),
        StrategyContender.learning("proxima-flipped-prior", (prior, _) -> learning(flipped(prior))));
  }

  /// Bayesian optimization as usual, in the smallest box around the best point of each prior task (Perrone et al. 2019; Syne Tune's BoundingBox).
  private static StrategyContender.Entry<Chooser> boxed(PriorTasks prior, InitialDesign design) {
    SearchSpace box = BoxLearner.smallest().learn(prior).space();
    return new StrategyContender.Entry<>(box, new GpStrategy(design, GpOptions.of(box), Threads.ONE));
  }

  /// The same, in that box as it grows to the whole space.
  private static StrategyContender.Entry<Chooser> widening(PriorTasks prior, InitialDesign design) {
    Chooser process = new GpStrategy(design, GpOptions.of(prior.space()), Threads.ONE);
    return new StrategyContender.Entry<>(prior.space(), new Widening(BoxLearner.smallest().learn(prior)).of(process));
  }

  private static StrategyContender.Entry<Chooser> learning(PriorTasks prior) {
    return new StrategyContender.Entry<>(prior.space(), new GpStrategy(InitialDesign.cube(0), GpOptions.of(prior.space()), Threads.ONE).learning(prior));
  }

  /// Prior tasks of which the best trials are the worst: to see what a prior costs that is wrong everywhere.
  private static PriorTasks flipped(PriorTasks prior) {
    List<PriorTask> tasks = prior.tasks().stream().map(t -> new PriorTask(t.name(), t.points(), t.losses().stream().map(Contenders::flipped).toList())).toList();
    return new PriorTasks(prior.space(), tasks, List.of());
  }

  /// Prior tasks of which the first has its losses shuffled: to see what one that has nothing to do with the others costs.
  private static PriorTasks oneUnrelated(PriorTasks prior) {
    List<PriorTask> tasks = new ArrayList<>(prior.tasks());
    PriorTask first = tasks.getFirst();
    List<Double> shuffled = new ArrayList<>(first.losses());
    Collections.shuffle(shuffled, new Random(0));
    tasks.set(0, new PriorTask(first.name(), first.points(), shuffled));
    return new PriorTasks(prior.space(), tasks, List.of());
  }

  private static double flipped(double loss) {
    return Double.isFinite(loss) ? -loss : loss;
  }

  private static Contender random(String name, RegionLearner learner) {
    return StrategyContender.learning(name, (prior, _) -> new StrategyContender.Entry<>(learner.learn(prior).space(), new RandomStrategy()));
  }

  /// The Python packages of benchmarks/peers.
  private static List<Contender> peers(Path home) {
    return PeerEnvironment.all(home).stream().flatMap(Contenders::peers).toList();
  }

  private static Stream<Contender> peers(PeerEnvironment environment) {
    return environment.peers().stream()
        .map(name -> new PeerContender(name, environment.command(name), environment.lacks(), LIMIT));
  }
}
