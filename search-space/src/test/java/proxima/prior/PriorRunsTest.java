package proxima.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleAxis;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSpace;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.prior.PriorRun.Phase;
import proxima.prior.PriorRun.Trials;
import proxima.scaling.BetaForm;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

class PriorRunsTest {

  private static final Scale SMALL = new Scale(16, 2, 1024, 102_400);
  private static final Scale LARGE = new Scale(64, 4, 2048, 1_638_400);
  private static final ScalingRule RULE = ScalingRule.of(ScalingTable.COMPLETE_D_P, 0.5).withBetaForm(BetaForm.EXPONENT);
  private static final Hyperparameters THERE = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.empty());
  private static final Hyperparameters HERE = new Hyperparameters(2e-2, 0.05, 0.8, 0.98, 1e-8, OptionalDouble.empty());
  private static final GlobalSpace GLOBAL =
      new GlobalSpace(Map.of(Hyperparameter.LEARNING_RATE, new GlobalSpace.Interval(1e-4, 1), Hyperparameter.BETA1, new GlobalSpace.Interval(0.5, 0.99)));
  private static final List<ModuleAxis> AXES =
      List.of(
          ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4).withDepth(2), ModuleAxis.of(Hyperparameter.WEIGHT_DECAY, 3), ModuleAxis.of(Hyperparameter.BETA1, 2),
          ModuleAxis.of(Hyperparameter.BETA2, 2), ModuleAxis.of(Hyperparameter.EPSILON, 4), ModuleAxis.of(Hyperparameter.INIT_STD, 2),
          ModuleAxis.of(Hyperparameter.MULTIPLIER, 3).withDepth(1));

  private static Network network(Scale s) {
    int n = s.width();
    List<Module> modules = new ArrayList<>(List.of(module("embed", ModuleRole.EMBEDDING, 96, n, -1, "", 0.02)));
    for (int b = 0; b < s.depth(); b++) {
      modules.add(module("block." + b + ".norm", ModuleRole.HIDDEN_VECTOR, 1, n, b, "attn", 0));
      modules.add(module("block." + b + ".q", ModuleRole.HIDDEN, n, n, b, "attn", 1 / Math.sqrt(n)));
      modules.add(module("block." + b + ".up", ModuleRole.HIDDEN, n, 4L * n, b, "mlp", 1 / Math.sqrt(n)));
    }
    modules.add(module("unembed", ModuleRole.UNEMBEDDING, n, 96, -1, "", 1.0 / n));
    return new Network(modules);
  }

  private static Module module(String name, ModuleRole role, long in, long out, int block, String branch, double std) {
    return new Module(
        name, name.replaceFirst("^block\\.\\d+\\.", ""), role, in, out, block < 0 ? OptionalInt.empty() : OptionalInt.of(block),
        branch.isEmpty() ? Optional.empty() : Optional.of(branch), std > 0, std > 0 ? OptionalDouble.of(std) : OptionalDouble.empty());
  }

  private static TaskHistory history(SearchSpace space, int n) {
    var random = new SplittableRandom(n);
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] x = random.doubles(space.dimension()).toArray();
      entries.add(new TaskHistory.Entry(space.decode(Point.of(x)), i == 3 ? new Outcome.Diverged(5) : Outcome.of(x[0]), i));
    }
    return new TaskHistory("anything", space, Map.of(), entries);
  }

  private static PriorRun.PerModule run(String name, Scale base, int n) {
    SearchSpace modules = ModuleSpace.of(network(base), THERE, AXES).space();
    return new PriorRun.PerModule(
        name, "runs/" + name, base, base, RULE, network(base),
        Map.of(Phase.GLOBAL, new Trials(THERE, history(GLOBAL.space(), n)), Phase.MODULE, new Trials(THERE, history(modules, n))));
  }

  private static PriorTask only(PriorTasks tasks) {
    assertThat(tasks.leftOut()).isEmpty();
    assertThat(tasks.tasks()).hasSize(1);
    return tasks.tasks().getFirst();
  }

  @Test
  void globalValuesAtOneBaseAreThemselves() {
    PriorRun.PerModule run = run("a", SMALL, 8);
    PriorTask task = only(new PriorRuns(List.of(run), false).tasks(Target.of(SMALL, network(SMALL), Optimizer.ADAMW, GLOBAL)));
    TaskHistory there = history(GLOBAL.space(), 8);
    assertThat(task.losses()).hasSize(8).contains(Double.POSITIVE_INFINITY);
    assertThat(task.notes()).isEmpty();
    for (int i = 0; i < 8; i++) {
      Point same = GLOBAL.space().encode(there.entries().get(i).configuration());
      assertThat(task.points().get(i).toArray()).containsExactly(same.toArray(), within(1e-12));
    }
  }

  @Test
  void howeverManyGlobalValuesLieBeyondANarrowerRangeTheirUnitIsKnown() {
    var narrow = new GlobalSpace(Map.of(Hyperparameter.LEARNING_RATE, new GlobalSpace.Interval(1e-4, 2e-4), Hyperparameter.BETA1, new GlobalSpace.Interval(0.5, 0.99)));
    PriorTask task = only(new PriorRuns(List.of(run("a", SMALL, 8)), false).tasks(Target.of(SMALL, network(SMALL), Optimizer.ADAMW, narrow)));
    assertThat(task.notes()).singleElement().asString().matches("[5-8] of 8 trials have 'learningRate' beyond its range, and count as at the range's end");
  }

  @Test
  void aRunOfAnotherOptimizerTeachesNothing() {
    PriorTasks tasks = new PriorRuns(List.of(run("a", SMALL, 8)), false).tasks(Target.of(SMALL, network(SMALL), Optimizer.LION, GLOBAL));
    assertThat(tasks.tasks()).isEmpty();
    assertThat(tasks.leftOut()).containsExactly(new PriorTasks.LeftOut("a", "its optimizer is adamw, and this run's lion"));
  }

  /// The same trainings, whatever each run's global values are and at whatever scale its values stand.
  @ParameterizedTest(name = "base width {0}")
  @ValueSource(ints = {16, 64})
  void whatAModuleTrainsWithIsKept(int width) {
    Scale base = width == 16 ? SMALL : LARGE;
    Network network = network(base);
    PriorRun.PerModule run = run("a", SMALL, 12);
    // Wide enough for all that a trial of the other run is here.
    List<ModuleAxis> wide = AXES.stream().map(a -> new ModuleAxis(a.hyperparameter(), 12, a.scope(), a.depthOctaves() > 0 ? 8 : 0, a.only())).toList();
    List<ModuleAxis> axes = wide.stream().filter(a -> a.hyperparameter() != Hyperparameter.BETA1 && a.hyperparameter() != Hyperparameter.BETA2).toList();
    ModuleSpace there = ModuleSpace.of(network(SMALL), THERE, AXES);
    ModuleSpace here = ModuleSpace.of(network, HERE, axes);
    PriorTask task = only(new PriorRuns(List.of(run), true).tasks(Target.of(base, network, here)));
    TaskHistory history = history(there.space(), 12);
    for (int i = 0; i < history.entries().size(); i++) {
      var expected = new Transfer(RULE, SMALL, network(SMALL), THERE, there.factors(history.entries().get(i).configuration())).at(base, network);
      var got = new Transfer(RULE, base, network, HERE, here.factors(here.space().decode(task.points().get(i)))).base();
      for (ModuleSetting s : expected.settings()) {
        // Between two depths the values of a middle block are interpolated, which one factor a block and one a type express in the mean.
        for (Hyperparameter h : List.of(Hyperparameter.LEARNING_RATE, Hyperparameter.WEIGHT_DECAY, Hyperparameter.EPSILON, Hyperparameter.INIT_STD, Hyperparameter.MULTIPLIER)) {
          assertThat(got.of(s.module().name()).get(h)).as("trial %s, %s of %s", i, h.id(), s.module().name()).isCloseTo(s.get(h), within(1e-9 * s.get(h)));
        }
      }
    }
  }

  @Test
  void factorsOnOtherGlobalValuesAreOtherFactors() {
    ModuleSpace space = ModuleSpace.of(network(SMALL), HERE, List.of(ModuleAxis.of(Hyperparameter.LEARNING_RATE, 6), ModuleAxis.shared(Hyperparameter.WEIGHT_DECAY, 6)));
    SearchSpace there = ModuleSpace.of(network(SMALL), THERE, List.of(ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4), ModuleAxis.of(Hyperparameter.WEIGHT_DECAY, 4))).space();
    PriorRun run = new PriorRun.PerModule("a", "", SMALL, SMALL, RULE, network(SMALL), Map.of(Phase.MODULE, new Trials(THERE, history(there, 6))));
    PriorTask task = only(new PriorRuns(List.of(run), false).tasks(Target.of(SMALL, network(SMALL), space)));
    Configuration before = history(there, 6).entries().getFirst().configuration();
    Configuration after = space.space().decode(task.points().getFirst());
    assertThat(after.real("q/learningRate")).isCloseTo(before.real("q/learningRate") / 2, within(1e-12));
    double mean = Math.cbrt(before.real("embed/weightDecay") * before.real("q/weightDecay") * before.real("up/weightDecay") * before.real("unembed/weightDecay"));
    assertThat(after.real("all/weightDecay"))
        .isCloseTo(2 * Math.pow(Math.pow(mean, 3), 0.25), within(1e-12));
  }

  @Test
  void whatARunDidNotSearchIsMissing() {
    ModuleSpace space = ModuleSpace.of(network(SMALL), HERE, AXES);
    SearchSpace there = ModuleSpace.of(network(SMALL), THERE, List.of(ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4))).space();
    PriorRun run = new PriorRun.PerModule("rates", "", SMALL, SMALL, RULE, network(SMALL), Map.of(Phase.MODULE, new Trials(THERE, history(there, 6))));
    Target target = Target.of(SMALL, network(SMALL), space);
    assertThatThrownBy(() -> new PriorRuns(List.of(run), false).tasks(target))
        .hasMessageContainingAll("prior task 'rates': it lacks [embed/weightDecay, ", "ask for the shared parameters");
    assertThat(only(new PriorRuns(List.of(run), true).tasks(target)).unknown()).contains("q/epsilon", "all/weightDecay".replace("all", "q")).doesNotContain("q/learningRate");
  }

  @Test
  void runsWithoutTrialsOfAPhaseAreLeftOutWithAReason() {
    PriorRun begun = new PriorRun.PerModule("begun", "", SMALL, SMALL, RULE, network(SMALL), Map.of(Phase.GLOBAL, new Trials(THERE, history(GLOBAL.space(), 4))));
    PriorRun plain = new PriorRun.Plain("plain", "", history(SearchSpace.of(Parameter.real("x", 0, 1)), 4));
    PriorTasks tasks = new PriorRuns(List.of(begun, plain), false).tasks(Target.of(SMALL, network(SMALL), ModuleSpace.of(network(SMALL), HERE, AXES)));
    assertThat(tasks.tasks()).isEmpty();
    assertThat(tasks.leftOut())
        .containsExactly(
            new PriorTasks.LeftOut("begun", "it has no trials of a phase 'module'"),
            new PriorTasks.LeftOut("plain", "it says no scale, as its context lacks width, depth, batch, tokens, and this run tunes modules"));
    assertThat(new PriorRuns(List.of(begun, plain), false).tasks(SearchSpace.of(Parameter.real("x", 0, 2))).tasks()).extracting(PriorTask::name).containsExactly("plain");
  }

  @Test
  void aRunThatHasBarelyBegunAPhaseIsLeftOutForThat() {
    for (Map.Entry<Integer, String> begun : Map.of(0, "it has no trials of a phase 'module'", 1, "it has 1 trial of phase 'module'").entrySet()) {
      PriorTasks tasks = new PriorRuns(List.of(run("a", SMALL, begun.getKey())), false).tasks(Target.of(SMALL, network(SMALL), ModuleSpace.of(network(SMALL), HERE, AXES)));
      assertThat(tasks.tasks()).isEmpty();
      assertThat(tasks.leftOut()).containsExactly(new PriorTasks.LeftOut("a", begun.getValue()));
    }
  }

  private static final Scale LARGE_BATCH = new Scale(16, 2, 16 * 1024, 102_400);

  /// Linear betas: at 16 times the batch 1 - beta is 16 times as large.
  private static PriorRun.PerModule linear(GlobalSpace space, double... beta1) {
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (int i = 0; i < beta1.length; i++) {
      entries.add(new TaskHistory.Entry(space.searched(Map.of(Hyperparameter.LEARNING_RATE, 1e-3 * (i + 1), Hyperparameter.BETA1, beta1[i])), Outcome.of(i), i));
    }
    return new PriorRun.PerModule(
        "small-batch", "", SMALL, SMALL, RULE.withBetaForm(BetaForm.LINEAR), network(SMALL),
        Map.of(Phase.GLOBAL, new Trials(THERE, new TaskHistory("t", space.space(), Map.of(), entries))));
  }

  @Test
  void trialsWithoutACounterpartAreLeftOutAndCounted() {
    Target target = Target.of(LARGE_BATCH, network(LARGE_BATCH), Optimizer.ADAMW, GLOBAL);
    PriorTask task = only(new PriorRuns(List.of(linear(GLOBAL, 0.9, 0.98, 0.99, 0.5)), false).tasks(target));
    assertThat(task.losses()).containsExactly(1.0, 2.0);
    assertThat(GLOBAL.space().decode(task.points().getFirst()).real("1-beta1")).isCloseTo(16 * 0.02, within(1e-9));
    assertThat(task.notes()).containsExactly("2 of 4 trials left out, as their beta1 has no counterpart at width=16,depth=2,batch=16384,tokens=102400");
    PriorTasks none = new PriorRuns(List.of(linear(GLOBAL, 0.9, 0.8), run("other", SMALL, 8)), false).tasks(target);
    assertThat(none.tasks()).extracting(PriorTask::name).containsExactly("other");
    assertThat(none.leftOut())
        .containsExactly(new PriorTasks.LeftOut("small-batch", "2 of 2 trials left out, as their beta1 has no counterpart at width=16,depth=2,batch=16384,tokens=102400"));
  }

  @Test
  void aBetaThatIsNotSearchedNeedsNoCounterpart() {
    GlobalSpace rates = new GlobalSpace(Map.of(Hyperparameter.LEARNING_RATE, new GlobalSpace.Interval(1e-4, 1)));
    PriorTask withoutBeta = only(new PriorRuns(List.of(linear(GLOBAL, 0.9, 0.98, 0.5)), false).tasks(Target.of(LARGE_BATCH, network(LARGE_BATCH), Optimizer.ADAMW, rates)));
    assertThat(withoutBeta.losses()).hasSize(3);
    assertThat(withoutBeta.notes()).isEmpty();
    // Its betas are 0.9 and 0.95 throughout.
    PriorRun.PerModule ofRates = new PriorRun.PerModule(
        "rates", "", SMALL, SMALL, RULE.withBetaForm(BetaForm.LINEAR), network(SMALL), Map.of(Phase.GLOBAL, new Trials(THERE, history(rates.space(), 6))));
    PriorTask withBeta = only(new PriorRuns(List.of(ofRates), true).tasks(Target.of(LARGE_BATCH, network(LARGE_BATCH), Optimizer.ADAMW, GLOBAL)));
    assertThat(withBeta.losses()).hasSize(6);
    assertThat(withBeta.unknown()).containsExactly("1-beta1");
  }

  @Test
  void aRunWhoseRuleDoesNotSayHowItFollowsTheScaleIsNamed() {
    PriorRun.PerModule other = new PriorRun.PerModule(
        "other-roles", "", SMALL, SMALL, RULE, new Network(List.of(module("embed", ModuleRole.HIDDEN, 96, 16, -1, "", 0.1))),
        Map.of(Phase.GLOBAL, new Trials(THERE, history(GLOBAL.space(), 4))));
    assertThatThrownBy(() -> new PriorRuns(List.of(other), false).tasks(Target.of(LARGE, network(LARGE), Optimizer.ADAMW, GLOBAL)))
        .hasMessage("prior task 'other-roles': module 'embed' has the role embedding, but its type has the role hidden at the base");
  }

  private static PriorRun.Plain plain(Map<String, Value> context, TaskHistory global, Parameter... parameters) {
    List<TaskHistory.Entry> entries = global.entries().stream().map(e -> new TaskHistory.Entry(GLOBAL.natural(e.configuration()), e.outcome(), e.seed())).toList();
    return new PriorRun.Plain("a", "a.json", new TaskHistory("a", SearchSpace.of(parameters), context, entries));
  }

  /// What another program has searched in natural units, at a scale, is what a run would have searched there.
  @Test
  void aSweepThatKnowsItsScaleIsAGlobalPhase() {
    TaskHistory global = history(GLOBAL.space(), 8);
    Parameter[] natural = {Parameter.log("learningRate", 1e-4, 1), Parameter.real("beta1", 0.5, 0.99)};
    var sweep = new Sweep(RULE, PriorRunsTest::network, THERE, false);
    PriorRun scaled = sweep.of(plain(ScaleContext.of(SMALL), global, natural));
    Target target = Target.of(LARGE, network(LARGE), Optimizer.ADAMW, GLOBAL);
    PriorTask task = only(new PriorRuns(List.of(scaled), false).tasks(target));
    PriorTask same = only(new PriorRuns(List.of(run("a", SMALL, 8)), false).tasks(target));
    assertThat(task.losses()).isEqualTo(same.losses());
    for (int i = 0; i < 8; i++) {
      assertThat(task.points().get(i).toArray()).containsExactly(same.points().get(i).toArray(), within(1e-12));
    }
    PriorRun.Plain unknown = plain(Map.of(), global, natural);
    assertThat(sweep.of(unknown)).isSameAs(unknown);
  }

  @Test
  void whatIsNoGlobalValueOfASweepIsSharedOrALine() {
    TaskHistory history = new TaskHistory(
        "a", SearchSpace.of(Parameter.real("weightDecay", 0, 1), Parameter.real("dropout", 0, 1)), ScaleContext.of(SMALL),
        List.of(entry(0, 0.5), entry(0.2, 0.1), entry(0.5, 0.2)));
    var plain = new PriorRun.Plain("a", "", history);
    assertThatThrownBy(() -> new Sweep(RULE, PriorRunsTest::network, THERE, false).of(plain))
        .hasMessage("prior task 'a': it has [dropout], which are no global values; ask for the shared parameters alone to use it");
    assertThat(new Sweep(RULE, PriorRunsTest::network, THERE, true).of(plain)).isInstanceOfSatisfying(PriorRun.PerModule.class, run -> {
      TaskHistory global = Optional.ofNullable(run.phases().get(Phase.GLOBAL)).orElseThrow().history();
      // No decay at all counts as the least one that was tried.
      assertThat(global.entries()).extracting(e -> e.configuration().real("weightDecay")).containsExactly(0.2, 0.2, 0.5);
    });
  }

  private static TaskHistory.Entry entry(double decay, double dropout) {
    return new TaskHistory.Entry(new Configuration(Map.of("weightDecay", new Value.Real(decay), "dropout", new Value.Real(dropout))), Outcome.of(decay), 0);
  }

  @Test
  void anotherArchitectureIsOneLine() {
    Network other = new Network(List.of(module("conv", ModuleRole.HIDDEN, 8, 8, -1, "", 0.1)));
    assertThatThrownBy(() -> new PriorRuns(List.of(run("a", SMALL, 4)), false).tasks(Target.of(LARGE, other, Optimizer.ADAMW, GLOBAL)))
        .hasMessage("prior task 'a': its network has none of the module types [conv], but [embed, norm, q, up, unembed]");
  }

  @Test
  void twoRunsOfOneNameAreToldApart() {
    assertThat(new PriorRuns(List.of(run("a", SMALL, 4), run("a", SMALL, 5), run("a", SMALL, 6)), false).runs()).extracting(PriorRun::name).containsExactly("a", "a (2)", "a (3)");
  }

  @Test
  void aFileHoldsThemAll() {
    PriorRun plain = new PriorRun.Plain("plain", "x.json", history(SearchSpace.of(Parameter.real("x", 0, 1), Parameter.categorical("c", "a", "b")), 4));
    PriorRuns runs = new PriorRuns(List.of(run("a", SMALL, 4), plain, run("b", LARGE, 5)), true);
    assertThat(PriorJson.read(PriorJson.write(runs))).isEqualTo(runs);
    assertThatThrownBy(() -> PriorJson.read("{\"format\": \"proxima-history\"}")).hasMessage("its format is 'proxima-history', not 'proxima-prior'");
    assertThatThrownBy(() -> PriorJson.read(PriorJson.write(runs).replace("\"betas\":\"exponent\"", "\"betas\":\"none\"")))
        .hasMessage("'betas' of the scaling rule is one of exponent, linear, got 'none'");
    for (String none : List.of("{}", "\"\"", "3")) {
      assertThatThrownBy(() -> PriorJson.read("{\"format\":\"proxima-prior\",\"version\":1,\"shared\":false,\"runs\":" + none + "}"))
          .hasMessage("'runs' of a file of prior runs must be a list, got " + none);
    }
    assertThatThrownBy(() -> PriorJson.read(PriorJson.write(runs).replaceFirst("\"module\":\\{", "\"modules\":{")))
        .hasMessage("'phases' of prior run 'a' is an object of global and module, got [modules]");
  }
}
