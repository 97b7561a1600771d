package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.prior.PriorJson;
import proxima.prior.PriorRuns;

class JsonTest {

  private static final SearchSpace SPACE = Spaces.MIXED;

  private static JsonNode parse(Object json) throws JsonProcessingException {
    return new ObjectMapper().readTree(json.toString());
  }

  @Test
  void spacesAreReadBackEqual() throws JsonProcessingException {
    assertThat(SpaceJson.searchSpace(parse(SpaceJson.of(SPACE)))).isEqualTo(SPACE);
  }

  @Test
  void theSpacesTextIsPinned() {
    assertThat(SpaceJson.of(SearchSpace.of(Parameter.log("lr", 1e-4, 0.1), Parameter.categorical("act", "a", "b"), Parameter.integer("k", 1, 4).when("act", "b"))))
        .hasToString(
            "[{\"name\":\"lr\",\"type\":\"real\",\"low\":1.0E-4,\"high\":0.1,\"log\":true},"
                + "{\"name\":\"act\",\"type\":\"categorical\",\"choices\":[\"a\",\"b\"]},"
                + "{\"name\":\"k\",\"type\":\"integer\",\"low\":1,\"high\":4,\"log\":false,\"when\":{\"parameter\":\"act\",\"values\":[\"b\"]}}]");
  }

