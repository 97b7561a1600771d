package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.diagnose.ScaleAxis;
import proxima.diagnose.Size;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.HyperparametersJson;
import proxima.module.ModuleSettings;
import proxima.module.Optimizer;
import proxima.proxy.Experts;

class CheckCommandTest {

  private static final String MLP = Path.of("..", "examples", "mlp.yaml").toString();
  private static final String TRANSFORMER = Path.of("..", "examples", "quickstart.yaml").toString();

  @TempDir private Path folder;

  private Ended check(String kind, String config, String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", kind, config, "--out", folder.resolve("out").toString()));
    arguments.addAll(Arrays.asList(more));
    return Ended.run(arguments.toArray(String[]::new));
  }

  @Test
  void overWidthsCompleteDPPassesAndStandardParameterisationDoesNot() throws IOException {
    Ended passed = check("coordinates", MLP, "--widths", "256,32,64,128", "--seeds", "2", "--json");
    assertThat(passed.code()).as(passed.err()).isEqualTo(Exit.DONE);
    assertThat(passed.json().at("/passed").booleanValue()).isTrue();
    assertThat(passed.json().at("/width/values").toString()).isEqualTo("[32,64,128,256]");
    assertThat(passed.json().at("/depth").isMissingNode()).isTrue();
    assertThat(passed.json().at("/width/quantities/0/sizes")).hasSize(10);
    assertThat(folder.resolve("out/report.html")).content().contains("Passed: no size follows the width.", "table complete-d-p", "seeds: 1800000 to 1800001");
    assertThat(folder.resolve("out/coordinates-width.png")).exists();
    assertThat(new ObjectMapper().readTree(folder.resolve("out/check.json").toFile())).isEqualTo(passed.json());

    Ended failed = check("coordinates", MLP, "--widths", "32,64,128,256", "--seeds", "2", "--table", "sp", "--json");
    assertThat(failed.code()).isEqualTo(Exit.NOT_PASSED);
    for (JsonNode q : failed.json().at("/width/quantities")) {
      if (q.get("name").textValue().matches("mlp.*|stream.*")) {
        // Adam's updates of a hidden weight grow with its fan-in.
        assertThat(q.get("slopes").get(9).doubleValue()).as(q.get("name").textValue()).isGreaterThan(0.5);
      }
    }
    assertThat(failed.err()).contains("NOT PASSED");
  }

  @Test
  void overDepthsCompleteDPPassesAndMuPDoesNot() {
    assertThat(check("coordinates", MLP, "--depths", "2,4,8,16").code()).isEqualTo(Exit.DONE);
    Ended failed = check("coordinates", MLP, "--depths", "2,4,8,16", "--table", "mup");
    assertThat(failed.code()).isEqualTo(Exit.NOT_PASSED);
    assertThat(failed.out()).contains("depth 2,4,8,16, optimizer adamw, table mup, 10 steps, 3 seeds: NOT PASSED").containsPattern("stream, at the end +\\+0\\.\\d+ at step");
  }

  @Test
  void depthsBeginByDefaultWithFourBlocks() throws IOException {
    JsonNode json = check("coordinates", brief(folder), "--seeds", "1", "--json").json();
    assertThat(json.at("/width/values").toString()).isEqualTo("[16,32,64,128]");
    assertThat(json.at("/depth/values").toString()).isEqualTo("[4,8,16,32]");
  }

  private static String brief(Path folder) throws IOException {
    return Files.writeString(folder.resolve("short.yaml"), """
        objective: {kind: mlp}
        scale: {width: 16, depth: 1, batch: 32, tokens: 960}
        hyperparameters: {learningRate: 0.03}
        """).toString();
  }

  @Test
  void aTransferCheckGivesNumbersPicturesAndAVerdictAndIsNotTrainedTwice() throws IOException {
    String config = brief(folder);
    String[] more = {"--widths", "32", "--batches", "64", "--rates", "0.01,0.1,1", "--seeds", "2", "--json"};
    Ended first = check("transfer", config, more);
    assertThat(first.code()).as(first.err()).isIn(Exit.DONE, Exit.NOT_PASSED);
    JsonNode json = first.json();
    assertThat(json.at("/width/scales")).hasSize(2);
    assertThat(json.at("/batch/scales/0/sweep")).isEqualTo(json.at("/width/scales/0/sweep"));
    assertThat(json.at("/width/scales/0/proxy").booleanValue()).isTrue();
    assertThat(json.at("/width/scales/0/drift/octaves").doubleValue()).isZero();
    assertThat(json.at("/width/scales/1/sweep/0/losses")).hasSize(2);
    assertThat(json.at("/passed").booleanValue()).isEqualTo(first.code() == Exit.DONE);
    assertThat(folder.resolve("out/report.html")).content().contains("Over width", "Over batch", "lost by the proxy");
    assertThat(folder.resolve("out/transfer-width.png")).exists();
    String log = Files.readString(folder.resolve("out/trainings.csv"));
    Ended again = check("transfer", config, more);
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(first.err()).doesNotContain("were known");
    assertThat(again.err()).contains("were known from " + folder.resolve("out/trainings.csv")).doesNotContain("delete it");
    assertThat(folder.resolve("out/trainings.csv")).content().isEqualTo(log);
    Files.writeString(Path.of(config), Files.readString(Path.of(config)).replace("kind: mlp", "kind: mlp, device: cpu"));
    check("transfer", config, more);
    assertThat(folder.resolve("out/trainings.csv")).content().as("the device changes no loss").isEqualTo(log);
    List<String> other = new ArrayList<>(List.of("check", "transfer", config, "--out", folder.resolve("other").toString(), "--workers", "1"));
    other.addAll(Arrays.asList(more));
    assertThat(Ended.run(other.toArray(String[]::new)).out()).as("the number of workers changes nothing").isEqualTo(first.out());
  }

