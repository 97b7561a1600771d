package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.space.Box;
import proxima.space.Configuration;
import proxima.space.KernelSum;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

class PriorTasksTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.log("lr", 1e-3, 1e-1), Parameter.real("decay", 0, 1));

  private static Configuration at(double lr, double decay) {
    return new Configuration(Map.of("lr", new Value.Real(lr), "decay", new Value.Real(decay)));
  }

  private static TaskHistory history(String task, SearchSpace space, Object... configurationsAndOutcomes) {
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (int i = 0; i < configurationsAndOutcomes.length; i += 2) {
      entries.add(new TaskHistory.Entry((Configuration) configurationsAndOutcomes[i], (Outcome) configurationsAndOutcomes[i + 1], i));
    }
    return new TaskHistory(task, space, Map.of(), entries);
  }

  private static TaskHistory plain(String task) {
    return history(task, SPACE, at(1e-2, 0.5), Outcome.of(task.length()), at(1e-3, 0), Outcome.of(9));
  }

  @Test
  void trialsAreTranslated() {
    SearchSpace wider = SearchSpace.of(Parameter.real("lr", 0, 1), Parameter.real("decay", 0, 1));
    TaskHistory other =
        history(
            "other", wider, at(1e-2, 0.5), Outcome.of(1), at(0.5, 0.25), Outcome.of(2), at(1e-2, 1), new Outcome.Diverged(5), at(1e-2, 0), new Outcome.Failed("lost"),
            at(1e-2, 0), new Outcome.Stopped(3, 0.5, List.of()));
    PriorTasks prior = PriorTasks.of(SPACE, List.of(other));
    PriorTask task = prior.tasks().getFirst();
    assertThat(task.points()).containsExactly(SPACE.encode(at(1e-2, 0.5)), Point.of(1, 0.25), SPACE.encode(at(1e-2, 1)), SPACE.encode(at(1e-2, 0)));
    assertThat(task.losses()).containsExactly(1.0, 2.0, Double.POSITIVE_INFINITY, Math.nextUp(2.0));
    assertThat(task.finished()).isEqualTo(2);
    assertThat(task.diverged()).isEqualTo(1);
    assertThat(task.best(5)).containsExactly(SPACE.encode(at(1e-2, 0.5)), Point.of(1, 0.25));
    assertThat(task.notes())
        .containsExactly(
            "'lr' was searched linearly, and is searched in its logarithm now",
            "1 of 5 trials have 'lr' beyond its range, and count as at the range's end",
            "1 of 5 trials were stopped early, and count as no better than those finished that were ahead of them then",
            "1 of 5 trials left out, as they failed");
    assertThat(prior.leftOut()).isEmpty();
  }

  @Test
  void whatTeachesNothingIsLeftOutWithItsReason() {
    PriorTasks prior =
        PriorTasks.of(
            SPACE,
            List.of(
                plain("first"),
                history("constant", SPACE, at(1e-2, 0.5), Outcome.of(1), at(1e-3, 0.5), Outcome.of(1)),
                history("diverged", SPACE, at(1e-2, 0.5), new Outcome.Diverged(1), at(1e-3, 0.5), new Outcome.Diverged(2)),
                history("empty", SPACE),
                history("failed", SPACE, at(1e-2, 0.5), new Outcome.Failed("lost")),
                history("copy", SPACE, plain("first").entries().stream().flatMap(e -> Stream.of(e.configuration(), e.outcome())).toArray())));
    assertThat(prior.tasks()).extracting(PriorTask::name).containsExactly("first");
    assertThat(prior.leftOut())
        .containsExactly(
            new PriorTasks.LeftOut("constant", "all its 2 trials have the loss 1.0"),
            new PriorTasks.LeftOut("diverged", "all its 2 trials diverged"),
            new PriorTasks.LeftOut("empty", "it has no trials that finished or diverged"),
            new PriorTasks.LeftOut("failed", "it has no trials that finished or diverged"),
            new PriorTasks.LeftOut("copy", "it has the same trials as 'first'"));
  }

  @Test
  void aSnapshotOfARunIsNoOtherTask() {
    TaskHistory early = history("early", SPACE, at(1e-2, 0.5), Outcome.of(1), at(1e-3, 0), Outcome.of(9));
    TaskHistory whole = history("whole", SPACE, at(1e-2, 0.5), Outcome.of(1), at(1e-3, 0), Outcome.of(9), at(1e-1, 0), Outcome.of(2));
    TaskHistory other = history("other", SPACE, at(1e-2, 0.5), Outcome.of(1), at(1e-3, 0), Outcome.of(8));
    for (List<TaskHistory> order : List.of(List.of(early, whole, other), List.of(whole, other, early))) {
      PriorTasks prior = PriorTasks.of(SPACE, order);
      assertThat(prior.tasks()).extracting(PriorTask::name).containsExactly("whole", "other");
      assertThat(prior.leftOut()).containsExactly(new PriorTasks.LeftOut("early", "its trials are the first of 'whole'"));
    }
  }

  @Test
  void oneNameTwiceIsToldApart() {
    assertThat(PriorTasks.of(SPACE, List.of(plain("a"), history("a", SPACE, at(1e-2, 0.4), Outcome.of(3), at(1e-3, 0.4), Outcome.of(4)))).tasks())
        .extracting(PriorTask::name)
        .containsExactly("a", "a (2)");
  }

  @Test
  void allDifferencesAreToldAtOnce() {
    SearchSpace lacking = SearchSpace.of(Parameter.log("lr", 1e-3, 1e-1), Parameter.real("momentum", 0, 1));
    SearchSpace exponents = SearchSpace.of(Parameter.real("lr", -3, -1), Parameter.real("decay", 0, 1));
    SearchSpace names = SearchSpace.of(Parameter.categorical("lr", "small", "large"), Parameter.real("decay", 0, 1));
    SearchSpace others = SearchSpace.of(Parameter.real("x", 0, 1));
    List<TaskHistory> histories =
        List.of(
            history("lacking", lacking), history("exponents", exponents), history("names", names), history("others", others));
    assertThatThrownBy(() -> PriorTasks.of(SPACE, histories))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            prior task 'lacking': it lacks [decay] and it has [momentum] that the space lacks; ask for the shared parameters alone to use it
            prior task 'exponents': parameter 'lr' lies in [-3.0, -1.0] there and in [0.001, 0.1] in the space; are both in one unit?
            prior task 'names': parameter 'lr' is categorical there and real in the space
            prior task 'others': it has none of the parameters [lr, decay], but [x]""");
  }

  @Test
  void sharedParametersCanBeUsedAlone() {
    SearchSpace lacking = SearchSpace.of(Parameter.log("lr", 1e-3, 1e-1), Parameter.real("momentum", 0, 1));
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("lr", new Value.Real(1e-1));
    values.put("momentum", new Value.Real(0.9));
    TaskHistory history = history("lacking", lacking, new Configuration(values), Outcome.of(1), new Configuration(values), Outcome.of(2));
    PriorTask task = PriorTasks.shared(SPACE, List.of(history)).tasks().getFirst();
    assertThat(task.unknown()).containsExactly("decay");
    assertThat(task.points().getFirst()).isEqualTo(Point.of(1, 0.5));
    assertThat(task.notes()).containsExactly("it lacks [decay] and it has [momentum] that the space lacks");
  }

  private static Configuration configuration(Map<String, Value> values) {
    return new Configuration(new TreeMap<>(values));
  }

  private static Object[] withLosses(List<Configuration> configurations) {
    return IntStream.range(0, configurations.size()).boxed().flatMap(i -> Stream.of(configurations.get(i), Outcome.of(i))).toArray();
  }

  @Test
  void choicesThatATaskDoesNotKnowAreTakenInTurnAndNotTogether() {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.categorical("kind", "a", "b", "c"), Parameter.categorical("also", "a", "b", "c"));
    List<Configuration> trials = IntStream.range(0, 30).mapToObj(i -> configuration(Map.of("x", new Value.Real(i / 30.0)))).toList();
    PriorTask task = PriorTasks.shared(space, List.of(history("t", SearchSpace.of(Parameter.real("x", 0, 1)), withLosses(trials)))).tasks().getFirst();
    assertThat(task.unknown()).containsExactlyInAnyOrder("kind", "also");
    List<Configuration> got = task.points().stream().map(space::decode).toList();
    for (int round = 0; round < 10; round++) {
      List<Configuration> some = got.subList(3 * round, 3 * round + 3);
      assertThat(some).extracting(c -> c.category("kind")).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(some).extracting(c -> c.category("also")).containsExactlyInAnyOrder("a", "b", "c");
    }
    assertThat(got.stream().map(c -> c.category("kind") + c.category("also")).distinct()).hasSizeGreaterThan(6);
    assertThat(task.best(3)).hasSize(3);
    assertThat(task.best(3, "x")).hasSize(3);
    assertThat(task.best(3, "kind")).isEmpty();
    // Each choice knows that losses rise with x.
    KernelSum f = PooledRegression.of(space, List.of(task));
    double[] rises = Stream.of("a", "b", "c").mapToDouble(kind -> Stream.of("a", "b", "c").mapToDouble(also -> f.at(at(space, 0.9, kind, also)) - f.at(at(space, 0.1, kind, also))).sum()).toArray();
    assertThat(Arrays.stream(rises).min().orElseThrow()).isGreaterThan(0.7 * Arrays.stream(rises).max().orElseThrow());
  }

  private static Point at(SearchSpace space, double x, String kind, String also) {
    return space.encode(new Configuration(Map.of("x", new Value.Real(x), "kind", new Value.Category(kind), "also", new Value.Category(also))));
  }

  @Test
  void anUnknownChoiceKeepsWhatHangsOnIt() {
    SearchSpace space =
        SearchSpace.of(Parameter.categorical("optimizer", "sgd", "momentum", "nesterov"), Parameter.real("momentum", 0, 1).when("optimizer", "momentum", "nesterov"));
    SearchSpace there = SearchSpace.of(Parameter.categorical("heavy", "no", "yes"), Parameter.real("momentum", 0, 1).when("heavy", "yes"));
    Configuration light = configuration(Map.of("heavy", new Value.Category("no")));
    Configuration heavy = configuration(Map.of("heavy", new Value.Category("yes"), "momentum", new Value.Real(0.9)));
    PriorTask task = PriorTasks.shared(space, List.of(history("t", there, withLosses(List.of(light, heavy, light, heavy))))).tasks().getFirst();
    List<Configuration> got = task.points().stream().map(space::decode).toList();
    assertThat(List.of(got.get(0), got.get(2))).extracting(c -> c.category("optimizer")).containsOnly("sgd");
    assertThat(List.of(got.get(1), got.get(3))).allSatisfy(c -> assertThat(c.real("momentum")).isEqualTo(0.9));
    assertThat(task.notes()).containsExactly("it lacks [optimizer] and it has [heavy] that the space lacks");
  }

  @Test
  void whatIsActiveHereAndWasNotThereIsToldAndTeachesNoBox() {
    SearchSpace free = SearchSpace.of(Parameter.categorical("kind", "a", "b"), Parameter.real("x", 0, 1));
    SearchSpace bound = SearchSpace.of(Parameter.categorical("kind", "a", "b"), Parameter.real("x", 0, 1).when("kind", "b"));
    Configuration without = configuration(Map.of("kind", new Value.Category("a")));
    Configuration with = configuration(Map.of("kind", new Value.Category("b"), "x", new Value.Real(0.9)));
    PriorTasks prior = PriorTasks.of(free, List.of(history("t", bound, without, Outcome.of(1), with, Outcome.of(2))));
    PriorTask task = prior.tasks().getFirst();
    assertThat(task.notes()).containsExactly("1 of 2 trials have no 'x', which is active for them here, and its middle instead");
    assertThat(task.points().getFirst()).isEqualTo(Point.of(1, 0, 0.5));
    Box box = new BoxLearner(new Trim.None(), 2).box(prior);
    assertThat(box).isEqualTo(new Box(Point.of(0, 0, 0.9), Point.of(1, 1, 0.9)));
    assertThat(Group.all(prior)).isEmpty();

    Configuration also = configuration(Map.of("kind", new Value.Category("a"), "x", new Value.Real(0.2)));
    PriorTask other = PriorTasks.of(bound, List.of(history("t", free, also, Outcome.of(1), with, Outcome.of(2)))).tasks().getFirst();
    assertThat(other.notes()).containsExactly("1 of 2 trials have 'x', which is not active for them here");
    assertThat(other.points()).containsExactly(Point.of(1, 0, 0.5), Point.of(0, 1, 0.9));
  }

  @Test
  void trialsWithChoicesThatTheSpaceLacksAreCounted() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("activation", "gelu", "relu"));
    SearchSpace other = SearchSpace.of(Parameter.categorical("activation", "gelu", "swish"));
    Configuration gelu = new Configuration(Map.of("activation", new Value.Category("gelu")));
    Configuration swish = new Configuration(Map.of("activation", new Value.Category("swish")));
    PriorTasks prior = PriorTasks.of(space, List.of(history("t", other, gelu, Outcome.of(1), swish, Outcome.of(0), gelu, Outcome.of(2))));
    assertThat(prior.tasks().getFirst().losses()).containsExactly(1.0, 2.0);
    assertThat(prior.tasks().getFirst().notes()).containsExactly("no trial of it has 'activation' = 'relu'", "1 of 3 trials left out, as the space's 'activation' has no choice 'swish'");
    SearchSpace none = SearchSpace.of(Parameter.categorical("activation", "tanh", "relu"));
    assertThatThrownBy(() -> PriorTasks.of(none, List.of(history("t", other, gelu, Outcome.of(1)))))
        .hasMessage("prior task 't': parameter 'activation' has the choices [gelu, swish] there, none of [tanh, relu]");
  }

  @Test
  void aTableOfItsResultsIsNoOtherTask() {
    SearchSpace space = SearchSpace.of(Parameter.integer("n", 1, 9), Parameter.categorical("bs", "16", "32"));
    SearchSpace guessed = SearchSpace.of(Parameter.real("n", 1, 9), Parameter.integer("bs", 16, 32));
    List<Outcome.CurvePoint> curve = List.of(new Outcome.CurvePoint(1, 3));
    TaskHistory run = history("run", space, configuration(Map.of("n", new Value.Whole(2), "bs", new Value.Category("32"))), new Outcome.Finished(1, 0.1, curve),
        configuration(Map.of("n", new Value.Whole(3), "bs", new Value.Category("16"))), new Outcome.Diverged(7));
    Configuration first = configuration(Map.of("n", new Value.Real(2), "bs", new Value.Whole(32)));
    Configuration second = configuration(Map.of("n", new Value.Real(3), "bs", new Value.Whole(16)));
    TaskHistory table = history("table", guessed, second, new Outcome.Diverged(0), first, Outcome.of(1));
    TaskHistory early = history("early", guessed, first, Outcome.of(1));
    TaskHistory other = history("other", guessed, second, new Outcome.Diverged(0), first, Outcome.of(2));
    PriorTasks prior = PriorTasks.of(space, List.of(run, table, early, other));
    assertThat(prior.tasks()).extracting(PriorTask::name).containsExactly("run", "other");
    assertThat(prior.leftOut()).containsExactly(new PriorTasks.LeftOut("table", "it has the same trials as 'run'"), new PriorTasks.LeftOut("early", "its trials are the first of 'run'"));
  }

  @Test
  void choicesThatNoTaskCouldTryAreToldAndStayInTheBox() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("opt", "a", "b", "c", "d"), Parameter.categorical("bs", "8", "16", "some"));
    SearchSpace there = SearchSpace.of(Parameter.categorical("opt", "a", "b", "d"), Parameter.integer("bs", 1, 9));
    Configuration a = configuration(Map.of("opt", new Value.Category("a"), "bs", new Value.Whole(8)));
    Configuration b = configuration(Map.of("opt", new Value.Category("b"), "bs", new Value.Whole(8)));
    PriorTasks prior = PriorTasks.of(space, List.of(history("t", there, a, Outcome.of(1), b, Outcome.of(2))));
    assertThat(prior.tasks().getFirst().notes()).containsExactly("no trial of it has 'opt' = 'c', 'd'", "no trial of it has 'bs' = '16', 'some'");
    // 'b' was worse, and 'd' might have been tried.
    assertThat(BoxLearner.smallest().box(prior).high()).isEqualTo(Point.of(1, 0, 1, 0, 1, 1, 1));
    SearchSpace more = SearchSpace.of(Parameter.categorical("opt", "a", "c"), Parameter.integer("bs", 1, 16));
    PriorTasks both = PriorTasks.of(space, List.of(history("t", there, a, Outcome.of(1), b, Outcome.of(2)), history("u", more, a, Outcome.of(1), a, Outcome.of(3))));
    assertThat(BoxLearner.smallest().box(both).high()).isEqualTo(Point.of(1, 0, 0, 0, 1, 0, 1));
  }

  @Test
  void aCopyInAnotherOrderIsNoOtherTask() {
    TaskHistory first = plain("first");
    TaskHistory turned = new TaskHistory("turned", SPACE, Map.of(), first.entries().reversed());
    assertThat(PriorTasks.of(SPACE, List.of(first, turned)).leftOut()).containsExactly(new PriorTasks.LeftOut("turned", "it has the same trials as 'first'"));
    TaskHistory twice = new TaskHistory("twice", SPACE, Map.of(), Stream.concat(first.entries().stream(), first.entries().stream().limit(1)).toList());
    assertThat(PriorTasks.of(SPACE, List.of(twice, new TaskHistory("other", SPACE, Map.of(), Stream.concat(first.entries().stream(), first.entries().stream().skip(1)).toList()))).leftOut()).isEmpty();
  }

  private static Configuration one(String name, Value value) {
    return new Configuration(Map.of(name, value));
  }

  @Test
  void numbersAndBooleansAreTheChoicesThatTheyStandFor() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("bs", "16", "32", "64"));
    SearchSpace whole = SearchSpace.of(Parameter.integer("bs", 16, 64));
    TaskHistory history = history("t", whole, one("bs", new Value.Whole(16)), Outcome.of(1), one("bs", new Value.Whole(64)), Outcome.of(2), one("bs", new Value.Whole(48)), Outcome.of(3));
    PriorTask task = PriorTasks.of(space, List.of(history)).tasks().getFirst();
    assertThat(task.points()).extracting(x -> space.decode(x).category("bs")).containsExactly("16", "64");
    assertThat(task.notes()).containsExactly("no trial of it has 'bs' = '32'", "1 of 3 trials left out, as the space's 'bs' has no choice '48'");

    SearchSpace nest = SearchSpace.of(Parameter.categorical("nest", "true", "false"));
    SearchSpace python = SearchSpace.of(Parameter.categorical("nest", "True", "False"));
    TaskHistory booleans = history("t", python, one("nest", new Value.Category("True")), Outcome.of(1), one("nest", new Value.Category("False")), Outcome.of(2));
    assertThat(PriorTasks.of(nest, List.of(booleans)).tasks().getFirst().points()).extracting(x -> nest.decode(x).category("nest")).containsExactly("true", "false");

    assertThatThrownBy(() -> PriorTasks.of(SearchSpace.of(Parameter.categorical("bs", "small", "128")), List.of(history)))
        .hasMessage(
            "prior task 't': parameter 'bs' is an integer there and has the choices [small, 128] in the space; a CSV file is read as the space has it by import-history csv --space");
  }

  @Test
  void whereMostValuesLieBeyondARangeTheUnitIsAsked() {
    SearchSpace exponents = SearchSpace.of(Parameter.real("lr", -3, 0.05), Parameter.real("decay", 0, 1));
    TaskHistory most = history("t", exponents, at(-2, 0.5), Outcome.of(1), at(-3, 0.5), Outcome.of(2), at(0.05, 0.5), Outcome.of(3));
    assertThatThrownBy(() -> PriorTasks.shared(SPACE, List.of(most)))
        .hasMessage("prior task 't': parameter 'lr' lies in [-3.0, 0.05] there and in [0.001, 0.1] in the space, with 2 of 3 values beyond it; are both in one unit?");
    // A range that has become narrower, or was of another unit.
    SearchSpace wider = SearchSpace.of(Parameter.log("lr", 1e-6, 1), Parameter.real("decay", 0, 1));
    TaskHistory wide = history("t", wider, at(1e-6, 0.5), Outcome.of(1), at(1, 0.5), Outcome.of(2), at(0.05, 0.5), Outcome.of(3));
    assertThatThrownBy(() -> PriorTasks.of(SPACE, List.of(wide)))
        .hasMessage("prior task 't': parameter 'lr' lies in [1.0E-6, 1.0] there and in [0.001, 0.1] in the space, with 2 of 3 values beyond it; are both in one unit? If so, ask for the shared parameters alone to use it");
    TaskHistory fewer = history("t", wider, at(1e-6, 0.5), Outcome.of(1), at(0.01, 0.5), Outcome.of(2), at(0.05, 0.5), Outcome.of(3));
    assertThat(PriorTasks.of(SPACE, List.of(fewer)).tasks().getFirst().notes()).containsExactly("1 of 3 trials have 'lr' beyond its range, and count as at the range's end");
    for (PriorTasks prior : List.of(PriorTasks.shared(SPACE, List.of(wide)), PriorTasks.converted(SPACE, List.of(wide), false))) {
      assertThat(prior.tasks().getFirst().notes()).containsExactly("2 of 3 trials have 'lr' beyond its range, and count as at the range's end");
    }
  }
}
