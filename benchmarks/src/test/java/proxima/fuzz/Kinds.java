package proxima.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import proxima.bench.SuiteReaders;
import proxima.cli.Command;
import proxima.cli.Commands;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.importer.ImportCommand;
import proxima.gp.Threads;
import proxima.protocol.StudyServer;
import proxima.space.HistoryJson;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.strategy.RandomStrategy;
import proxima.study.Decision;
import proxima.study.MemoryJournal;
import proxima.study.SqliteJournal;
import proxima.study.Study;
import proxima.study.StudyReaders;
import proxima.tables.TableFolder;
import proxima.tune.TuneReaders;

/// All that is read from outside, with valid documents of each kind.
final class Kinds {

  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final Path HISTORIES = Path.of("..", "objectives", "src", "test", "resources", "proxima", "history");
  private static final Path TABLES = Path.of("src", "test", "resources", "proxima", "importer");

  private static final List<Path> SUITES = Stream.of("synthetic.yaml", "cliff.yaml").map(Path.of("suites")::resolve).toList();

  private static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.log("lr", 1e-5, 1e-1), Parameter.integer("layers", 1, 4), Parameter.logInteger("units", 8, 256), Parameter.categorical("act", "relu", "tanh"),
          Parameter.real("slope", -1, 1).when("act", "tanh"));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;

  /// @param folder for files that lie beside those that are spoilt
  Kinds(Path folder) {
    this.folder = folder;
  }

  List<Kind> all() throws IOException {
    Path syne = HISTORIES.resolve("syne-tune");
    return List.of(
        text("configurations", "run.yaml", Kinds::configuration, configurations(), Files.readString(EXAMPLES.resolve("text.yaml")).replace("../LICENSE", "words.txt")),
        text("settings files", "settings.yaml", TuneReaders::settings, List.of(EXAMPLES.resolve("settings.yaml")), SETTINGS),
        text("modules files", "modules.yaml", TuneReaders::modules, List.of(EXAMPLES.resolve("pytorch/modules.yaml"))),
        text("space files", "space.json", TuneReaders::space, List.of(EXAMPLES.resolve("python/space.json")), SPACE_FILE),
        text("histories", "history.json", TuneReaders::prior, List.of(), HistoryJson.write(history("task", Map.of())), HistoryJson.write(history("task", TuneReaders.context()))),
        text("files of learn-space", "prior.json", TuneReaders::prior, List.of(), TuneReaders.prior(history("plain", Map.of()))),
        text("results", "result.json", TuneReaders::result, List.of(), RESULT),
        text("tables", "t.csv", Kinds::table, List.of(), table()),
        text("spaces of tables", "space.json", Kinds::tableSpace, List.of(), TABLE_SPACE),
        text("suites", "suite.yaml", file -> SuiteReaders.suite(file, tables()), SUITES, SUITE),
        text("protocol", "requests", Kinds::serve, List.of(), SESSION, ASKS),
        bytes("journals", "study.db", StudyReaders::journal, journal()),
        text("events of journals", "events", StudyReaders::events, List.of(), events()),
        text("CSV histories", "history.csv", file -> imported("import-history", "csv", file), List.of(), table(), CSV),
        text("Optuna journals", "optuna.log", file -> imported("import-history", "optuna", file), List.of(HISTORIES.resolve("optuna.log"))),
        bytes("Optuna databases", "optuna.db", file -> imported("import-history", "optuna", file), HISTORIES.resolve("optuna.db")),
        text("Syne Tune's metadata", "metadata.json", file -> syneTune(file, syne), List.of(syne.resolve("metadata.json"))),
        text("Syne Tune's results", "results.csv", file -> syneTune(file, syne), List.of(), SYNE_TUNE),
        bytes("Syne Tune's packed results", "results.csv.zip", file -> syneTune(file, syne), syne.resolve("results.csv.zip")),
        text("HPO-B", "hpob.json", file -> imported("import-tables", "hpo-b", file), List.of(TABLES.resolve("hpob-data/meta-test-dataset.json"))),
        text("HPO-B's descriptors", "meta-dataset-descriptors.json", file -> hpoB(file), List.of(TABLES.resolve("hpob-data/meta-dataset-descriptors.json"))),
        text("LCBench", "lcbench.json", file -> imported("import-tables", "lcbench", file), List.of(TABLES.resolve("lcbench.json"))),
        text("YAHPO's data", "data.csv", file -> yahpo(file), List.of(TABLES.resolve("net/data.csv"))),
        text("YAHPO's spaces", "config_space.json", file -> yahpo(file), List.of(TABLES.resolve("net/config_space.json"))));
  }

  private static Kind text(String name, String file, Kind.Reader reader, List<Path> files, String... more) throws IOException {
    List<byte[]> documents = new ArrayList<>();
    for (Path f : files) {
      documents.add(Files.readAllBytes(f));
    }
    Arrays.stream(more).forEach(t -> documents.add(t.getBytes(StandardCharsets.UTF_8)));
    return new Kind(name, file, true, documents, reader);
  }

  private static Kind bytes(String name, String file, Kind.Reader reader, Path document) throws IOException {
    return new Kind(name, file, false, List.of(Files.readAllBytes(document)), reader);
  }

  /// Examples that are no runs, or whose text lies elsewhere.
  private static final List<String> OTHERS = List.of("text.yaml", "random-labels.yaml", "settings.yaml", "modules.yaml", "kubernetes.yaml");

  private static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(f -> f.toString().endsWith(".yaml") && OTHERS.stream().noneMatch(f::endsWith)).sorted().toList();
    }
  }

  /// With what the examples name.
  private static void configuration(Path file) throws IOException {
    Path modules = file.resolveSibling("modules.yaml");
    if (!Files.exists(modules)) {
      Files.copy(EXAMPLES.resolve("pytorch/modules.yaml"), modules);
      Files.writeString(file.resolveSibling("words.txt"), "Words of a text.\n".repeat(200));
    }
    TuneReaders.config(file);
  }

  private static Study study() {
    return told(Study.open(new MemoryJournal(), "s", SPACE, new RandomStrategy(), (_, _, _) -> Decision.CONTINUE, "random", 1));
  }

  private static Study told(Study study) {
    for (int i = 0; i < 12; i++) {
      int trial = study.ask().number();
      study.report(trial, 1, 2.5 + i);
      study.tell(trial, i == 3 ? new Outcome.Diverged(7) : i == 5 ? new Outcome.Failed("no reason") : Outcome.of(1.5 / (1 + i % 5)));
    }
    study.ask();
    return study;
  }

  private static TaskHistory history(String task, Map<String, Value> context) {
    return new TaskHistory(task, SPACE, context, study().history(task, context).entries());
  }

  private Path journal() {
    Path file = folder.resolve("valid.db");
    try (SqliteJournal journal = SqliteJournal.open(file);
        Study study = Study.open(journal, "s", SPACE, new RandomStrategy(), (_, _, _) -> Decision.CONTINUE, "random", 1)) {
      told(study);
    }
    return file;
  }

  private String events() {
    try (SqliteJournal journal = SqliteJournal.open(journal())) {
      return StudyReaders.text(journal, "s");
    }
  }

  private static String table() {
    StringBuilder text = new StringBuilder("lr,layers,units,act,slope,loss\n");
    for (int i = 0; i < 12; i++) {
      text.append(1e-4 * (1 + i)).append(',').append(1 + i % 4).append(',').append(8 + 5 * i).append(i % 2 == 0 ? ",relu,," : ",tanh,0.5,").append(i == 4 ? "" : Double.toString(1.0 / (1 + i))).append('\n');
    }
    return text.toString();
  }

  /// A folder with recorded tables, as suites name them.
  private Path tables() throws IOException {
    Path tables = Files.createDirectories(folder.resolve("tables"));
    for (String name : List.of("lcbench", "taskset")) {
      Path at = Files.createDirectories(tables.resolve(name));
      if (!Files.exists(at.resolve("space.json"))) {
        Files.writeString(at.resolve("space.json"), TABLE_SPACE);
        Files.writeString(at.resolve("adult.csv"), table());
        Files.writeString(at.resolve("other.csv"), table());
      }
    }
    return tables;
  }

  private static void table(Path file) throws IOException {
    Files.writeString(file.resolveSibling("space.json"), TABLE_SPACE);
    new TableFolder(file.resolveSibling("")).table("t");
  }

  private static void tableSpace(Path file) throws IOException {
    Files.writeString(file.resolveSibling("t.csv"), table());
    TableFolder tables = new TableFolder(file.resolveSibling(""));
    tables.tasks().forEach(tables::table);
  }

  private static void serve(Path file) throws IOException {
    Study study = Study.open(new MemoryJournal(), "s", SPACE, new RandomStrategy(), (_, step, _) -> step > 10 ? Decision.STOP : Decision.CONTINUE, "random", 1);
    var out = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(file)) {
      new StudyServer(study, "proxima", "random", new Threads(1)).serve(in, out);
    }
    List<String> errors = new ArrayList<>();
    for (String reply : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode json = MAPPER.readTree(reply);
      if (json.has("error")) {
        errors.add(json.get("error").asText());
      }
    }
    if (!errors.isEmpty()) {
      throw new InputException(errors);
    }
  }

  private static void syneTune(Path file, Path valid) throws IOException {
    for (String name : List.of("metadata.json", "results.csv.zip")) {
      if (!Files.exists(file.resolveSibling(name))) {
        Files.copy(valid.resolve(name), file.resolveSibling(name));
      }
    }
    imported("import-history", "syne-tune", file.resolveSibling(""));
  }

  private static void hpoB(Path file) throws IOException {
    Path data = file.resolveSibling("meta-test-dataset.json");
    if (!Files.exists(data)) {
      Files.copy(TABLES.resolve("hpob-data/meta-test-dataset.json"), data);
    }
    imported("import-tables", "hpo-b", data);
  }

  private static void yahpo(Path file) throws IOException {
    for (String name : List.of("data.csv", "config_space.json")) {
      if (!Files.exists(file.resolveSibling(name))) {
        Files.copy(TABLES.resolve("net").resolve(name), file.resolveSibling(name));
      }
    }
    imported("import-tables", "yahpo", file.resolveSibling(""));
  }

  /// A command line that imports.
  /// @throws InputException with the lines that it says of bad input.
  /// @throws IllegalStateException if it ends in another way.
  private static void imported(String command, String layout, Path source) {
    Path out = (Files.isDirectory(source) ? source : source.resolveSibling("")).resolve("out");
    delete(out);
    Map<String, Command> commands = new LinkedHashMap<>(proxima.tune.Main.commands());
    commands.put("import-tables", new ImportCommand());
    var err = new ByteArrayOutputStream();
    int code = new Commands(commands)
        .run(new String[] {command, layout, source.toString(), "--out", out.toString()}, InputStream.nullInputStream(), new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    List<String> said = Arrays.asList(err.toString(StandardCharsets.UTF_8).split("\n"));
    if (code == Exit.BAD_INPUT && said.stream().allMatch(line -> line.startsWith("proxima: "))) {
      throw new InputException(said.stream().map(line -> line.substring("proxima: ".length())).toList());
    }
    if (code != Exit.DONE) {
      throw new IllegalStateException("exit code " + code + ": " + said);
    }
  }

  private static void delete(Path path) {
    try (Stream<Path> all = Files.exists(path) ? Files.walk(path) : Stream.of()) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String SETTINGS =
      """
      table: complete-d-p
      alpha: 0.5
      durationExponent: 0.5
      betas: exponent
      depthInterpolation: relative
      scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}
      model: {kind: transformer, heads: 4, vocabulary: 96, activation: swiglu, tied: true, attention: {latent: {compression: 4, rope: 8}}, experts: {count: 8, active: 2}}
      optimizer: muon
      hyperparameters: {learningRate: 0.02, weightDecay: 0.1, momentum: 0.95}
      """;

  private static final String SPACE_FILE =
      """
      [{"name": "lr", "type": "real", "low": 1e-5, "high": 0.1, "log": true},
       {"name": "layers", "type": "integer", "low": 1, "high": 8},
       {"name": "act", "type": "categorical", "choices": ["relu", "tanh"]},
       {"name": "slope", "type": "real", "low": -1, "high": 1, "when": {"parameter": "act", "values": ["tanh"]}}]
      """;

  private static final String TABLE_SPACE =
      """
      {"parameters": [
        {"name": "lr", "type": "real", "low": 1e-5, "high": 0.1, "log": true, "note": "a note"},
        {"name": "layers", "type": "int", "low": 1, "high": 8},
        {"name": "units", "type": "integer", "low": 8, "high": 256, "log": true},
        {"name": "act", "type": "categorical", "choices": ["relu", "tanh"]},
        {"name": "slope", "type": "real", "low": -1, "high": 1, "when": {"parameter": "act", "values": ["tanh"]}}]}
      """;

  private static final String RESULT =
      """
      {"study": "quickstart", "trials": 72, "best": {"loss": 1.25, "low": 1.2, "high": 1.3, "configuration": {"attn.q/learningRate": 2.0}}, "version": "0.1.0",
       "setting": {"hyperparameters": {"optimizer": "adamw", "learningRate": 0.02, "weightDecay": 0.1, "beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8},
        "factors": {"attn.q": {"learningRate": 2.0}, "mlp.up": {"multiplier": 0.5}}, "blockFactors": {"learningRate": [1.0, 0.5]}}}
      """;

  private static final String SUITE =
      """
      contenders: [proxima, random]
      seeds: 3
      blocks:
        - {tasks: [branin, cliff-22, bbob-f8-10, bbob-5], initial: 5, trials: 30}
        - {tables: [taskset, lcbench/adult], initial: 5, trials: 10}
        - {tables: [lcbench], mode: surrogate, initial: 5, trials: 50}
        - {tables: [lcbench], prior: 6, initial: 2, trials: 6}
      """;

  private static final String SESSION =
      """
      {"request":"space"}
      {"request":"ask"}
      {"request":"report","trial":0,"step":5,"loss":2.5}
      {"request":"tell","trial":0,"loss":1.5,"standardError":0.1}
      {"request":"ask"}
      {"request":"tell","trial":1,"diverged":10}
      {"request":"tell","configuration":{"lr":0.01,"layers":2,"units":16,"act":"tanh","slope":0.5},"loss":0.25}
      {"request":"ask"}
      {"request":"report","trial":3,"step":20,"loss":NaN}
      {"request":"tell","trial":3,"failed":"the machine was lost"}
      {"request":"best"}
      """;

  private static final String ASKS =
      """
      {"request":"ask"}
      {"request":"report","trial":0,"step":20,"loss":2}
      {"request":"tell","trial":0,"stopped":true}
      {"request":"space","seed":1}
      """;

  private static final String CSV = "lr,act,loss,standardError\n0.1,relu,1.5,0.1\n0.01,\"ta\"\"nh\",0.5,\n0.001,relu,,0\n0.02,relu,nan,\n";

  private static final String SYNE_TUNE =
      """
      trial_id,st_decision,config_lr,config_layers,config_act,epoch,accuracy
      0,CONTINUE,0.1,2,relu,1,0.9
      0,STOP,0.1,2,relu,2,0.8
      1,CONTINUE,0.01,3,tanh,1,0.7
      1,CONTINUE,0.01,3,tanh,2,0.5
      """;
}
