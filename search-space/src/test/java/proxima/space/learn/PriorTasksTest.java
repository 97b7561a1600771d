package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.space.Configuration;
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
    assertThat(task.points()).containsExactly(SPACE.encode(at(1e-2, 0.5)), Point.of(1, 0.25), SPACE.encode(at(1e-2, 1)));
    assertThat(task.losses()).containsExactly(1.0, 2.0, Double.POSITIVE_INFINITY);
    assertThat(task.finished()).isEqualTo(2);
    assertThat(task.diverged()).isEqualTo(1);
    assertThat(task.best(5)).containsExactly(SPACE.encode(at(1e-2, 0.5)), Point.of(1, 0.25));
    assertThat(task.notes())
        .containsExactly(
            "'lr' was searched linearly, and is searched in its logarithm now",
            "1 of 5 trials moved to the ends of ranges",
            "1 of 5 trials left out, as they were stopped early",
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

  @Test
  void trialsWithChoicesThatTheSpaceLacksAreCounted() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("activation", "gelu", "relu"));
    SearchSpace other = SearchSpace.of(Parameter.categorical("activation", "gelu", "swish"));
    Configuration gelu = new Configuration(Map.of("activation", new Value.Category("gelu")));
    Configuration swish = new Configuration(Map.of("activation", new Value.Category("swish")));
    PriorTasks prior = PriorTasks.of(space, List.of(history("t", other, gelu, Outcome.of(1), swish, Outcome.of(0), gelu, Outcome.of(2))));
    assertThat(prior.tasks().getFirst().losses()).containsExactly(1.0, 2.0);
    assertThat(prior.tasks().getFirst().notes()).containsExactly("1 of 3 trials left out, as the space does not have their choices");
    SearchSpace none = SearchSpace.of(Parameter.categorical("activation", "tanh", "relu"));
    assertThatThrownBy(() -> PriorTasks.of(none, List.of(history("t", other, gelu, Outcome.of(1)))))
        .hasMessage("prior task 't': parameter 'activation' has the choices [gelu, swish] there, none of [tanh, relu]");
  }
}