  @ParameterizedTest
  @CsvSource({"coordinates,muon", "transfer,lion", "sharpness,sgd"})
  void aCheckSaysOfWhichOptimizerItIs(String kind, String optimizer) throws IOException {
    String[] options = {"--optimizer", optimizer, "--widths", "16,32", "--seeds", "1"};
    Ended ended = check(kind, brief(folder), options);
    assertThat(ended.code()).as(ended.err()).isIn(Exit.DONE, Exit.NOT_PASSED);
    assertThat(ended.out()).contains("optimizer " + optimizer + ", table complete-d-p");
    Hyperparameters usual = Hyperparameters.of(Optimizer.of(optimizer));
    assertThat(folder.resolve("out/report.html")).content()
        .contains("optimizer " + optimizer + ", table complete-d-p", "optimizer " + optimizer + ", its usual values (--optimizer): learningRate " + usual.learningRate() + ", ");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/check.json").toFile());
    assertThat(json.at("/optimizer").textValue()).isEqualTo(optimizer);
    assertThat(HyperparametersJson.hyperparameters(json.at("/hyperparameters"))).isEqualTo(usual);
  }

  /// The interrupt comes as that of Ctrl-C does, once a training has ended.
  @ParameterizedTest
  @CsvSource({"coordinates,--steps=5", "transfer,--rates=0.01;0.1;1", "sharpness,--every=10", "optimizers,--trials=4"})
  void aCheckThatIsStoppedAnswersHowFarItCame(String kind, String option) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var err = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        if (line.matches("\\w+: \\d+ of \\d+")) {
          Thread.currentThread().interrupt();
        }
      }
    };
    List<String> arguments = new ArrayList<>(List.of("check", kind, brief(folder), "--out", folder.resolve("out").toString(), "--seeds", "1", "--json", "--workers", "1"));
    arguments.addAll(List.of(option.replace(';', ',').split("=", -1)));
    arguments.addAll(kind.equals("optimizers") ? List.of() : List.of("--widths", "16,32"));
    int code = Main.run(arguments.toArray(String[]::new), InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), err);
    assertThat(code).isEqualTo(Exit.INTERRUPTED);
    JsonNode json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(json.get("check").textValue()).isEqualTo(kind);
    assertThat(json.get("trained").intValue()).isPositive().isLessThan(json.get("of").intValue());
    assertThat(folder.resolve("out/check.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinates", "transfer", "sharpness", "optimizers"})
  void aFolderThatCanNotBeMadeIsToldBeforeAnythingIsTrained(String kind) throws IOException {
    Path out = Files.writeString(folder.resolve("file"), "").resolve("out");
    Ended ended = Ended.run("check", kind, brief(folder), "--out", out.toString());
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip().lines()).singleElement().asString().startsWith("proxima: " + out + ": can not be made: ").endsWith("; give another folder with --out");
  }

  /// What goes from the width to a fixed size starts as 1 / sqrt(width), so that its change is judged.
  @ParameterizedTest
  @CsvSource({"--widths,'16,32,64,128'", "--depths,'4,8,16'"})
  void aRouterIsJudgedByItsChange(String option, String scales) throws IOException {
    Path config = Path.of(mixture(folder));
    Files.writeString(config, Files.readString(config).replace("sequence: 8,", "sequence: 8, attention: latent,"));
    Ended passed = check("coordinates", config.toString(), option, scales, "--seeds", "2", "--learning-rate", "0.003", "--json");
    assertThat(passed.code()).as(passed.err()).isEqualTo(Exit.DONE);
    JsonNode quantities = passed.json().at(option.equals("--widths") ? "/width/quantities" : "/depth/quantities");
    assertThat(quantities).extracting(q -> q.get("name").textValue()).contains("moe.router, its change", "attn.krope, its change").doesNotContain("moe.router", "attn.krope");
    Ended failed = check("coordinates", config.toString(), option, scales, "--seeds", "2", "--learning-rate", "0.003", "--table", "sp");
    assertThat(failed.out()).containsPattern("moe.router, its change .* NOT PASSED");
  }

  @Test
  void whatIsNoRunAndWhatHasNoModulesIsSaidWithItsMend() throws IOException {
    Path config = Path.of("..", "examples", "command", "tune.yaml");
    assertThat(check("sharpness", config.toString()).err().strip()).startsWith("proxima: " + config + ": objective.modules: is missing: ").endsWith("give the file that lists the modules of its network");
    Path lone = Files.createDirectory(folder.resolve("lone"));
    Files.copy(Path.of(MLP), lone.resolve("config.yaml"));
    assertThat(check("coordinates", lone.toString()).err().strip()).isEqualTo("proxima: " + lone + ": is no run's folder: there is no config.path beside config.yaml; give " + lone.resolve("config.yaml") + " itself");
  }

  private static String mixture(Path folder) throws IOException {
    return Files.writeString(folder.resolve("mixture.yaml"), """
        objective: {kind: transformer, heads: 2, sequence: 8, experts: {count: 4, active: 2, granularity: 2, balance: 0}}
        scale: {width: 16, depth: 1, batch: 32, tokens: 320}
        hyperparameters: {learningRate: 0.03}
        """).toString();
  }

  @Test
  void aMixtureIsCheckedOverExpertsAndGranularityAndNotTrainedTwice() throws IOException {
    String config = mixture(folder);
    String[] more = {"--experts", "8", "--granularities", "4", "--axis", "width", "--widths", "32", "--rates", "0.01,0.1,1", "--seeds", "1", "--json"};
    Ended first = check("transfer", config, more);
    assertThat(first.code()).as(first.err()).isIn(Exit.DONE, Exit.NOT_PASSED);
    JsonNode json = first.json();
    assertThat(json.at("/experts/scales/0/experts").intValue()).isEqualTo(4);
    assertThat(json.at("/experts/scales/1/experts").intValue()).isEqualTo(8);
    assertThat(json.at("/granularity/scales/0/proxy").booleanValue()).isTrue();
    assertThat(json.at("/granularity/scales/1/granularity").intValue()).isEqualTo(4);
    for (String axis : List.of("experts", "granularity")) {
      assertThat(json.at("/" + axis + "/scales/0/sweep")).as(axis).isEqualTo(json.at("/width/scales/0/sweep"));
      assertThat(json.at("/" + axis + "/scales/1/sweep/0/losses")).as(axis).isNotEqualTo(json.at("/width/scales/0/sweep/0/losses"));
    }
    assertThat(first.err()).contains("experts: ", "at granularity 4");
    assertThat(folder.resolve("out/report.html")).content().contains("Over experts", "a curve for each number of experts", "Over granularity", "experts=4,granularity=2");
    assertThat(folder.resolve("out/transfer-granularity.png")).exists();
    String log = Files.readString(folder.resolve("out/trainings.csv"));
    Ended again = check("transfer", config, more);
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(folder.resolve("out/trainings.csv")).content().isEqualTo(log);
    assertThat(log.lines().map(l -> l.substring(0, l.indexOf(',')))).doesNotHaveDuplicates();
  }

  /// The table follows the number of active experts at one share of them.
  @Test
  void underTheTableForOneActiveShareAsLargeAPartOfMoreExpertsIsActive() throws IOException {
    Path config = Files.writeString(folder.resolve("share.yaml"), """
        objective: {kind: transformer, heads: 2, sequence: 8, experts: {count: 8, active: 4, granularity: 1, balance: 0}}
        scale: {width: 16, depth: 1, batch: 32, tokens: 64}
        hyperparameters: {learningRate: 0.03}
        """);
    for (String table : List.of("moe-fixed-sparsity", "complete-d-p")) {
      Ended ended = check("transfer", config.toString(), "--table", table, "--experts", "16", "--rates", "0.01,0.02,0.03", "--seeds", "1", "--workers", "1", "--json");
      assertThat(ended.code()).as(ended.err()).isIn(Exit.DONE, Exit.NOT_PASSED);
      assertThat(Files.readString(folder.resolve("out/report.html"))).contains(table.equals("complete-d-p") ? "The number of experts that are active stays." : "as large a part of the experts is active");
    }
    Ended odd = check("transfer", config.toString(), "--table", "moe-fixed-sparsity", "--experts", "2,5");
    assertThat(odd.err().strip()).as("fewer than are active at the proxy are possible").isEqualTo("proxima: --experts 5: of 8 experts 4 are active, as large a part of others is a whole number only at multiples of 2, got 5");
    assertThat(new Experts(12, 8, 1, 1, 0, 0).withCountAndShare(9)).isEqualTo(new Experts(9, 6, 1, 1, 0, 0));
  }

  /// The rate of an expert's last weights goes as 1 / fan-in, which is its hidden width.
  @Test
  void aMixtureOfAnotherSizeTakesItsSettingsFromTheBaseOfTheConfigurationsOwn() throws IOException {
    Experiment experiment = new Experiment(RunConfigReader.readWithoutSearch(Path.of(mixture(folder))));
    RunConfig config = experiment.config();
    Setting setting = new Setting(config.defaults(), Factors.plain(experiment.network(config.base())));
    Size own = new Size(config.scale(), Optional.of(new Experts(4, 2, 2, 0, 0, 1e-3)));
    ModuleSettings base = experiment.settings(setting, own).settings();
    assertThat(base).isEqualTo(experiment.settings(setting, config.scale()).settings());
    ModuleSettings finer = experiment.settings(setting, ScaleAxis.GRANULARITY.with(own, 8)).settings();
    for (String expert : List.of("block.0.moe.expert.0.", "block.0.moe.expert.15.")) {
      assertThat(finer.of(expert + "down").learningRate()).isEqualTo(4 * base.of("block.0.moe.expert.0.down").learningRate());
      assertThat(finer.of(expert + "up").learningRate()).isEqualTo(base.of("block.0.moe.expert.0.up").learningRate());
    }
    ModuleSettings more = experiment.settings(setting, ScaleAxis.EXPERTS.with(own, 16)).settings();
    assertThat(more.of("block.0.moe.expert.15.down").values()).isEqualTo(base.of("block.0.moe.expert.3.down").values());
    assertThat(more.of("block.0.moe.router").values()).isEqualTo(base.of("block.0.moe.router").values());
  }

  @Test
  void allSizesOfAMixtureThatAreNoneAreToldAtOnce() throws IOException {
    Ended ended = check("transfer", mixture(folder), "--experts", "1,8", "--granularities", "3,128", "--batches", "3");
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip().lines()).containsExactly(
        "proxima: --batches 3: batch 3 is not divisible into sequences of 8 tokens",
        "proxima: --experts 1: a router needs two experts or more to choose from, got 1; leave out 'experts' for dense MLPs",
        "proxima: --granularities 3: a hidden width of 64 is not divisible by the granularity 3",
        "proxima: --granularities 128: a hidden width of 64 is not divisible by the granularity 128");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFinishedRunIsCheckedWithItsRecommendation() throws IOException {
    Path config = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: mlp}
        scale: {width: 16, depth: 1, batch: 32, tokens: 320}
        space: {global: {learningRate: [1e-3, 0.1]}, perModule: {learningRate: 2}}
        budget: {global: 2, perModule: 2, finalists: 1, seeds: 1}
        """);
    String run = folder.resolve("run").toString();
    Ended unfinished = check("transfer", folder.toString());
    assertThat(unfinished.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(unfinished.err().strip()).startsWith("proxima: " + folder + ": holds no run");
    assertThat(Ended.run("tune", config.toString(), "--out", run).code()).isZero();
    double recommended = new ObjectMapper().readTree(Path.of(run, "result.json").toFile()).at("/setting/hyperparameters/learningRate").doubleValue();
    Ended checked = check("transfer", run, "--depths", "2", "--seeds", "1", "--json");
    assertThat(checked.code()).as(checked.err()).isIn(Exit.DONE, Exit.NOT_PASSED);
    List<Double> rates = new ArrayList<>();
    checked.json().at("/depth/scales/0/sweep").forEach(r -> rates.add(r.get("rate").doubleValue()));
    assertThat(rates).contains(recommended, recommended * 8, recommended / 8);
    Ended optimizers = check("optimizers", run, "--optimizers", "adamw,lion", "--trials", "4", "--seeds", "1", "--fractions", "0.5");
    assertThat(optimizers.code()).as(optimizers.err()).isEqualTo(Exit.DONE);
    assertThat(optimizers.err()).contains("what " + run + " recommends is not used: each optimizer is tuned anew");
    Ended coordinates = check("coordinates", run, "--widths", "16,32", "--seeds", "1", "--json");
    assertThat(coordinates.code()).isIn(Exit.DONE, Exit.NOT_PASSED);
    assertThat(coordinates.json().at("/learningRate").doubleValue()).isEqualTo(recommended);
    assertThat(folder.resolve("out/report.html")).content().contains("optimizer adamw, the recommended setting of " + run + ", before its factors: learningRate " + recommended);
    assertThat(check("coordinates", run, "--widths", "16,32", "--seeds", "1", "--learning-rate", "0.001", "--json").json().at("/learningRate").doubleValue()).isEqualTo(0.001);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "coordinates | --widths 100,64            | --widths 100: width 100 is not divisible into heads of 16; the nearest that are: 96 and 112",
    "coordinates | --widths 64                | --widths: needs two or more different scales, got [64]",
    "coordinates | --widths 32,sixty          | --widths: needs whole numbers joined by commas, such as 32,64,128,256, got 'sixty'",
    "coordinates | --optimizer muon --table u-mup --widths 64,128 | --table: table 'u-mup' does not say how a module of role hidden that muon moves follows the scale: module 'block.0.attn.q'; tables that say so of all modules: sp, mup, complete-p, complete-d-p",
    "transfer    | --depths 2,2.5             | --depths: needs whole numbers joined by commas, such as 2,4,8,16, got '2.5'",
    "transfer    | --rates 0.1,,0.2           | --rates: needs numbers joined by commas, such as 0.01,0.02,0.04, got ''",
    "coordinates | --depths 0,2               | --depths 0: depth must be positive, got 0",
    "coordinates | --steps 3                  | --steps: must be from 5 to 10000, got 3",
    "coordinates | --seeds 0                  | --seeds: must be from 1 to 1000, got 0",
    "coordinates | --learning-rate -1         | --learning-rate: must be positive, got -1.0",
    "coordinates | --table complete-d         | --table: 'complete-d' is not one of sp, ntp, mup, u-mup, complete-p, complete-d-p, moe-fixed-sparsity; did you mean 'complete-d-p'?",
    "transfer    | --batches 100              | --batches 100: batch 100 is not divisible into sequences of 64 tokens",
    "transfer    | --tokens 512               | --tokens 512: tokens must be at least one batch of 1024, got 512",
    "transfer    | --axis widht               | --axis: 'widht' is not one of width, depth, batch, tokens, experts, granularity; did you mean 'width'?",
    "transfer    | --rates 0.1,0.2            | --rates: a parabola needs three or more different rates, got [0.1, 0.2]",
    "transfer    | --rates 0.1,0.2,0          | --rates: a learning rate must be positive, got 0.0",
    "transfer    | --widths 64                | --widths: needs two or more different scales, got [64]",
    "transfer    | --experts 4,8             | --experts: the model has no experts; give objective.experts, which a transformer can have, in the configuration",
    "transfer    | --axis granularity        | --granularities: the model has no experts; give objective.experts, which a transformer can have, in the configuration",
    "coordinates | --learning-rate 20 --widths 64,128 | --learning-rate: width=64,depth=2,batch=1024,tokens=204800: module 'embed': learningRate 20.0 times weightDecay 0.1 is 2.0, which must be below 1: a step would leave nothing of a weight, or turn its sign; take a smaller rate or decay",
    "transfer    | --optimizer scion --batches 16384 | --batches 16384: module 'embed': momentum = 0.9 cannot move to 16.0 times the ratio batch / tokens: 1 - momentum would be 1.6, which must be below 1; take a smaller batch, more tokens, a larger momentum or the exponent form",
    "sharpness   | --every 0                  | --every: must be from 1 to 199, got 0",
    "sharpness   | --every 200                | --every: must be from 1 to 199, got 200",
    "sharpness   | --optimizer lion           | --optimizer: sharpness has a threshold for adamw and sgd, whose steps are multiples of a mean gradient, weight by weight; module 'embed' is moved by lion",
    "optimizers  | --optimizers adamw,muonn   | --optimizers: 'muonn' is not one of adamw, lion, sophia-g, sophia-h, adopt, lamb, sgd, normalized-sgd, muon, muon-spectral, muon-rms, scion, unconstrained-scion, shampoo, soap; did you mean 'muon'?",
    "optimizers  | --optimizers lion,lion     | --optimizers: needs two or more different optimizers, got lion,lion",
    "optimizers  | --workers 0                | --workers: must be from 1 to 256, got 0",
    "optimizers  | --table u-mup --optimizers adamw,muon | --optimizers: muon: table 'u-mup' does not say how a module of role hidden that muon moves follows the scale: module 'block.0.attn.q'; tables that say so of all modules: sp, mup, complete-p, complete-d-p",
    "optimizers  | --fractions 0.5,2          | --fractions: a part of the steps must be in (0, 1], got 2.0",
    "optimizers  | --fractions 1              | --fractions: needs a part of the steps below 1, such as 0.4,0.5,0.6,0.7,0.8,1",
    "optimizers  | --to width=100             | width=100,depth=2,batch=1024,tokens=204800: width 100 is not divisible into heads of 16; the nearest that are: 96 and 112",
  })
  void badInputIsOneLineWithItsMend(String kind, String options, String line) {
    Ended ended = check(kind, TRANSFORMER, options.split(" "));
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo("proxima: " + line);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aBatchThatLeavesABetaWithoutCounterpartIsOneLine() {
    Ended ended = check("transfer", TRANSFORMER, "--batches", "16384");
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip().lines()).singleElement().asString()
        .startsWith("proxima: --batches 16384: module 'embed': beta1 = 0.9 cannot move to 16.0 times the ratio batch / tokens")
        .endsWith("take a smaller batch, more tokens, a larger beta1 or the exponent form");
  }

  @Test
  void aRateWhoseDecayLeavesNothingOfAWeightIsOneLine() throws IOException {
    Path config = Files.writeString(folder.resolve("scion.yaml"), """
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 1280}
        optimizer: scion
        hyperparameters: {learningRate: 0.25, weightDecay: 1, momentum: 0.95, radius: 3}
        """);
    Ended ended = check("transfer", config.toString(), "--batches", "128,512", "--seeds", "1");
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo(
        "proxima: --batches 512: module 'in': learningRate 1.0 times weightDecay 1.0 is 1.0, which must be below 1: a step would leave nothing of a weight, or turn its sign; take a smaller rate or decay");
    Ended trained = check("transfer", config.toString(), "--batches", "128,256", "--seeds", "1", "--json");
    assertThat(trained.code()).as("higher rates of the sweep train: " + trained.err()).isIn(Exit.DONE, Exit.NOT_PASSED);
    assertThat(trained.json().at("/batch/scales/0/sweep")).hasSizeGreaterThanOrEqualTo(7);
  }

  /// In a check, a verification and a tuning run as in a transfer.
  @Test
  void whatTheTableDoesNotFollowIsSaid() throws IOException {
    Ended depths = check("transfer", brief(folder), "--table", "mup", "--depths", "2,4", "--batches", "64,128", "--seeds", "1");
    assertThat(depths.err()).contains("proxima: beware: table mup does not follow depth: values are as if the target's were the base's", "proxima: beware: table mup does not follow batch: values");
    Ended optimizers = check("optimizers", brief(folder), "--table", "mup", "--optimizers", "adamw,sgd", "--trials", "4", "--seeds", "1", "--fractions", "0.5", "--to", "depth=2,tokens=1920");
    assertThat(optimizers.err()).contains("proxima: beware: table mup does not follow depth and tokens: values are as if the target's were the base's");
    assertThat(folder.resolve("out/report.html")).content().contains("table mup does not follow depth and tokens");
    Path config = Files.writeString(folder.resolve("mup.yaml"), """
        name: mup
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 1280}
        base: {width: 16, depth: 1, batch: 128, tokens: 1280}
        scaling: {table: mup}
        space: {global: {learningRate: [1e-3, 0.1]}, perModule: {learningRate: 2}}
        budget: {global: 3, perModule: 3, finalists: 1, seeds: 1}
        """);
    String run = folder.resolve("run").toString();
    assertThat(Ended.run("tune", config.toString(), "--out", run).err()).contains("proxima: beware: table mup does not follow depth");
    assertThat(Ended.run("verify", run, "--to", "tokens=2560", "--seeds", "1").err()).contains("proxima: beware: table mup does not follow depth and tokens");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Ended ended = check("transfer", TRANSFORMER, "--widths", "100,120", "--batches", "100");
    assertThat(ended.err().strip().lines()).hasSize(3);
    for (String kind : List.of("coordinates", "sharpness")) {
      assertThat(check(kind, TRANSFORMER, "--widths", "100,120", "--depths", "0,2").err().strip().lines()).as(kind).hasSize(3);
    }
  }

  /// Before anything is trained: at 16 times the ratio batch / tokens nothing is left of a beta of 0.9. Lion's stay.
  @Test
  void valuesWithoutCounterpartAtTheTargetAreToldAtOnce() {
    Ended ended = check("optimizers", TRANSFORMER, "--optimizers", "adamw,lion,lamb", "--to", "batch=16384");
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip().lines()).hasSize(2);
    assertThat(ended.err()).contains("proxima: --to: adamw: module 'embed': beta1 = 0.9 cannot move to 16.0 times", "proxima: --to: lamb: module 'embed': beta1 = 0.9 cannot move to 16.0 times");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aCommandHasNoActivationsToSee() throws IOException {
    Path modules = Files.writeString(folder.resolve("modules.yaml"), """
        - {name: in, role: embedding, fanIn: 10, fanOut: 16}
        - {name: block.0.w, role: hidden, fanIn: 16, fanOut: 16, block: 0}
        - {name: out, role: unembedding, fanIn: 16, fanOut: 10}
        """);
    Path config = Files.writeString(folder.resolve("command.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": 1}"'], modules: %s}
        scale: {width: 16, depth: 1, batch: 8, tokens: 80}
        """.formatted(modules.getFileName()));
    Ended coordinates = check("coordinates", config.toString());
    assertThat(coordinates.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(coordinates.err()).contains("check coordinates can not look into a program of your own; check transfer can be made of it");
    Ended transfer = check("transfer", config.toString(), "--widths", "32", "--seeds", "1");
    assertThat(transfer.code()).as("a loss that is the same everywhere has its lowest mean at an end").isEqualTo(Exit.NOT_PASSED);
    // 13 rates at two widths: those of the program as it was.
    assertThat(check("transfer", config.toString(), "--widths", "32", "--seeds", "1").err())
        .contains("26 of 26 trainings were known from " + folder.resolve("out/trainings.csv") + "; delete it if your program or what it reads has changed");
    Files.writeString(config, Files.readString(config).replace("modules: ", "timeout: 77, retries: 5, modules: "));
    assertThat(check("transfer", config.toString(), "--widths", "32", "--seeds", "1").err()).as("with more time").contains("26 of 26 trainings were known");
    Files.writeString(config, Files.readString(config).replace("1}", "2}"));
    assertThat(check("transfer", config.toString(), "--widths", "32", "--seeds", "1").err()).as("another command").doesNotContain("were known");
  }

  @Test
  void sharpnessIsReadAlongTrainingsAndHasAVerdict() throws IOException {
    Path config = Files.writeString(folder.resolve("labels.yaml"), """
        objective: {kind: random-labels}
        scale: {width: 16, depth: 1, batch: 48, tokens: 9600}
        optimizer: sgd
        hyperparameters: {learningRate: 0.4, weightDecay: 0, momentum: 0}
        scaling: {table: mup}
        """);
    Ended muP = check("sharpness", config.toString(), "--widths", "16,32", "--seeds", "1", "--json");
    assertThat(muP.json().at("/width/values/1/readings")).hasSize(7);
    assertThat(muP.json().at("/width/values/1/readings/6/residual").doubleValue()).isBetween(0.0, muP.json().at("/width/residual").doubleValue());
    assertThat(muP.json().at("/every").intValue()).isEqualTo(25);
    assertThat(muP.json().at("/learningRate").doubleValue()).isEqualTo(0.4);
    assertThat(muP.json().at("/width/values/1/settled").doubleValue()).isBetween(0.5, 1.3);
    assertThat(folder.resolve("out/sharpness-width.png")).exists();
    assertThat(folder.resolve("out/report.html")).content().contains("edge of stability");
    Ended sp = check("sharpness", config.toString(), "--widths", "16,64", "--seeds", "1", "--table", "sp", "--json");
    assertThat(sp.code()).isEqualTo(Exit.NOT_PASSED);
  }

  @Test
  void aModelThatDoesNotFollowTablesOverDepthIsNotCheckedOverIt() throws IOException {
    Path config = Files.writeString(folder.resolve("labels.yaml"), "objective: {kind: random-labels}\nscale: {width: 8, depth: 1, batch: 16, tokens: 160}\nscaling: {table: mup}\n");
    Ended sharpness = check("sharpness", config.toString(), "--depths", "1,2");
    assertThat(sharpness.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(sharpness.err()).contains("--depths 2: the network of random-labels does not follow scaling tables over depth; needs the depth that it is tuned at, 1, got 2");
    Ended coordinates = check("coordinates", config.toString(), "--seeds", "1", "--json");
    assertThat(coordinates.json().has("width")).isTrue();
    assertThat(coordinates.json().has("depth")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinates", "transfer", "sharpness"})
  void aModelThatIsTooLargeIsRefusedBeforeAnythingIsTrained(String kind) throws IOException {
    Path config = Files.writeString(folder.resolve("large.yaml"), "objective: {kind: mlp}\nscale: {width: 16, depth: 1, batch: 64, tokens: 1280}\nscaling: {table: mup}\n");
    Ended ended = check(kind, config.toString(), "--widths", "16,1600000");
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err()).matches("(?s)proxima: --widths 1600000: the model has \\S+e\\+13 parameters, more than the 2,147,483,647 that can be trained here; give a smaller scale\\s*");
  }

  @Test
  void sharpnessOfARuleWithoutThresholdIsRefused() throws IOException {
    Path config = Files.writeString(folder.resolve("lion.yaml"), "objective: {kind: random-labels}\nscale: {width: 16, depth: 1, batch: 48, tokens: 960}\noptimizer: lion\n");
    Ended ended = check("sharpness", config.toString());
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err()).contains("lion.yaml: sharpness has a threshold for adamw and sgd");
  }

  @Test
  void optimizersAreComparedAndNothingIsTrainedTwice() throws IOException {
    Path config = Files.writeString(folder.resolve("small.yaml"), "objective: {kind: mlp}\nscale: {width: 16, depth: 1, batch: 64, tokens: 1280}\nhyperparameters: {epsilon: 1e-3, initStd: 0.5}\n");
    String[] options = {"--optimizers", "adamw,lion,muon", "--trials", "4", "--seeds", "2", "--fractions", "0.5", "--json"};
    Ended first = check("optimizers", config.toString(), options);
    assertThat(first.code()).as(first.err()).isEqualTo(Exit.DONE);
    assertThat(first.json().at("/optimizers")).hasSize(3);
    assertThat(first.json().at("/optimizers/0/steps").doubleValue()).isEqualTo(1);
    assertThat(first.json().at("/optimizers/0/stepsAtMost").booleanValue()).isFalse();
    assertThat(first.json().at("/optimizers/0/found").booleanValue()).isTrue();
    assertThat(first.json().at("/optimizers/2/tuned/optimizer").textValue()).isEqualTo("muon");
    assertThat(first.json().at("/optimizers/0/tuned/epsilon").doubleValue()).as("the configuration's own optimizer").isEqualTo(1e-3);
    assertThat(first.json().at("/optimizers/2/tuned/epsilon").doubleValue()).as("another").isEqualTo(Hyperparameters.of(Optimizer.MUON).get(Hyperparameter.EPSILON));
    assertThat(first.json().findValues("initStd")).extracting(JsonNode::doubleValue).containsExactly(0.5, 0.5, 0.5);
    assertThat(first.json().at("/optimizers/1/curve/1/losses")).hasSize(2);
    assertThat(first.json().at("/optimizers/0/millisPerStep").doubleValue()).isPositive();
    assertThat(first.json().at("/optimizers/0/time").doubleValue()).isEqualTo(1);
    assertThat(first.json().at("/misTuned/half")).hasSize(2);
    assertThat(first.json().at("/misTuned/cost").isNumber()).isTrue();
    List<String> trained = Files.readAllLines(folder.resolve("out/trainings.csv"));
    // A header, for each optimizer four trials and two fractions with two seeds, and two rates of the first.
    assertThat(trained).hasSize(1 + 3 * (4 + 4) + 4);
    Ended again = check("optimizers", config.toString(), options);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(Files.readAllLines(folder.resolve("out/trainings.csv"))).isEqualTo(trained);
    assertThat(again.err()).contains("28 of 28 trainings were known");
  }

  /// Of 20 steps, 0.34 are 6.8.
  @Test
  void partsOfTheStepsAreWholeStepsAndEqualOnesAreTrainedOnce() throws IOException {
    Path config = Files.writeString(folder.resolve("small.yaml"), "objective: {kind: mlp}\nscale: {width: 16, depth: 1, batch: 64, tokens: 1280}\n");
    String[] options = {"--optimizers", "adamw,lion", "--trials", "4", "--seeds", "1", "--json"};
    Ended ended = check("optimizers", config.toString(), Stream.concat(Arrays.stream(options), Stream.of("--fractions", "0.33,0.34,0.36,0.5")).toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    assertThat(ended.json().at("/optimizers/1/curve")).extracting(p -> p.get("steps").longValue()).containsExactly(7L, 10L, 20L);
    assertThat(ended.json().at("/optimizers/1/curve")).extracting(p -> p.get("fraction").doubleValue()).containsExactly(0.35, 0.5, 1.0);
    assertThat(ended.err()).contains("proxima: --fractions: 0.33, 0.34, 0.36 all come to 7 of 20 steps, and are trained once");
    assertThat(Files.readString(folder.resolve("out/trainings.csv"))).contains(",448,", ",640,", ",1280,");
    Ended none = check("optimizers", config.toString(), Stream.concat(Arrays.stream(options), Stream.of("--fractions", "0.99")).toArray(String[]::new));
    assertThat(none.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(none.err()).contains("--fractions: all come to 20 of 20 steps; needs more tokens, or smaller parts");
  }

  /// With four times the batch a step is of four times the tokens, and 1 - beta four times as large.
  @Test
  void averagesThatTheTargetLeavesNothingOfAreNotSearched() throws IOException {
    Path config = Files.writeString(folder.resolve("small.yaml"), "objective: {kind: mlp}\nscale: {width: 16, depth: 1, batch: 64, tokens: 1280}\n");
    Ended ended = check("optimizers", config.toString(), "--optimizers", "adamw,lion", "--trials", "4", "--seeds", "1", "--fractions", "0.5", "--to", "batch=256", "--json");
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    for (Optimizer optimizer : List.of(Optimizer.ADAMW, Optimizer.LION, Optimizer.SGD)) {
      OptimizerSpaces.of(optimizer, 4).ranges().forEach((h, range) -> assertThat(range.low()).as("%s of %s", h, optimizer).isGreaterThanOrEqualTo(h.isDecay() ? 1 - 0.9 / 4 : 0).isLessThan(range.high()));
    }
    assertThat(OptimizerSpaces.of(Optimizer.ADAMW, 1).ranges()).hasEntrySatisfying(Hyperparameter.BETA1, range -> assertThat(1 - range.low()).isCloseTo(0.8, within(1e-12)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinates", "transfer", "sharpness"})
  void everyKindHasHelpWithItsCriterionAndExitCodes(String kind) {
    Ended ended = Ended.run("check", kind, "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Usage: proxima check " + kind, "Passed: ", "--json", "--table", "3     the check was made and not passed").doesNotContain("%%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinates", "transfer", "sharpness", "optimizers"})
  void theReportOfATuningRunIsNotReplaced(String kind) throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("study.db"), "");
    Ended ended = Ended.run("check", kind, MLP, "--out", run.toString());
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo("proxima: --out: " + run + " is the folder of a tuning run, whose report would be replaced; give another folder");
    assertThat(run).isDirectoryNotContaining("glob:**report.html");
  }

  /// One whose journal is in a store that it shares.
  @Test
  void theReportOfASharedRunIsNotReplaced() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.yaml"), "");
    Ended ended = Ended.run("check", "coordinates", MLP, "--out", run.toString());
    assertThat(ended.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err()).contains("is the folder of a tuning run");
  }

  @Test
  void aCheckNeedsAKind() {
    assertThat(Ended.run("check", "--help").out()).contains("coordinates", "transfer");
    Ended none = Ended.run("check");
    assertThat(none.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(none.err().strip()).isEqualTo("proxima: check: needs a kind: coordinates, transfer, sharpness, optimizers, such as: ./proxima check coordinates CONFIG");
    Ended unknown = Ended.run("check", "coordinate", MLP);
    assertThat(unknown.code()).isEqualTo(Exit.BAD_INPUT);
    assertThat(unknown.err()).contains("coordinate");
  }

  @Test
  @Tag("slow")
  void theTransformerPassesOverWidthsAndDepthsAndStandardParameterisationDoesNot() {
    assertThat(check("coordinates", TRANSFORMER).code()).isEqualTo(Exit.DONE);
    assertThat(check("coordinates", TRANSFORMER, "--table", "sp").code()).isEqualTo(Exit.NOT_PASSED);
  }

  /// 168 trainings of about 2 seconds.
  @Test
  @Tag("slow")
  void theBestRateOfTheMlpStaysOverWidthsUnderCompleteDPAndDriftsUnderStandardParameterisation() throws IOException {
    // What the proxy's rate costs at the widest is near what chance may cost, so that the verdict depends on the machine.
    Ended scaled = check("transfer", MLP, "--axis", "width", "--json");
    assertThat(scaled.json().at("/width/largestDrift").doubleValue()).isBetween(-1.0, 1.0);
    Ended drifted = check("transfer", MLP, "--axis", "width", "--table", "sp", "--json");
    assertThat(drifted.code()).isEqualTo(Exit.NOT_PASSED);
    assertThat(drifted.json().at("/width/largestDrift").doubleValue()).isLessThan(-2);
  }
}
