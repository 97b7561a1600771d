package proxima.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.cli.Commands;
import proxima.cli.Exit;
import proxima.space.CategoricalParameter;
import proxima.space.Condition;
import proxima.space.Configuration;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.tables.LossTable;
import proxima.tables.TableFolder;

class ImportCommandTest {

  private static final Path RECORDED = Path.of("src/test/resources/proxima/importer");
  private static final double DIVERGED = Double.POSITIVE_INFINITY;

  @TempDir private Path folder;

  private record Ended(int code, List<String> out, List<String> err) {}

  private static Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = new Commands(Map.of("import-tables", new ImportCommand()))
        .run(Stream.concat(Stream.of("import-tables"), Stream.of(arguments)).toArray(String[]::new), InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(code, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8).lines().toList());
  }

  private Path imported(String layout, Path source, String... more) {
    Path out = folder.resolve("tables");
    Ended ended = run(Stream.concat(Stream.of(layout, source.toString(), "--out", out.toString()), Stream.of(more)).toArray(String[]::new));
    assertThat(ended.code()).as("%s", ended.err()).isEqualTo(Exit.DONE);
    return out;
  }

  private static List<Double> losses(LossTable table) {
    return table.points().stream().map(table::loss).toList();
  }

  private static Configuration row(LossTable table, int index) {
    return table.space().decode(table.points().get(index));
  }

  @Test
  void hpoBHasAFolderOfEachSpaceAndEachTaskOnce() {
    Path out = imported("hpo-b", RECORDED.resolve("hpob-data"));
    assertThat(new TableFolder(out.resolve("9001")).tasks()).as("37 and 44 can be no tables").containsExactly("31", "50");
    LossTable table = new TableFolder(out.resolve("9001")).table("31");
    assertThat(table.space().parameters()).containsExactly(
        Parameter.real("cost", 0, 1), Parameter.real("degree", 0, 1), Parameter.integer("degree.na", 0, 1), Parameter.categorical("loss_", "hinge", "squared hinge"));
    assertThat(losses(table)).as("1 - accuracy, of the file that comes first").containsExactly(0.25, 0.5, 0.125, DIVERGED, 0.75, 0.5, DIVERGED, 0.1875);
    assertThat(row(table, 1)).hasToString("{cost=0.25, degree=0.4, degree.na=0, loss_=squared hinge}");
    LossTable nameless = new TableFolder(out.resolve("9002")).table("31");
    assertThat(nameless.space().parameters()).as("no names are known").containsExactly(Parameter.real("x1", 0, 1), Parameter.real("x2", 0, 1));
    assertThat(losses(nameless)).containsExactly(0.5, 0.75, 0.25, 0.875);
  }

  @Test
  void aFileOfHpoBStandsForTheFolder() {
    Path out = imported("hpo-b", RECORDED.resolve("hpob-data/meta-train-dataset-augmented.json"));
    assertThat(new TableFolder(out.resolve("9001")).tasks()).as("31 has one row there").containsExactly("50");
  }

  @Test
  void ofLcBenchTheFinalValueCountsOrTheLastOfTheLog() {
    TableFolder out = new TableFolder(imported("lcbench", RECORDED.resolve("lcbench.json")));
    assertThat(out.tasks()).containsExactly("first-set", "second_set");
    LossTable table = out.table("first-set");
    assertThat(losses(table)).as("run 3 has no learning rate of the space").containsExactly(0.4375, 0.375, DIVERGED, 0.1875, 0.5, 0.3125);
    assertThat(row(table, 1).integer("num_layers")).as("true in the file").isEqualTo(1);
    assertThat(row(table, 2).real("learning_rate")).as("rounded upwards in the file").isCloseTo(0.1, within(1e-15));
    assertThat(losses(out.table("second_set"))).containsExactly(0.25, 0.5, DIVERGED);
  }

  @Test
  void aRunOfLcBenchWithoutTheTargetOrInAnotherUnitIsLeftOut() throws IOException {
    String text = Files.readString(RECORDED.resolve("lcbench.json"));
    Path file = Files.writeString(folder.resolve("some.json"), text.replace(", \"final_val_balanced_accuracy\": 0.8125", "").replace("\"final_val_balanced_accuracy\": 0.5}", "\"final_val_balanced_accuracy\": 50}"));
    Path out = folder.resolve("some");
    Ended ended = run("lcbench", file.toString(), "--out", out.toString());
    assertThat(ended.out()).as(String.join("\n", ended.err())).contains("first-set: 4 rows, 1 diverged; 3 rows, the first left out: run 3: parameter 'learning_rate' takes a real number in [1.0E-4, 0.1], got 0.5");
    assertThat(losses(new TableFolder(out).table("first-set"))).containsExactly(0.4375, 0.375, DIVERGED, 0.3125);
    Files.writeString(file, Files.readString(file).replace("\"learning_rate\": 0.5,", "\"learning_rate\": 0.05,"));
    assertThat(run("lcbench", file.toString(), "--out", folder.resolve("more").toString()).out()).contains("first-set: 5 rows, 1 diverged; 2 rows, the first left out: run 4: has no val_balanced_accuracy");
  }

  @Test
  void anAccuracyInPercentIsTakenFromAHundredAndACrossEntropyIsALoss() {
    assertThat(losses(new TableFolder(imported("lcbench", RECORDED.resolve("lcbench.json"), "--target", "val_accuracy")).table("second_set"))).containsExactly(25.0, 50.0, DIVERGED);
    Path out = folder.resolve("entropy");
    assertThat(run("yahpo", RECORDED.resolve("net").toString(), "--out", out.toString(), "--target", "val_cross_entropy").code()).isEqualTo(Exit.DONE);
    assertThat(losses(new TableFolder(out).table("11"))).containsExactly(1.0, 0.5, DIVERGED, 0.25, 0.75, 0.875);
  }

  @Test
  void ofYahpoTheRowsThatWereTrainedFarthestAreTheTable() {
    TableFolder out = new TableFolder(imported("yahpo", RECORDED.resolve("net")));
    assertThat(out.space().parameters()).extracting(Parameter::name).as("neither task nor epoch nor constants").containsExactly("batch_size", "learning_rate");
    assertThat(losses(out.table("11"))).as("at epoch 3").containsExactly(40.0, 25.0, DIVERGED, 20.0, 30.0, 35.0);
    assertThat(losses(out.table("22"))).as("at epoch 2; half a row of a batch is none").containsExactly(80.0, 70.0, 64.5);
    assertThat(row(out.table("22"), 0).integer("batch_size")).isEqualTo(16);
  }

  @Test
  void yahpoHasConditionsAndReplicates() {
    TableFolder out = new TableFolder(imported("yahpo", RECORDED.resolve("svm")));
    assertThat(out.space().parameters()).containsExactly(
        new CategoricalParameter("learner_id", List.of("svm", "glmnet"), Optional.empty()),
        Parameter.categorical("svm.kernel", "linear", "polynomial", "radial").when("learner_id", "svm"),
        Parameter.real("glmnet.alpha", 0, 1).when("learner_id", "glmnet"),
        Parameter.log("svm.gamma", 0.001, 1000).when("svm.kernel", "radial"),
        Parameter.categorical("svm.shrinking", "TRUE", "FALSE").when("svm.kernel", "polynomial", "radial"));
    assertThat(out.tasks()).as("15 has one loss alone").containsExactly("3");
    LossTable table = out.table("3");
    assertThat(losses(table)).containsExactly(0.25, 0.125, 0.375, 0.5, DIVERGED, 0.75);
    assertThat(table.losses().get(table.points().getFirst())).as("two repetitions").containsExactly(0.25, 0.21875);
    assertThat(row(table, 2)).hasToString("{learner_id=svm, svm.kernel=polynomial, svm.shrinking=FALSE}");
  }

  @Test
  void eachTaskHasALine() {
    Path out = folder.resolve("tables");
    assertThat(run("hpo-b", RECORDED.resolve("hpob-data").toString(), "--out", out.toString()).out()).containsExactly(
        "9001/31: 8 rows, 2 diverged",
        "9001/37: left out: a table needs rows with finite losses, and half of them above the lowest; got 0 finite losses; 3 rows, the first left out: row 1 of X: parameter 'loss_' has the choices [hinge, squared hinge] at once",
        "9001/44: left out: has 1 row in X and 2 in y",
        "9002/31: 4 rows",
        "9001/50: 3 rows",
        "meta-train-dataset-augmented.json: 1 of its tasks stands in a file before it",
        "",
        "3 tables in " + out,
        "A suite has them by {tables: [tables/9001], initial: 5, trials: 50}, and is played with --tables " + folder);
  }

  @Test
  void theAnswerListsTablesAndWhatIsNone() throws IOException {
    Ended ended = run("yahpo", RECORDED.resolve("svm").toString(), "--out", folder.resolve("tables").toString(), "--json");
    JsonNode json = new ObjectMapper().readTree(ended.out().getLast());
    assertThat(json.at("/tables/0")).hasToString("{\"task\":\"3\",\"rows\":7,\"diverged\":1,\"leftOut\":2}");
    assertThat(json.at("/leftOut/0/task").textValue()).isEqualTo("15");
    assertThat(json.at("/leftOut/0/why").textValue()).contains("half of them above the lowest");
    assertThat(ended.err()).contains("the loss is 1 - acc, rows with the highest trainsize");
  }

  private void refused(List<String> arguments, String... problems) throws IOException {
    try (Stream<Path> before = Files.list(folder)) {
      List<Path> files = before.toList();
      Ended ended = run(Stream.concat(arguments.stream(), Stream.of("--out", folder.resolve("tables").toString())).toArray(String[]::new));
      assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
      assertThat(ended.err()).containsExactly(Stream.of(problems).map(p -> "proxima: " + p).toArray(String[]::new));
      assertThat(folder).as("nothing is left behind").isDirectoryNotContaining(f -> !files.contains(f));
    }
  }

  @Test
  void wrongArgumentsAreNamed() throws IOException {
    String net = RECORDED.resolve("net").toString();
    refused(List.of("hpob", net), "no layout 'hpob'; did you mean 'hpo-b'?; there are hpo-b, lcbench, yahpo");
    refused(List.of("lcbench", ""), "SOURCE: is empty; give a file or folder, or . for this one");
    refused(List.of("lcbench", folder + "/none.json"), folder + "/none.json: no such file or folder");
    refused(List.of("hpo-b", net, "--target", "auc"), "--target: HPO-B has accuracies alone, got auc");
    refused(List.of("lcbench", net), net + ": is a folder; name the file, such as data_2k_lw.json");
    refused(List.of("hpo-b", net),
        net + ": has none of meta-test-dataset.json, meta-validation-dataset.json, meta-train-dataset.json, meta-train-dataset-augmented.json; name the folder hpob-data, or a file of its layout");
    refused(List.of("yahpo", folder.toString()),
        folder + "/data.csv: no such file; SOURCE is a scenario's folder, with config_space.json and data.csv",
        folder + "/config_space.json: no such file; SOURCE is a scenario's folder, with config_space.json and data.csv");
    refused(List.of("yahpo", net, "--target", "val_acc"),
        net + "/data.csv:1: has no column val_acc; name the loss with --target, one of time, val_accuracy, val_cross_entropy");
    String lcbench = RECORDED.resolve("lcbench.json").toString();
    refused(List.of("lcbench", lcbench, "--target", "val_acuracy"),
        lcbench + ":4:235: run 0 of 'first-set' has no final_val_acuracy in its results and no Train/val_acuracy in its log; did you mean 'val_accuracy'?");
    Files.createDirectory(folder.resolve("tables"));
    refused(List.of("yahpo", net), folder + "/tables: is there already; give --out a folder that is not");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "hpo-b|{\"1\": {\"2\": {\"X\": [[0.5], [0.25]], \"y\": [[0.5], [0.25|1:54: is not JSON: Unexpected end-of-input: expected close marker for Array",
    "hpo-b|{\"1\": {\"2\": {\"X\": [[0.5, \"a\"]], \"y\": [[0.5]]}}}|1:26: needs a value of a row of 'X', a number, got 'a'",
    "hpo-b|{\"1\": {\"2\": {\"X\": [[0.5]]}}}|1:26: task '2' of space '1' has no [y]; is this a file of HPO-B?",
    "hpo-b|[]|1:1: needs search spaces by their ids, an object, got a list",
    "hpo-b|`{}\n{}`|2:1: something follows the end of the JSON value",
    "lcbench|{\"a\": {\"0\": {\"X\": [[1]]}}}|1:24: run 0 of 'a' has no 'config' with LCBench's parameters; is this a file of LCBench?",
    "lcbench|{\"a\": [1]}|1:7: needs the runs of data set 'a', an object, got a list",
    "lcbench|{\"a\" 1}|1:6: is not JSON: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"})
  void aFileOfAnotherFormIsRefusedWithLineAndColumn(String layout, String json, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("file.json"), json);
    refused(List.of(layout, file.toString()), file + ":" + problem);
  }

  @Test
  void ofNothingNoFolderIsMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file.json"), "{\"1\": {}}");
    refused(List.of("hpo-b", file.toString()), file + ": no table could be made of it");
  }

  private static final String SPACE = """
      {"hyperparameters": [
        {"name": "x", "type": "uniform_float", "lower": 0, "upper": 1, "log": false},
        {"name": "k", "type": "categorical", "choices": ["a", "b"]},
        {"name": "j", "type": "categorical", "choices": ["a", "b"]},
        {"name": "n", "type": "uniform_int", "lower": 1, "upper": 9, "log": true}]""";

  private Path scenario(String space, String data) throws IOException {
    Path scenario = Files.createDirectory(folder.resolve("scenario"));
    Files.writeString(scenario.resolve("config_space.json"), space);
    Files.writeString(scenario.resolve("data.csv"), data);
    return scenario;
  }

  @Test
  void everythingThatASpaceCanNotSayIsToldAtOnce() throws IOException {
    Path scenario = scenario("""
        {"hyperparameters": [
          {"name": "x", "type": "normal_float", "mu": 0, "sigma": 1},
          {"name": "l", "type": "uniform_float", "lower": 0, "upper": 1, "log": true},
          {"name": "u", "type": "uniform_float", "lower": 0, "upper": 1},
          {"name": "v", "type": "uniform_float", "lower": 0, "upper": 1},
          {"name": "w", "type": "uniform_float", "lower": 0, "upper": 1},
          {"name": "loss", "type": "uniform_float", "lower": 0, "upper": 1},
          {"name": "c", "type": "categorical", "choices": ["a,b", "c"]},
          {"name": "k", "type": "categorical", "choices": ["a", "b"]},
          {"name": "j", "type": "categorical", "choices": ["a", "b"]}],
         "conditions": [
          {"child": "u", "parent": "k", "type": "EQ", "value": "a"}, {"child": "u", "parent": "j", "type": "EQ", "value": "a"},
          {"child": "v", "parent": "w", "type": "GT", "value": 0.5},
          {"child": "w", "parent": "u2", "type": "EQ", "value": 0.5}],
         "forbiddens": [{"name": "k", "type": "EQUALS", "value": "a"}]}
        """, "x\n");
    String file = scenario.resolve("config_space.json").toString();
    refused(List.of("yahpo", scenario.toString()),
        file + ": hyperparameter 'x' has the type 'normal_float'; a search space has uniform_float, uniform_int, categorical, ordinal and constant ones",
        file + ": parameter 'l': log scale needs low > 0, got 0.0",
        file + ": hyperparameter 'loss' has a name that can not be a column of a table beside 'loss'",
        file + ": hyperparameter 'c' has the choice 'a,b', which can not be a cell of a table",
        file + ": the condition of 'v' is of the type GT; a search space has EQ, NEQ, IN, and AND of them",
        file + ": has forbidden clauses, which a search space can not say",
        file + ": hyperparameter 'u' depends on each of [k, j]; in a search space it can depend on one",
        file + ": the conditions of [w] are on one another, or on what is no parameter");
  }

  @Test
  void theColumnsOfASpaceMustBeThere() throws IOException {
    Path scenario = scenario(SPACE + "}", "X,k,n,time\n");
    String file = scenario.resolve("data.csv").toString();
    refused(List.of("yahpo", scenario.toString()),
        file + ":1: has no column 'x', a parameter of config_space.json",
        file + ":1: has no column 'j', a parameter of config_space.json",
        file + ":1: has no column val_accuracy or acc or mmce or valid_loss; name the loss with --target, one of X, time");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "0.5,a,a,1,1;2: has 5 cells, the header 6",
    "0.5,a,a,1,,0.5;2: column 'epoch': needs a number, got ''",
    "0.5,\"a,a,1,1,0.5;2: has a quote without an end"})
  void aTornLineIsNamed(String row, String problem) throws IOException {
    Path scenario = scenario(SPACE + "}", "x,k,j,n,epoch,acc\n" + row + "\n");
    refused(List.of("yahpo", scenario.toString()), scenario + "/data.csv:" + problem);
  }

  /// pandas writes True, 1e-05, and 2.0 in a column that has empty cells.
  @Test
  void choicesAreComparedAsNumbersAndAsBooleans() throws IOException {
    Path scenario = scenario("""
        {"hyperparameters": [
          {"type": "categorical", "name": "on", "choices": [true, false]},
          {"type": "categorical", "name": "rate", "choices": [0.0001, 1e-05]},
          {"type": "ordinal", "name": "o", "sequence": [1, 2]},
          {"type": "uniform_float", "name": "x", "lower": 0, "upper": 1, "log": false}],
         "conditions": [{"type": "EQ", "child": "x", "parent": "o", "value": 2.0}, {"type": "NEQ", "child": "o", "parent": "on", "value": "False"}]}
        """, "on,rate,o,x,acc\nTrue,0.0001,2.0,0.5,0.5\nFalse,1e-05,,,0.25\nTrue,1e-05,1.0,,0.75\n");
    LossTable table = new TableFolder(imported("yahpo", scenario)).table("scenario");
    assertThat(losses(table)).containsExactly(0.5, 0.75, 0.25);
    assertThat(List.of(row(table, 0), row(table, 1), row(table, 2))).extracting(Configuration::toString)
        .containsExactly("{on=true, rate=1.0E-4, o=2, x=0.5}", "{on=false, rate=1.0E-5}", "{on=true, rate=1.0E-5, o=1}");
  }

  @Test
  void spacesOfNewerConfigSpaceAreRead() throws IOException {
    Path scenario = scenario("""
        {"name": "s", "format_version": 0.4, "hyperparameters": [
          {"type": "uniform_float", "name": "x", "lower": 0, "upper": 1, "default_value": 0.5, "log": false, "meta": null},
          {"type": "ordinal", "name": "o", "sequence": [1, 2, 4], "default_value": 1, "meta": null},
          {"type": "categorical", "name": "one", "choices": [true], "weights": null, "default_value": true, "meta": null},
          {"type": "uniform_int", "name": "n", "lower": 1, "upper": 9, "default_value": 3, "log": true, "meta": null}],
         "conditions": [{"type": "IN", "child": "n", "parent": "o", "values": [2, 4]}], "forbiddens": []}
        """, "x,o,n,one,acc\n0.5,1,,true,0.5\n0.25,2,3,true,0.25\n0.75,4,9.0,true,0.75\n");
    TableFolder out = new TableFolder(imported("yahpo", scenario));
    assertThat(out.space().parameters()).containsExactly(
        new RealParameter("x", 0, 1, false, Optional.empty()),
        Parameter.categorical("o", "1", "2", "4"),
        new IntegerParameter("n", 1, 9, true, Optional.of(new Condition("o", List.of("2", "4")))));
    assertThat(out.tasks()).as("without a column of tasks, the scenario").containsExactly("scenario");
    assertThat(losses(out.table("scenario"))).containsExactly(0.5, 0.75, 0.25);
  }
}
