package proxima.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.InputException;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// The files of Optuna and Syne Tune are made by `src/test/python/optuna_golden.py` and `syne_tune_golden.py`.
class LayoutsTest {

  private static final Path FILES = Path.of("src", "test", "resources", "proxima", "history");

  @TempDir private Path folder;

  private static Imported.Read read(Imported imported) {
    assertThat(imported).isInstanceOf(Imported.Read.class);
    return (Imported.Read) imported;
  }

  /// As pandas writes the index of its rows.
  @Test
  void aColumnWithoutANameIsNoParameter() throws IOException {
    Imported.Read read = csv(",lr,loss\n0,0.1,2\n1,0.2,1\n", ImportOptions.NONE);
    assertThat(read.history().space().parameters()).extracting(Parameter::name).containsExactly("lr");
    assertThat(read.notes()).contains("the column without a name is left out");
  }

  private Imported.Read csv(String text, ImportOptions options) throws IOException {
    return read(new CsvLayout().read(Files.writeString(folder.resolve("task.csv"), text), options).getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"optuna.db", "optuna.log"})
  void optunaStudiesComeWithTheirSpaces(String file) throws IOException {
    List<Imported> all = new OptunaLayout().read(FILES.resolve(file), ImportOptions.NONE);
    assertThat(all).extracting(Imported::task).containsExactly("tune", "up", "pareto");
    TaskHistory tune = read(all.get(0)).history();
    assertThat(tune.space())
        .isEqualTo(
            SearchSpace.of(
                Parameter.log("lr", 1e-5, 1e-1), Parameter.integer("layers", 1, 4), Parameter.logInteger("units", 8, 256), Parameter.categorical("act", "relu", "tanh", "null"),
                Parameter.real("slope", -1, 1).when("act", "tanh")));
    assertThat(tune.entries()).hasSize(12);
    for (int i = 0; i < 12; i++) {
      Configuration c = tune.entries().get(i).configuration();
      Outcome outcome = tune.entries().get(i).outcome();
      switch (i) {
        case 3 -> assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        case 4 -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Stopped.class, s -> assertThat(s.step()).isEqualTo(2));
        case 5 -> assertThat(outcome).isEqualTo(new Outcome.Diverged(2));
        default -> {
          double expected = Math.pow(Math.log10(c.real("lr")) + 3, 2) + 0.1 * whole(c, "layers") + whole(c, "units") / 1000.0;
          double slope = c.get("slope").map(v -> ((Value.Real) v).number()).orElse(0.0);
          assertThat(outcome).isInstanceOfSatisfying(Outcome.Finished.class, f -> assertThat(f.loss()).isCloseTo(expected + slope * slope, within(1e-12)));
          assertThat(((Outcome.Finished) outcome).curve()).extracting(Outcome.CurvePoint::loss).containsExactly(1.0, 0.5, 1.0 / 3);
        }
      }
    }
    assertThat(read(all.get(0)).notes()).contains("parameter 'momentum' is left out, as it had one value alone", "1 of 13 trials left out, as they have not ended");
    assertThat(read(all.get(1)).notes()).contains("losses are the negative of its values, which it maximizes");
    assertThat(read(all.get(1)).history().entries()).allSatisfy(e ->
        assertThat(((Outcome.Finished) e.outcome()).loss()).isEqualTo(-e.configuration().real("x")));
    assertThat(all.get(2)).isEqualTo(new Imported.LeftOut("pareto", "it has 2 objectives; only a study of one is a history"));
  }

  private static long whole(Configuration c, String name) {
    return c.get(name).map(v -> ((Value.Whole) v).number()).orElseThrow();
  }

  @Test
  void halfALineAtTheEndOfAJournalDoesNotCount() throws IOException {
    String whole = Files.readString(FILES.resolve("optuna.log"));
    Path cut = Files.writeString(folder.resolve("cut.log"), whole.substring(0, whole.length() - 40));
    assertThat(new OptunaLayout().read(cut, ImportOptions.NONE).getFirst()).isEqualTo(new OptunaLayout().read(FILES.resolve("optuna.log"), ImportOptions.NONE).getFirst());
    Path broken = Files.writeString(folder.resolve("broken.log"), whole.replaceFirst("\"op_code\":5", "\"op_code\":five"));
    assertThatThrownBy(() -> new OptunaLayout().read(broken, ImportOptions.NONE)).isInstanceOf(InputException.class).hasMessageContaining("broken.log:3: is no operation of an Optuna journal");
    Path other = Files.write(folder.resolve("other.db"), "SQLite format 3\0 but no more of it".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> new OptunaLayout().read(other, ImportOptions.NONE)).isInstanceOf(InputException.class).hasMessageContaining("can not be read as an Optuna database");
  }

  @Test
  void aSyneTuneExperimentIsReadWithItsCurves() throws IOException {
    Imported.Read read = read(new SyneTuneLayout().read(FILES.resolve("syne-tune"), ImportOptions.NONE).getFirst());
    TaskHistory history = read.history();
    assertThat(history.space()).isEqualTo(SearchSpace.of(Parameter.log("lr", 1e-5, 1e-1), Parameter.integer("layers", 1, 4), Parameter.categorical("act", "relu", "tanh")));
    assertThat(history.entries()).hasSize(7).allSatisfy(e -> {
      Outcome.Finished outcome = (Outcome.Finished) e.outcome();
      double badness = Math.pow(Math.log10(e.configuration().real("lr")) + 3, 2) / 3 + 0.1 * whole(e.configuration(), "layers");
      assertThat(outcome.loss()).isCloseTo(-1 / (1 + badness), within(1e-12));
      assertThat(outcome.curve()).hasSize(3);
    });
    assertThat(read.notes()).containsExactly("losses are the negative of 'accuracy', which is maximised", "parameter 'epochs' is left out, as it has one value alone");
    assertThatThrownBy(() -> new SyneTuneLayout().read(folder, ImportOptions.NONE)).isInstanceOf(InputException.class).hasMessageContaining("metadata.json: no such file");
  }

  private List<Outcome> syneTune(String metric, boolean maximizes) throws IOException {
    return read(new SyneTuneLayout().read(folder, new ImportOptions(Optional.of(metric), maximizes, List.of(), Optional.empty(), false)).getFirst()).history().entries().stream().map(TaskHistory.Entry::outcome).toList();
  }

  private static Outcome once(double loss) {
    return new Outcome.Finished(loss, List.of(new Outcome.CurvePoint(1, loss)));
  }

  @Test
  void aMetricOfSyneTuneHasTheModeOfItsPlace() throws IOException {
    Files.writeString(folder.resolve("metadata.json"), "{\"metric_names\": [\"accuracy\", \"error\"], \"metric_mode\": [\"max\", \"min\"], \"config_space\": {}}");
    Files.writeString(folder.resolve("results.csv"), "trial_id,config_x,accuracy,error,score\n0,1,0.75,0.25,5\n1,2,0.5,0.5,6\n");
    assertThat(syneTune("accuracy", false)).containsExactly(once(-0.75), once(-0.5));
    assertThat(syneTune("error", false)).containsExactly(once(0.25), once(0.5));
    assertThatThrownBy(() -> syneTune("error", true)).isInstanceOf(InputException.class).hasMessage(folder.resolve("metadata.json") + ": minimizes 'error', and --maximize is given; leave it out");
    assertThat(syneTune("score", false)).as("of no known mode").containsExactly(once(5), once(6));
    assertThat(syneTune("score", true)).containsExactly(once(-5), once(-6));
    Files.writeString(folder.resolve("metadata.json"), "{\"metric_names\": [\"accuracy\", \"score\"], \"metric_mode\": \"max\", \"config_space\": {}}");
    assertThat(syneTune("score", false)).as("one mode for all").containsExactly(once(-5), once(-6));
    assertThat(syneTune("error", false)).containsExactly(once(0.25), once(0.5));
  }

  private Imported.Read syneTune(String space, String columns, String... rows) throws IOException {
    Files.writeString(folder.resolve("metadata.json"), "{\"metric_names\": [\"loss\"], \"metric_mode\": \"min\", \"config_space\": " + space.replace('\'', '"') + "}");
    Files.writeString(folder.resolve("results.csv"), "trial_id,loss," + columns + "\n" + String.join("\n", rows) + "\n");
    return read(new SyneTuneLayout().read(folder, ImportOptions.NONE).getFirst());
  }

  private static List<String> ends(Imported.Read read) {
    return read.history().entries().stream().map(e -> e.outcome() instanceof Outcome.Stopped s ? "stopped at " + s.step() : e.outcome() instanceof Outcome.Finished ? "finished" : "diverged").toList();
  }

  @Test
  void aTrialOfSyneTuneWasStoppedWhereItHasFewerReportsThanOthersAndNotWhereItsSchedulerStopsItAtTheEnd() throws IOException {
    Imported.Read stops = syneTune("{}", "st_decision,config_x", "0,5,CONTINUE,1", "0,4,CONTINUE,1", "0,3,STOP,1", "1,9,STOP,2", "2,6,CONTINUE,3", "2,5,CONTINUE,3", "3,4,CONTINUE,4", "3,,STOP,4");
    assertThat(ends(stops)).containsExactly("finished", "stopped at 1", "stopped at 2", "diverged");
    assertThat(stops.notes()).containsExactly("trials with fewer reports than others that were to go on, as where the tuner's time was up, count as stopped there");
    Imported.Read pauses = syneTune("{}", "st_decision,config_x", "0,5,PAUSE,1", "1,9,PAUSE,2", "0,4,CONTINUE,1", "0,3,STOP,1");
    assertThat(ends(pauses)).containsExactly("finished", "stopped at 1");
    assertThat(pauses.notes()).containsExactly("trials that were paused and not gone on with count as stopped there");
    Imported.Read whole = syneTune("{}", "st_decision,config_x", "0,5,CONTINUE,1", "0,4,CONTINUE,1", "1,9,CONTINUE,2");
    assertThat(ends(whole)).as("no scheduler that stops trials").containsExactly("finished", "finished");
    assertThat(whole.notes()).isEmpty();
  }

  @Test
  void aChoiceOfSyneTuneIsItsCellAsANumberOrABoolean() throws IOException {
    String space = "{'rate': {'domain_cls': 'Categorical', 'domain_kwargs': {'categories': [0.0001, 1e-05, 1]}}, 'on': {'domain_cls': 'Categorical', 'domain_kwargs': {'categories': [true, false]}},"
        + " 'name': {'domain_cls': 'Categorical', 'domain_kwargs': {'categories': ['a', 'A']}}}";
    Imported.Read read = syneTune(space, "config_rate,config_on,config_name", "0,1,0.0001,True,a", "1,2,1e-05,False,A", "2,3,1.0,True,a");
    assertThat(read.notes()).isEmpty();
    assertThat(read.history().entries()).extracting(e -> e.configuration().toString())
        .containsExactly("{rate=1.0E-4, on=true, name=a}", "{rate=1.0E-5, on=false, name=A}", "{rate=1, on=true, name=a}");
  }

  @Test
  void aCsvFileTellsItsSpaceByItsValues() throws IOException {
    Imported.Read read = csv("""
        trial,lr,layers,opt,beta,loss
        0,0.001,1,adam,0.9,1.5
        1,0.1,3,sgd,,2.5
        2,0.0005,2,adam,0.99,
        3,0.002,2,sgd,,inf
        """, new ImportOptions(Optional.empty(), false, List.of("trial"), Optional.empty(), false));
    assertThat(read.history().space())
        .isEqualTo(
            SearchSpace.of(
                Parameter.log("lr", 0.0005, 0.1), Parameter.integer("layers", 1, 3), Parameter.categorical("opt", "adam", "sgd"), Parameter.real("beta", 0.9, 0.99).when("opt", "adam")));
    assertThat(read.history().entries()).extracting(TaskHistory.Entry::outcome)
        .containsExactly(Outcome.of(1.5), Outcome.of(2.5), new Outcome.Diverged(0), new Outcome.Diverged(0));
    assertThat(read.notes()).singleElement().asString().startsWith("ranges are those of the values");
  }

  @Test
  void aCsvFileMayTellStandardErrors() throws IOException {
    String text = "lr,accuracy,standardError\n0.1,0.9,0.25\n0.2,0.8,\n0.3,nan,nan\n";
    SearchSpace space = SearchSpace.of(Parameter.real("lr", 0, 1));
    var options = new ImportOptions(Optional.of("accuracy"), true, List.of(), Optional.of(space), false);
    Imported.Read read = csv(text, options);
    assertThat(read.history().entries()).extracting(TaskHistory.Entry::outcome)
        .containsExactly(new Outcome.Finished(-0.9, 0.25, List.of()), Outcome.of(-0.8), new Outcome.Diverged(0));
    assertThat(read.notes()).isEmpty();
    assertThat(csv(text, new ImportOptions(Optional.of("accuracy"), true, List.of("standardError"), Optional.of(space), false)).history().entries())
        .extracting(TaskHistory.Entry::outcome).containsExactly(Outcome.of(-0.9), Outcome.of(-0.8), new Outcome.Diverged(0));
    assertThatThrownBy(() -> csv(text.replace("0.25", "-0.25"), options)).isInstanceOf(InputException.class)
        .hasMessageContaining("task.csv:2: a standard error is 0 or more, got -0.25; it is blank where it is not known, and --ignore standardError leaves it out");
  }

  @Test
  void aCsvFileIsReadInTheSpaceThatIsGiven() throws IOException {
    SearchSpace space = SearchSpace.of(Parameter.log("lr", 1e-5, 1), Parameter.categorical("opt", "adam", "sgd"));
    Imported.Read read = csv("""
        lr,opt,accuracy,host
        1e-3,adam,0.9,a

        2,sgd,0.5,b
        0.1,sgd,0.8,c

        """, new ImportOptions(Optional.of("accuracy"), true, List.of(), Optional.of(space), false));
    assertThat(read.history().space()).isEqualTo(space);
    assertThat(read.history().entries()).extracting(TaskHistory.Entry::outcome).containsExactly(Outcome.of(-0.9), Outcome.of(-0.8));
    assertThat(read.notes())
        .containsExactly(
            "the columns [host] are not read, as the space lacks them",
            "task.csv:4 is left out: parameter 'lr' takes a real number in [1.0E-5, 1.0], got 2.0");
  }

  @Test
  void whatACsvFileLacksIsALine() throws IOException {
    assertThatThrownBy(() -> csv("lr,error\n1,2\n", ImportOptions.NONE))
        .hasMessageContaining("task.csv:1: has no column 'loss' for the loss; there are lr, error; name one with --loss");
    assertThatThrownBy(() -> csv("lr,loss\n1,2\n", new ImportOptions(Optional.empty(), false, List.of("trial"), Optional.empty(), false)))
        .hasMessageContaining("task.csv:1: has no column 'trial' to ignore");
    Path same = Files.writeString(folder.resolve("same.csv"), "lr,loss\n1,2\n1,3\n");
    assertThat(new CsvLayout().read(same, ImportOptions.NONE)).isEqualTo(List.of(new Imported.LeftOut("same", "none of its 2 trials has a parameter that varies")));
  }

  @Test
  void amongNumbersACellMayBeMissingAndAnotherTextMakesThemChoices() throws IOException {
    Imported.Read read = csv("a,b,c,d,loss\n0.9,1d,1,none,1\nNA,2d,inf,NA,2\n0.99,3d,3,none,NaN\n0.5,2d,inf,NA,4\n", ImportOptions.NONE);
    assertThat(read.history().space().parameters()).containsExactlyInAnyOrder(
        Parameter.real("a", 0.5, 0.99), Parameter.categorical("b", "1d", "2d", "3d"), Parameter.categorical("c", "1", "inf", "3"), Parameter.categorical("d", "none", "NA"));
    assertThat(read.notes()).contains("column 'c' is one of choices, since 'inf' is no number").noneMatch(n -> n.contains("'b'") || n.contains("'d'"));
    assertThat(read.history().entries()).as("but for that without a").extracting(TaskHistory.Entry::outcome).containsExactly(Outcome.of(1), new Outcome.Diverged(0), Outcome.of(4));
  }

  @Test
  void aLossThatIsATextIsRefused() {
    for (String text : List.of("fast", "\"0,7\"", "1d")) {
      assertThatThrownBy(() -> csv("lr,loss\n1,2\n2," + text + "\n", ImportOptions.NONE)).isInstanceOf(InputException.class)
          .hasMessageContaining("task.csv:3: column 'loss' takes a number, or nothing where there is none, got '" + text.replace("\"", "") + "'");
    }
    assertThatThrownBy(() -> csv("lr,loss,standardError\n1,2,x\n", ImportOptions.NONE)).hasMessageContaining("task.csv:2: column 'standardError' takes a number");
  }

  @Test
  void aColumnTwiceAndAnExportOfProximasAreRefused() {
    assertThatThrownBy(() -> csv("lr,loss,lr\n1,2,3\n", ImportOptions.NONE)).isInstanceOf(InputException.class).hasMessageContaining("task.csv:1: has the column 'lr' twice; rename one");
    assertThatThrownBy(() -> csv("phase,trial,outcome,step,loss,x\nsearch,0,failed,,,1\n", ImportOptions.NONE)).isInstanceOf(InputException.class)
        .hasMessageContaining("task.csv:1: is an export of Proxima's").hasMessageContaining("export the run as JSON").hasMessageEndingWith("by --ignore phase --ignore trial --ignore outcome --ignore step");
  }

  @Test
  void whatMostTrialsLackIsLeftOutAndWhatFewLackCostsThem() throws IOException {
    Imported.Read read = csv("x,y,z,loss\n1,,5,1\n2,,6,2\n3,4,,3\n4,,8,4\n5,9,7,5\n", ImportOptions.NONE);
    assertThat(read.history().space().parameters()).extracting(Parameter::name).containsExactly("x", "z");
    assertThat(read.history().entries()).hasSize(4);
    assertThat(read.notes()).contains("parameter 'y' is left out, as 3 of 5 trials lack it and no other parameter says which");
    assertThat(read.notes()).anySatisfy(n -> assertThat(n).startsWith("1 of 5 trials left out: "));
  }

  @Test
  void aCsvFileMayBeginWithAByteOrderMark() throws IOException {
    assertThat(csv("\uFEFFloss,lr\n1,2\n2,3\n", ImportOptions.NONE).history().entries()).hasSize(2);
  }

  @Test
  void aLineThatIsTooLongIsRefused() throws IOException {
    String line = "x".repeat((1 << 20) + 1);
    assertThatThrownBy(() -> csv("lr,loss\n1,2\n" + line + "\n", ImportOptions.NONE)).isInstanceOf(InputException.class)
        .hasMessageContaining("task.csv:3: is longer than the 1048576 characters that a line may have");
    Path log = Files.writeString(folder.resolve("long.log"), line);
    assertThatThrownBy(() -> new OptunaLayout().read(log, ImportOptions.NONE)).isInstanceOf(InputException.class).hasMessageContaining("long.log:1: is longer than the 1048576 characters");
  }

  @Test
  void anOptunaNumberBeyondItsRangeIsTold() throws IOException {
    String whole = Files.readString(FILES.resolve("optuna.log"));
    Path file = Files.writeString(folder.resolve("beyond.log"), whole.replaceFirst("(\"param_name\": ?\"lr\", ?\"param_value_internal\": ?)[0-9.e-]+", "$15.0"));
    Imported.Read read = read(new OptunaLayout().read(file, ImportOptions.NONE).getFirst());
    assertThat(read.notes()).filteredOn(n -> n.contains("beyond")).singleElement().asString().matches("1 of \\d+ trials had 'lr' beyond its range, and have the range's end");
    assertThat(read.history().entries().getFirst().configuration().real("lr")).isEqualTo(0.1);
    assertThat(read(new OptunaLayout().read(FILES.resolve("optuna.log"), ImportOptions.NONE).getFirst()).notes()).noneMatch(n -> n.contains("beyond"));
  }

  @Test
  void aStudyWithAChoiceThatIsNoneOfItsDistributionIsLeftOutAndAStepThatIsNoNumberRefused() throws IOException {
    String whole = Files.readString(FILES.resolve("optuna.log"));
    Path file = Files.writeString(folder.resolve("choice.log"), whole.replaceFirst("(\"param_name\": ?\"act\", ?\"param_value_internal\": ?)\\d+", "$19"));
    assertThat(file).content().isNotEqualTo(whole);
    List<Imported> all = new OptunaLayout().read(file, ImportOptions.NONE);
    assertThat(all).first().isEqualTo(new Imported.LeftOut("tune", "parameter 'act' has the choices 0 to 2, got 9.0"));
    assertThat(all.get(1)).as("the next study").isInstanceOf(Imported.Read.class);
    Path step = Files.writeString(folder.resolve("step.log"), """
        {"op_code": 0, "study_name": "s", "directions": [1]}
        {"op_code": 4, "study_id": 0, "state": 1, "intermediate_values": {"first": 1.5}}
        """);
    assertThatThrownBy(() -> new OptunaLayout().read(step, ImportOptions.NONE)).isInstanceOf(InputException.class)
        .hasMessage(step + ":2: an intermediate value has a step, a whole number, got 'first'");
    Path binary = Files.write(folder.resolve("binary.log"), new byte[] {'{', (byte) 0xff});
    assertThatThrownBy(() -> new OptunaLayout().read(binary, ImportOptions.NONE)).isInstanceOf(InputException.class).hasMessage(binary + ": is not a UTF-8 text file");
  }

  /// Optuna has a trial fail whose objective is not a number.
  @Test
  void aTrialThatOptunaFailsHasDivergedWhereItsLastReportIsNoNumber() throws IOException {
    List<String> lines = new ArrayList<>(List.of("{'op_code': 0, 'study_name': 's', 'directions': [1]}"));
    List<String> reports = List.of("'0': 1.5, '4': 0.5", "'0': 1.5, '4': NaN", "'0': NaN, '4': 0.5", "");
    for (int i = 0; i < reports.size(); i++) {
      String distribution = "{\\'name\\': \\'FloatDistribution\\', \\'attributes\\': {\\'step\\': null, \\'low\\': 0, \\'high\\': 1, \\'log\\': false}}";
      lines.add("{'op_code': 4, 'study_id': 0, 'state': " + (i == 0 ? 1 : 3) + ", 'values': " + (i == 0 ? "[0.5]" : "null") + ", 'params': {'x': 0." + (i + 1)
          + "}, 'distributions': {'x': '" + distribution + "'}, 'intermediate_values': {" + reports.get(i) + "}}");
    }
    Path file = Files.write(folder.resolve("nan.log"), lines.stream().map(l -> l.replace('\'', '"')).toList());
    List<Outcome> outcomes = read(new OptunaLayout().read(file, ImportOptions.NONE).getFirst()).history().entries().stream().map(TaskHistory.Entry::outcome).toList();
    var failed = new Outcome.Failed("failed under Optuna");
    assertThat(outcomes.subList(1, 4)).containsExactly(new Outcome.Diverged(4), failed, failed);
  }

  @Test
  void anOptunaDatabaseWithEmptyCellsIsReadOrRefused() throws IOException, SQLException {
    Path file = Files.copy(FILES.resolve("optuna.db"), folder.resolve("empty.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA writable_schema = ON");
      sql.execute("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '')");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement sql = connection.createStatement()) {
      sql.execute("UPDATE trials SET state = NULL WHERE number = 0");
      sql.execute("UPDATE trial_intermediate_values SET intermediate_value_type = NULL");
    }
    assertThat(read(new OptunaLayout().read(file, ImportOptions.NONE).getFirst()).history().entries().getFirst().outcome()).isInstanceOf(Outcome.Failed.class);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement sql = connection.createStatement()) {
      sql.execute("UPDATE trial_params SET distribution_json = NULL");
    }
    assertThat(new OptunaLayout().read(file, ImportOptions.NONE)).first().isInstanceOfSatisfying(Imported.LeftOut.class, i -> assertThat(i.why()).contains("has the unknown distribution ''"));
  }

  /// Its version of the schema is that of Optuna 3.
  @Test
  void aDatabaseOfOptuna2NamesTheUpgrade() throws IOException, SQLException {
    Path file = Files.copy(FILES.resolve("optuna.db"), folder.resolve("old.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement sql = connection.createStatement()) {
      sql.execute("ALTER TABLE trial_values RENAME COLUMN value_type TO other");
    }
    assertThatThrownBy(() -> new OptunaLayout().read(file, ImportOptions.NONE)).isInstanceOf(InputException.class)
        .hasMessageContaining("no such column: value_type").hasMessageEndingWith("; where it is one of Optuna 2, bring it up to date with: optuna storage upgrade");
  }

  @Test
  void packedResultsOfSyneTuneUnpackToNoMoreThanTheBound() throws IOException {
    Files.copy(FILES.resolve("syne-tune/metadata.json"), folder.resolve("metadata.json"));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("results.csv.zip")))) {
      zip.putNextEntry(new ZipEntry("results.csv"));
      for (int i = 0; i <= 256; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    assertThatThrownBy(() -> new SyneTuneLayout().read(folder, ImportOptions.NONE)).isInstanceOf(InputException.class)
        .hasMessage(folder.resolve("results.csv.zip") + ": unpacks to more than the 256 MiB that results may have");
  }

  @Test
  void aTableOfOptunasTrialsIsNotTakenForTrialsThatAllFinished() throws IOException {
    String text = "number,value,params_lr,state\n0,1,0.1,COMPLETE\n1,0.5,0.2,PRUNED\n";
    var options = new ImportOptions(Optional.of("value"), false, List.of(), Optional.empty(), false);
    assertThatThrownBy(() -> csv(text, options)).isInstanceOf(InputException.class)
        .hasMessageContaining("task.csv:1: is a table of Optuna's trials").hasMessageContaining("import-history optuna");
    assertThat(csv(text, new ImportOptions(Optional.of("value"), false, List.of("state", "number"), Optional.empty(), false)).history().entries()).hasSize(2);
  }

  @Test
  void failedTrialsOfOptunasCountAsDivergedWhereAsked() {
    var study = new OptunaStudy("s", List.of("MINIMIZE"));
    for (int i = 0; i < 3; i++) {
      OptunaStudy.Trial trial = study.trial(i);
      trial.suggest("x", "{\"name\": \"FloatDistribution\", \"attributes\": {\"low\": 0.0, \"high\": 1.0, \"log\": false, \"step\": null}}", i / 4.0);
      trial.state = i == 1 ? "FAIL" : "COMPLETE";
      trial.value = i == 1 ? OptionalDouble.empty() : OptionalDouble.of(i);
    }
    assertThat(study.history(false).history().entries().get(1).outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(study.history(false).notes()).containsExactly(
        "1 of 3 trials failed, and count as saying nothing; Optuna fails also those whose loss is not a number: where these have diverged, give --failed diverged");
    assertThat(study.history(true).history().entries().get(1).outcome()).isEqualTo(new Outcome.Diverged(0));
    assertThat(study.history(true).notes()).containsExactly("1 of 3 trials failed, and count as diverged");
  }
}