  @Test
  void aScaleIsLinearWhereItIsNotSaid() throws JsonProcessingException {
    assertThat(SpaceJson.searchSpace(parse("[{\"name\": \"x\", \"type\": \"real\", \"low\": 1, \"high\": 2}]"))).isEqualTo(SearchSpace.of(Parameter.real("x", 1, 2)));
    assertThatThrownBy(() -> SpaceJson.searchSpace(parse("[{\"name\": \"x\", \"type\": \"real\", \"low\": 1, \"high\": 2, \"log\": \"yes\"}]")))
        .hasMessage("'log' of parameter 'x' must be true or false, got \"yes\"");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void configurationsAndPointsAreReadBackEqual(long seed) throws JsonProcessingException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50; i++) {
      Point x = Spaces.point(SPACE, random);
      Configuration c = SPACE.decode(x);
      assertThat(SpaceJson.point(parse(SpaceJson.of(x)))).isEqualTo(x);
      assertThat(SpaceJson.configuration(parse(SpaceJson.of(c)))).isEqualTo(c);
      assertThat(SpaceJson.configuration(parse(SpaceJson.of(c)), SPACE)).isEqualTo(c);
    }
  }

  @Test
  void aNumberIsWhatItsParameterIs() throws JsonProcessingException {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 2), Parameter.integer("k", 1, 3));
    assertThat(SpaceJson.configuration(parse("{\"k\": 2, \"x\": 1}"), space).toString()).isEqualTo("{x=1.0, k=2}");
    assertThat(SpaceJson.configuration(parse("{\"k\": 2.0, \"x\": 1.0}"), space).toString()).isEqualTo("{x=1.0, k=2}");
    assertThatThrownBy(() -> SpaceJson.configuration(parse("{\"k\": 2.5, \"x\": 1}"), space)).hasMessageContaining("parameter 'k' takes a whole number in [1, 3], got 2.5");
    assertThatThrownBy(() -> SpaceJson.configuration(parse("{\"k\": 2, \"x\": 1, \"y\": 1}"), space)).hasMessageContaining("parameter 'y'");
    assertThatThrownBy(() -> SpaceJson.configuration(parse("{\"k\": true, \"x\": 1}"))).hasMessageContaining("'k' of a configuration");
  }

  @Test
  void outcomesAreReadBackEqual() throws JsonProcessingException {
    List<Outcome> outcomes =
        List.of(
            Outcome.of(1.25),
            new Outcome.Finished(1.25, 1.0 / 30, List.of()),
            new Outcome.Finished(
                1.0 / 3, List.of(new Outcome.CurvePoint(10, 2.5), new Outcome.CurvePoint(20, Double.NaN), new Outcome.CurvePoint(30, 1.0 / 3))),
            new Outcome.Stopped(20, 2.5, List.of(new Outcome.CurvePoint(10, Double.NaN), new Outcome.CurvePoint(20, 2.5))),
            new Outcome.Diverged(17),
            new Outcome.Failed("no \"loss\"\nline"));
    for (Outcome o : outcomes) {
      assertThat(SpaceJson.outcome(parse(SpaceJson.of(o)))).isEqualTo(o);
    }
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"loss\": 1}"))).hasMessageContaining("one of finished, stopped, diverged, failed");
  }

  @Test
  void aStandardErrorIsWrittenWhereItIsKnown() throws JsonProcessingException {
    assertThat(SpaceJson.of(Outcome.of(1.25))).hasToString("{\"finished\":1.25,\"curve\":[]}");
    assertThat(SpaceJson.of(new Outcome.Finished(1.25, 0.5, List.of()))).hasToString("{\"finished\":1.25,\"standardError\":0.5,\"curve\":[]}");
    assertThat(SpaceJson.outcome(parse("{\"finished\": 1.25, \"standardError\": 0}"))).isEqualTo(Outcome.of(1.25));
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"standardError\": -0.5}"))).hasMessageContaining("a standard error is finite and 0 or more, got -0.5");
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"standardError\": \"small\"}"))).hasMessage("an outcome needs a number, got \"small\"");
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"standardError\": null}"))).hasMessageContaining("needs the field 'standardError'");
  }

  @Test
  void historiesAreReadBackEqual() {
    TaskHistory history = history();
    String text = HistoryJson.write(history);
    assertThat(HistoryJson.read(text)).isEqualTo(history);
    assertThat(HistoryJson.write(HistoryJson.read(text))).isEqualTo(text);
    assertThat(text).startsWith("{\"format\":\"proxima-history\",\"version\":1,\"task\":\"names\",\"context\":{\"width\":64,\"model\":\"transformer\",\"alpha\":0.5},");
  }

  @Test
  void otherVersionsAndFormatsAreRefused() {
    String text = HistoryJson.write(history());
    assertThatThrownBy(() -> HistoryJson.read(text.replace("\"version\":1", "\"version\":2")))
        .hasMessageContaining("version 2, this program reads version 1");
    assertThatThrownBy(() -> HistoryJson.read("{\"format\":\"other\"}")).hasMessageContaining("its format is 'other'");
    assertThatThrownBy(() -> HistoryJson.read(PriorJson.write(new PriorRuns(List.of(), false))))
        .hasMessage("not a task history: its format is 'proxima-prior', not 'proxima-history'; PriorJson.read reads it");
    assertThatThrownBy(() -> HistoryJson.read("{")).hasMessageContaining("not a task history");
  }

  @Test
  void entriesOutsideTheSpaceAreRefused() {
    String text = HistoryJson.write(history());
    assertThatThrownBy(() -> HistoryJson.read(text.replaceFirst("\"dropout\":-?[0-9.E-]+", "\"dropout\":0.75")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entry 0 of task 'names': parameter 'dropout' takes a real number in [-0.5, 0.5]");
  }

  @Test
  void aHistoryThatAnotherProgramWroteMayHaveOneKindOfNumber() {
    String text = HistoryJson.write(history());
    TaskHistory read = HistoryJson.read(text.replaceFirst("\"dropout\":-?[0-9.E-]+", "\"dropout\":0"));
    assertThat(read.entries().getFirst().configuration().real("dropout")).isZero();
    String where = "'entries' of a task history must be a list, got ";
    String head = text.substring(0, text.indexOf("\"entries\":"));
    assertThatThrownBy(() -> HistoryJson.read(head + "\"entries\":\"none\"}")).hasMessage(where + "\"none\"");
    assertThatThrownBy(() -> HistoryJson.read(head + "\"entries\":{}}")).hasMessage(where + "{}");
  }

  @Test
  void aCurveIsAListOfStepsAndLosses() throws JsonProcessingException {
    assertThat(SpaceJson.outcome(parse("{\"finished\": 1, \"curve\": [[2.0, \"NaN\"]]}")))
        .isEqualTo(new Outcome.Finished(1, List.of(new Outcome.CurvePoint(2, Double.NaN))));
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"curve\": [[\"a\", 1]]}"))).hasMessage("the curve of an outcome has pairs of a step and a loss, got [\"a\",1]");
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"curve\": [[1.5, 1]]}"))).hasMessage("the curve of an outcome has pairs of a step and a loss, got [1.5,1]");
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"curve\": [5]}"))).hasMessage("the curve of an outcome has pairs of a step and a loss, got 5");
    assertThatThrownBy(() -> SpaceJson.outcome(parse("{\"finished\": 1, \"curve\": \"falls\"}"))).hasMessage("'curve' of an outcome must be a list, got \"falls\"");
  }

  private static TaskHistory history() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Value> context = new LinkedHashMap<>();
    context.put("width", new Value.Whole(64));
    context.put("model", new Value.Category("transformer"));
    context.put("alpha", new Value.Real(0.5));
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Outcome outcome = i % 5 == 0 ? new Outcome.Diverged(i) : i % 5 == 1 ? new Outcome.Finished(random.nextDouble(), 0.1, List.of()) : Outcome.of(random.nextDouble());
      entries.add(new TaskHistory.Entry(SPACE.decode(Spaces.point(SPACE, random)), outcome, random.nextLong()));
    }
    return new TaskHistory("names", SPACE, context, entries);
  }

  @Test
  void aBriefTextIsTheStartOfTheWholeOne() throws JsonProcessingException {
    var mapper = new ObjectMapper();
    for (String text : List.of("{}", "[]", "null", "1.5", "\"a\\\"b\"", "{\"a\":[1,{\"b\":null},[]],\"c\\n\":{\"d\":true}}", "[" + "12345,".repeat(300) + "1]", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}")) {
      String whole = mapper.readTree(text).toString();
      assertThat(JsonFields.brief(mapper.readTree(text))).isEqualTo(whole.length() <= 120 ? whole : whole.substring(0, 117) + "...");
    }
  }
}
