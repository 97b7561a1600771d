package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.InputException;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.ModuleSpace;
import proxima.module.Optimizer;
import proxima.proxy.Attention;
import proxima.proxy.Experts;
import proxima.space.Point;
import proxima.space.Value;
import proxima.strategy.Expected;
import proxima.study.MedianStopping;
import proxima.study.Promotion;
import proxima.study.SuccessiveHalving;

class RunConfigReaderTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir private Path folder;

  private RunConfig read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), text);
    return RunConfigReader.read(file, file);
  }

  /// All files that say what to search, which lists of modules and the like do not.
  static List<Path> examples() throws IOException {
    List<Path> configurations = new ArrayList<>();
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        if (Files.readString(file).lines().anyMatch(line -> line.startsWith("space:"))) {
          configurations.add(file);
        }
      }
    }
    return configurations;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void everyExampleIsValid(Path example) {
    Experiment experiment = new Experiment(RunConfigReader.read(example, example));
    RunConfig config = experiment.config();
    assertThat(config.budget().global()).isPositive();
    if (config.space() instanceof SpaceConfig.PerModule space) {
      assertThat(experiment.moduleSpace(space, config.defaults()).space().parameters()).isNotEmpty();
      assertThat(experiment.check(config.scale())).isTrue();
    }
  }

  @Test
  void mostExamplesAreConfigurations() throws IOException {
    assertThat(examples()).map(file -> EXAMPLES.relativize(file).toString()).contains("quickstart.yaml", "mlp.yaml", "cluster/tune.yaml", "prior/large.yaml").doesNotContain("settings.yaml", "pytorch/modules.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "a b"})
  void aNameThatIsNotThatOfAFolderOfItsOwnIsRefused(String name) {
    assertThatThrownBy(() -> read("name: \"" + name + "\"\nscale: {width: 32, depth: 2, batch: 512, tokens: 51200}\nspace: {perModule: {learningRate: 4}}\n"))
        .hasMessage(folder.resolve("run.yaml") + ":1: name: needs letters, digits, '.', '_' or '-' only, and not dots alone, since the run folder bears it; got '" + name + "'");
  }

  @Test
  void aSmallFileHasTheDefaultsOfTheRest() throws IOException {
    RunConfig config = read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {perModule: {learningRate: 4}}
        """);
    assertThat(config.name()).isEqualTo("run");
    assertThat(config.base()).isEqualTo(config.scale());
    assertThat(config.workers()).isEqualTo(2);
    assertThat(config.defaults().get(Hyperparameter.LEARNING_RATE)).isEqualTo(1e-3);
    assertThat(config.space()).isEqualTo(new SpaceConfig.PerModule(Map.of(), Hints.NONE, Map.of(Hyperparameter.LEARNING_RATE, 4.0), Map.of(), Map.of(), Map.of()));
  }

  @Test
  void parametersHaveHints() throws IOException {
    RunConfig own = read("""
        objective: {kind: command, command: [sh, "{rate}", "{layers}", "{kind}"]}
        space:
          parameters:
            rate: {log: [1e-3, 1], expected: 0.1, confidence: high}
            layers: {integer: [1, 8], cost: 1}
            kind: {choices: [a, b], expected: b}
        """);
    assertThat(own.space().hints()).isEqualTo(new Hints(
        List.of(new Expected("rate", new Value.Real(0.1), Expected.Confidence.HIGH), new Expected("kind", new Value.Category("b"), Expected.Confidence.MEDIUM)), Map.of("layers", 1.0)));
    RunConfig modules = read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space:
          global: {learningRate: [1e-3, 0.1], beta1: {range: [0.5, 0.99], expected: 0.75}}
          perModule: {learningRate: 4}
        """);
    assertThat(modules.space().hints()).isEqualTo(new Hints(List.of(new Expected("1-beta1", new Value.Real(0.25), Expected.Confidence.MEDIUM)), Map.of()));
  }

  @Test
  void hintsThatCanNotBeAreALineEach() {
    assertThatThrownBy(() -> read("""
        objective: {kind: command, command: [sh, "{rate}", "{layers}", "{kind}"]}
        space:
          parameters:
            rate: {log: [1e-3, 1], expected: 10}
            layers: {integer: [0, 8], cost: 1}
            kind: {choices: [a, b], confidence: high}
        strategy: cma-es
        """)).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).map(p -> p.replaceFirst("^.*run.yaml:", "")).containsExactly(
            "4: space.parameters.rate.expected: parameter 'rate' takes a real number in [0.001, 1.0], got 10.0",
            "5: space.parameters.layers.cost: a cost is a power of numbers above 0, and 'layers' begins at 0.0",
            "6: space.parameters.kind.confidence: is that of 'expected', and there is none; add it, or leave this out"));
    assertThatThrownBy(() -> read("""
        objective: {kind: command, command: [sh, "{rate}"]}
        space: {parameters: {rate: {log: [1e-3, 1], expected: 0.1}}}
        strategy: cma-es
        """)).hasMessageContaining(":3: strategy: cma-es takes no notice of what is expected of parameters ('expected') and of costs ('cost'); leave them out, or take gp or gp-input-warping");
    assertThatThrownBy(() -> read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {global: {learningRate: {range: [1e-3, 0.1], expected: 1}}, perModule: {learningRate: 4}}
        """)).hasMessageContaining(":2: space.global.learningRate.expected: lies in the range, [0.001, 0.1], got 1.0");
    assertThatThrownBy(() -> read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {global: {learningRate: {expected: 1}}, perModule: {learningRate: 4}}
        """)).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).singleElement().asString().contains(":2: space.global.learningRate.range: is missing"));
  }

  @Test
  void aPhaseThatIsPassedOverHasNoTrials() throws IOException {
    List<String> phases = List.of("search", "global", "module", "select", "confirm");
    RunConfig whole = read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {global: {learningRate: [1e-3, 0.1]}, perModule: {learningRate: 4}}
        budget: {global: 5, perModule: 7, finalists: 3, seeds: 2}
        """);
    assertThat(phases.stream().map(whole::trials)).containsExactly(0, 5, 7, 6, 6);
    RunConfig brief = read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {perModule: {learningRate: 4}}
        budget: {perModule: 7, finalists: 1, seeds: 2}
        """);
    assertThat(phases.stream().map(brief::trials)).containsExactly(0, 0, 7, 0, 6);
  }

  @Test
  void theOptimizerSaysWhichHyperparametersThereAre() throws IOException {
    RunConfig config = read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        optimizer: muon
        hyperparameters: {learningRate: 0.03, momentum: 0.9}
        space: {global: {learningRate: [0.01, 0.1], adamwLearningRate: [1e-4, 0.1]}, perModule: {momentum: 2}}
        """);
    assertThat(config.defaults().optimizer()).isEqualTo(Optimizer.MUON);
    assertThat(config.defaults().get(Hyperparameter.MOMENTUM)).isEqualTo(0.9);
    assertThat(config.defaults().get(Hyperparameter.ADAMW_LEARNING_RATE)).as("its usual value").isEqualTo(3e-3);
    SpaceConfig.PerModule space = (SpaceConfig.PerModule) config.space();
    assertThat(space.global()).containsOnlyKeys(Hyperparameter.LEARNING_RATE, Hyperparameter.ADAMW_LEARNING_RATE);
    assertThat(new Experiment(config).moduleSpace(space, config.defaults()).space().parameters())
        .as("Muon moves the hidden matrices alone")
        .extracting(p -> p.name())
        .containsExactly("attn.q/momentum", "attn.k/momentum", "attn.v/momentum", "attn.o/momentum", "mlp.up/momentum", "mlp.down/momentum");
  }

  @Test
  void eachBlockMayHaveAFactorOfItsOwn() throws IOException {
    String text = """
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {perModule: {multiplier: 2}, perBlock: {learningRate: 1}}
        """;
    RunConfig config = read(text);
    SpaceConfig.PerModule space = (SpaceConfig.PerModule) config.space();
    assertThat(space.perBlock()).isEqualTo(Map.of(Hyperparameter.LEARNING_RATE, 1.0));
    ModuleSpace modules = new Experiment(config).moduleSpace(space, config.defaults());
    assertThat(modules.space().parameters()).extracting(p -> p.name()).containsExactly("attn/multiplier", "mlp/multiplier", "block.0/learningRate", "block.1/learningRate");
    Factors factors = modules.factors(modules.space().decode(Point.of(0.5, 0.5, 1, 0)));
    assertThat(factors.byBlock().get(Hyperparameter.LEARNING_RATE)).as("an octave up and down").containsExactly(2.0, 0.5);
    assertThatThrownBy(() -> read(text.replace("perBlock: {learningRate: 1}", "perBlock: {rho: 1}")))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).singleElement().asString()
            .endsWith("run.yaml:2: space.perBlock.rho: means nothing here to optimizer adamw, which has learningRate, weightDecay, beta1, beta2, epsilon, initStd, multiplier"));
  }

  @Test
  void aConditionIsOnOneParameterAndItsValues() {
    assertThatThrownBy(() -> read("""
        objective: {kind: command, command: [sh]}
        space:
          parameters:
            a: {choices: [p, q]}
            b: {choices: [p, q]}
            x: {real: [0, 1], when: {a: p, b: q}}
            y: {real: [0, 1], when: {a: []}}
        """))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replaceFirst("^.*run.yaml:", ""))
                    .containsExactly(
                        "6: space.parameters.x.when: takes one parameter with its values, such as {act: [a, b]}; got 2",
                        "7: space.parameters.y.when.a: needs a value, or a list of values, such as [a, b]"));
  }

  @Test
  void whatMeansNothingToTheOptimizerIsRefusedWhereverItStands() {
    assertThatThrownBy(() -> read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        optimizer: lion
        hyperparameters: {learningRate: 0.03, epsilon: 1e-8}
        space:
          global: {rho: [0.1, 0.2]}
          perModule: {learningRate: 4, epsilon: 2}
          shared: {momentum: 3}
        """))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replaceFirst("^.*run.yaml:", ""))
                    .containsExactly(
                        "3: hyperparameters.epsilon: means nothing here to optimizer lion, which has learningRate, weightDecay, beta1, beta2, initStd",
                        "5: space.global.rho: means nothing here to optimizer lion, which has learningRate, weightDecay, beta1, beta2, initStd",
                        "6: space.perModule.epsilon: means nothing here to optimizer lion, which has learningRate, weightDecay, beta1, beta2, initStd, multiplier",
                        "7: space.shared.momentum: means nothing here to optimizer lion, which has learningRate, weightDecay, beta1, beta2, initStd, multiplier"));
    assertThatThrownBy(() -> read("scale: {width: 32, depth: 2, batch: 512, tokens: 51200}\noptimizer: muonn\nspace: {perModule: {learningRate: 4}}\n"))
        .hasMessageContaining("optimizer: 'muonn' is not one of adamw, lion,")
        .hasMessageContaining("did you mean 'muon'?");
  }

  @Test
  void aTransformersAttentionAndExpertsHaveTheirUsualValues() throws IOException {
    String rest = """
        scale: {width: 64, depth: 2, batch: 1024, tokens: 51200}
        space: {perModule: {learningRate: {octaves: 4, only: [moe.router, attn.krope]}}}
        """;
    var both = (ObjectiveConfig.Transformer) read("objective: {attention: latent, experts: {granularity: 2}}\n" + rest).objective();
    assertThat(both.attention()).isEqualTo(Attention.Latent.DEFAULT);
    assertThat(both.experts()).contains(new Experts(8, 2, 2, 0, 0.01, 1e-3));
    var other = (ObjectiveConfig.Transformer) read("objective: {attention: {latent: {compression: 2}}, experts: {active: 1}}\n" + rest).objective();
    assertThat(other.attention()).isEqualTo(new Attention.Latent(2, 8));
    assertThatThrownBy(() -> read("objective: {attention: {latent: {rope: 7}}, experts: {count: 1}}\n" + rest))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("objective.attention.latent.rope: the width of the rotary part must be even and positive, got 7")
        .hasMessageContaining("objective.experts.count: a router needs two experts or more to choose from, got 1; leave out 'experts' for dense MLPs");
    assertThatThrownBy(() -> read("objective: {attention: latent, experts: {granularity: 3}}\n" + rest))
        .hasMessageContaining("objective: a hidden width of 256 is not divisible by the granularity 3");
  }

  @Test
  void aTableThatSaysNothingOfTheOptimizerIsRefusedBeforeAnythingTrains() {
    assertThatThrownBy(() -> read("""
        objective: {experts: {count: 4}}
        optimizer: muon
        scaling: {table: moe-fixed-sparsity}
        scale: {width: 64, depth: 2, batch: 1024, tokens: 51200}
        space: {perModule: {learningRate: 4}}
        """))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("run.yaml:3: scaling.table: table 'moe-fixed-sparsity' does not say how a module of role hidden that muon moves follows the scale: module 'block.0.attn.q'");
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsLine() {
    assertThatThrownBy(() -> read("""
        objective: {kind: transfomer}
        scale: {width: 64, dept: 2, batch: 1024, tokens: -5}
        hyperparameters:
          learningRate: fast
          beta1: 1.5
        space:
          global: {learningRate: [0.1, 0.01]}
          perModule: {learningrate: 4}
        strategy: gpp
        workers: 2.5
        wokers: 2
        """))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).satisfiesExactly(
            p -> assertThat(p).contains("run.yaml:1: objective.kind: 'transfomer' is not one of transformer, mlp, convolution, random-labels, command; did you mean 'transformer'?"),
            p -> assertThat(p).contains(":2: scale.depth: is missing"),
            p -> assertThat(p).contains(":2: scale.tokens: must be 1 or more, got -5"),
            p -> assertThat(p).contains(":2: scale.dept: unknown key, its value is '2'; did you mean 'depth'?"),
            p -> assertThat(p).contains(":4: hyperparameters.learningRate: needs a number, got 'fast'"),
            p -> assertThat(p).contains(":5: hyperparameters.beta1: must be in [0, 1), got 1.5"),
            p -> assertThat(p).contains(":7: space.global.learningRate: needs low < high, got [0.1, 0.01]"),
            p -> assertThat(p).contains(":8: space.perModule.learningrate: unknown key, its value is '4'; did you mean 'learningRate'?"),
            p -> assertThat(p).contains(":9: strategy: 'gpp' is not one of"),
            p -> assertThat(p).contains(":10: workers: needs a whole number, got 2.5"),
            p -> assertThat(p).contains(":11: wokers: unknown key, its value is '2'; did you mean 'workers'?")));
  }

  @Test
  void aWidthThatDoesNotDivideIntoHeadsIsAProblemOfTheScale() {
    assertThatThrownBy(() -> read("""
        objective: {kind: transformer, heads: 5}
        scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}
        space: {perModule: {learningRate: 4}}
        """)).hasMessageContaining(":1: objective.heads: width 64 is not divisible into 5 heads");
  }

  @Test
  void aModuleThatTheModelLacksIsAProblemOfTheSpace() throws IOException {
    String head = "scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}\n";
    assertThatThrownBy(() -> read(head + "space: {perModule: {learningRate: {octaves: 4, only: [attn.q, attn.qq]}}}"))
        .hasMessageContaining(":2: space.perModule.learningRate.only: no module type 'attn.qq' has learningRate; did you mean 'attn.q'?; there are embed, attn.norm, attn.q");
    assertThat(read(head + "space: {perModule: {learningRate: {only: [attn.q, mlp.up]}, multiplier: 2}}").space())
        .isInstanceOfSatisfying(SpaceConfig.PerModule.class, s -> assertThat(s.axes()).extracting(a -> a.only().size()).containsExactly(2, 0));
  }

  @Test
  void whatTheModelLacksHidesNoOtherProblem() {
    assertThatThrownBy(() -> read("""
        objective:
          kind: transformer
          heads: 5
          data: {text: absent.txt}
        scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}
        scaling: {table: complete-dp, alpha: 3}
        space:
          perModule:
            learningRate: {octaves: 4, only: [attn.x, atn.q]}
            multiplier: {only: [mpl]}
        strategy: gpp
        """))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).satisfiesExactly(
            p -> assertThat(p).contains(":4: objective.data: text file"),
            p -> assertThat(p).contains(":6: scaling.table: 'complete-dp' is not one of").contains("did you mean 'complete-d-p'?"),
            p -> assertThat(p).contains(":6: scaling.alpha: must be in [0.5, 1], got 3"),
            p -> assertThat(p).contains(":9: space.perModule.learningRate.only: no module type 'attn.x'"),
            p -> assertThat(p).contains(":9: space.perModule.learningRate.only: no module type 'atn.q'").contains("did you mean 'attn.q'?"),
            p -> assertThat(p).contains(":10: space.perModule.multiplier.only: no module type 'mpl'").contains("did you mean 'mlp'?"),
            p -> assertThat(p).contains(":11: strategy: 'gpp'")));
  }

  private static void refused(String text, RunConfigReaderTest test, String... lines) {
    assertThatThrownBy(() -> test.read(text)).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).map(p -> p.replaceFirst("^.*run.yaml:", "").replaceFirst("; there are .*|; known here.*|\\? There are .*", "")).containsExactly(lines));
  }

  @Test
  void aScaleThatIsWrongHidesNoOtherProblem() {
    refused("""
        objective: {heads: 3}
        scale: {width: 64, depth: 2, batch: 1000, tokens: 10}
        space:
          global: {lr: [1e-3, 1], wd: [0.1, 1]}
          perModule: {learningRate: {octaves: 2, only: [attn.qq]}}
        """, this,
        "1: objective.heads: width 64 is not divisible into 3 heads",
        "2: scale: tokens must be at least one batch of 1000, got 10",
        "2: scale: batch 1000 is not divisible into sequences of 64 tokens",
        "4: space.global.lr: unknown key, its value is [1e-3, 1]; did you mean 'learningRate'?",
        "4: space.global.wd: unknown key, its value is [0.1, 1]; did you mean 'weightDecay'?",
        "5: space.perModule.learningRate.only: no module type 'attn.qq' has learningRate; did you mean 'attn.q'?");
  }

  /// Types that the network may have once that is mended are let be.
  @Test
  void aKeyThatIsWrongHidesNeitherTheDeviceNorTypesThatNoNetworkHas() {
    String rest = "scale: {width: 64, depth: 2, batch: 1024, tokens: 51200}\nspace: {perModule: {learningRate: {only: [attn.qq, mlp.gate, moe.shared.gate, attn.krope, unembed]}}}\n";
    refused("objective: {activation: relu, tied: maybe, attention: hads, experts: {count: 1}, device: tpu}\n" + rest, this,
        "1: objective.activation: 'relu' is not one of gelu, swiglu; did you mean 'gelu'?",
        "1: objective.tied: 'maybe' is not one of true, false",
        "1: objective.attention: 'hads' is not one of heads, latent; did you mean 'heads'?",
        "1: objective.experts.count: a router needs two experts or more to choose from, got 1; leave out 'experts' for dense MLPs",
        "1: objective.device: device must be auto, cpu, gpu or gpu:NUMBER, got 'tpu'",
        "3: space.perModule.learningRate.only: no module type 'attn.qq' has learningRate; did you mean 'attn.q'?");
    refused("objective: {activation: relu}\n" + rest.replace(", moe.shared.gate", ""), this,
        "1: objective.activation: 'relu' is not one of gelu, swiglu; did you mean 'gelu'?",
        "3: space.perModule.learningRate.only: no module type 'attn.qq' has learningRate; did you mean 'attn.q'?",
        "3: space.perModule.learningRate.only: no module type 'attn.krope' has learningRate; did you mean 'attn.knorm'?");
  }

  @Test
  void aSequenceThatATextIsTooShortForIsAProblemOfTheSequence() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "Words of a text.\n".repeat(200));
    Path file = Files.writeString(folder.resolve("run.yaml"), "objective: {data: {text: words.txt}, sequence: 1024}\nscale: {width: 64, depth: 1, batch: 1024, tokens: 10240}\nspace: {perModule: {learningRate: 4}}\n");
    RunConfig config = RunConfigReader.readToTrain(file);
    assertThatThrownBy(() -> RunConfigReader.checkRunnable(file, config))
        .hasMessage(file + ":1: objective.sequence: text file " + folder.resolve("words.txt") + " is too short: a part has 170 tokens, a window of sequence 1024 needs 1025");
  }

  /// What stands for a number that is missing divides; what follows from it is not said.
  @Test
  void ofWhatFollowsFromAnotherProblemNothingIsSaid() {
    String space = "space: {perModule: {learningRate: {octaves: 2, only: [mlp.gate, unembed]}}}\n";
    refused("objective: {heads: 3, sequence: 7}\nscale: {width: x, depth: 2, tokens: 10}\n" + space.replace("mlp.gate, ", ""), this, "2: scale.width: needs a whole number, got 'x'", "2: scale.batch: is missing");
    refused("objective: {heads: 0, sequence: 0}\nbase: {width: 64, depth: 2, batch: 1000, tokens: 51200}\nscale: {width: 32, depth: 2, batch: 1001, tokens: 51200}\n" + space.replace("mlp.gate, ", ""), this,
        "1: objective.heads: must be from 1 to 1024, got 0", "1: objective.sequence: must be from 2 to 65536, got 0");
    refused("objective: {activation: swigl, tied: maybe}\nscale: {width: 64, depth: 2, batch: 1024, tokens: 51200}\n" + space, this,
        "1: objective.activation: 'swigl' is not one of gelu, swiglu; did you mean 'swiglu'?", "1: objective.tied: 'maybe' is not one of true, false");
    refused("objective: {heads: 2}\nbase: {width: x, depth: 2, batch: 1024, tokens: 51200}\nscale: {width: 48, depth: 2, batch: 1024, tokens: 51200}\n" + space.replace("mlp.gate, ", ""), this, "2: base.width: needs a whole number, got 'x'");
    refused("objective: 3\nscale: {width: 64, depth: 2, batch: 1024, tokens: 51200}\n" + space, this, "1: objective: needs keys and values, got '3'");
  }

  @Test
  void ofACommandPlaceholdersAndRangesAreToldAtOnce() {
    refused("""
        objective: {kind: command, command: [sh, "{rat}", "{n}", "{x}", "{steps}"]}
        space:
          parameters:
            rate: {log: [0, 10]}
            n: {integer: [1, 2.5]}
            m: {logInteger: [0.5, 8]}
            x: {real: [.5, .9], log: true}
            y: {integer: [1, 9], log: true}
            z: [1, 3]
        strategy: gpp
        """, this,
        "1: objective.command: unknown placeholder {rat} in '{rat}'; did you mean {rate}",
        "1: objective.command: {steps} needs a scale, such as scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}, and there is none",
        "4: space.parameters.rate.log: must be positive, got 0",
        "5: space.parameters.n: the ends of a range of whole numbers are whole numbers, got 2.5",
        "6: space.parameters.m: the ends of a range of whole numbers are whole numbers, got 0.5",
        "7: space.parameters.x.log: a range on a log scale is log: [.5, .9], and any other real: [.5, .9], without a second key; write the first",
        "8: space.parameters.y.log: a range on a log scale is logInteger: [1, 9], and any other integer: [1, 9], without a second key; write the first",
        "9: space.parameters.z: needs keys and values, got [1, 3]",
        "10: strategy: 'gpp' is not one of gp, gp-input-warping, forest, trust-region-random, cma-es, sobol, random; did you mean 'gp'?");
  }

  /// One that another depends on is known by whether that is there.
  @Test
  void aParameterThatACommandCanNotKnowOfIsRefusedBeforeItIsTunedAndReadAfterwards() throws IOException {
    String space = "space: {parameters: {rate: {log: [1e-3, 1]}, layers: {integer: [1, 3]}, kind: {choices: [a, b]}, momentum: {real: [0, 1], when: {kind: a}}}}\n";
    for (String used : List.of("{rate} {configuration}", "{settings}", "{directory}", "{rate} {momentum} {layers}")) {
      Path file = Files.writeString(folder.resolve("run.yaml"), "objective: {kind: command, command: [echo, '" + used + "']}\n" + space);
      assertThat(RunConfigReader.readToTrain(file)).isEqualTo(RunConfigReader.read(file, file));
    }
    Path file = Files.writeString(folder.resolve("run.yaml"), "objective: {kind: command, command: [echo, '{momentum} {{rate}}']}\n" + space);
    assertThatThrownBy(() -> RunConfigReader.readToTrain(file)).hasMessage(file + ":1: objective.command: no argument uses rate, layers, so that the command does not know of them; add {rate}, {layers}, or {configuration}, a file of all");
    assertThat(RunConfigReader.read(file, file).trials("search")).isEqualTo(50);
  }

  private void refusedToTrain(String text, String line) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), text);
    assertThatThrownBy(() -> RunConfigReader.readToTrain(file)).hasMessage(file + ":" + line);
    assertThat(RunConfigReader.read(file, file).name()).as("once begun it goes on").isEqualTo("run");
  }

  @Test
  void aCommandThatIsToldNoNumberOfStepsIsNotPromoted() throws IOException {
    String text = "objective: {kind: command, command: [sh, '{x}']}\nspace: {parameters: {x: {real: [0, 1]}}}\nstopping: {kind: promotion, grace: 10, steps: 90}\n";
    for (String blind : List.of("{x}", "{x} {seed} {{steps}}", "{configuration}")) {
      refusedToTrain(text.replace("'{x}'", "'" + blind + "'"), "1: objective.command: no argument says how many steps to train, so that the short trainings of stopping: promotion would be whole ones; add {steps}, or {settings}, a file that says it");
    }
    for (String told : List.of("{x} {steps}", "{settings}", "{directory}")) {
      assertThat(RunConfigReader.readToTrain(Files.writeString(folder.resolve("run.yaml"), text.replace("'{x}'", "'" + told + "'"))).stopping()).isPresent();
    }
    assertThat(RunConfigReader.readToTrain(Files.writeString(folder.resolve("run.yaml"), text.replace("promotion, grace: 10, steps: 90", "asha, grace: 10"))).stopping()).as("others end what is told nothing").isPresent();
    Path scaled = Files.writeString(folder.resolve("run.yaml"), text.replace("{x}'", "{x} {tokens}'").replace(", steps: 90", "") + "scale: {width: 1, depth: 1, batch: 1, tokens: 90}\n");
    assertThat(RunConfigReader.readToTrain(scaled).stopping()).isPresent();
  }

  @Test
  void aGraceThatOutlastsEveryTrainingIsRefused() throws IOException {
    String text = "scale: {width: 64, depth: 2, batch: 1024, tokens: 51200}\nspace: {perModule: {learningRate: 4}}\nstopping: {kind: asha, grace: 51}\n";
    String line = "3: stopping.grace: no training is ever stopped, as each has 50 steps: needs as many at most, got 51";
    refusedToTrain(text, line);
    refusedToTrain(text.replace("asha", "median"), line);
    assertThat(RunConfigReader.readToTrain(Files.writeString(folder.resolve("run.yaml"), text.replace("51}", "50}"))).stopping()).contains(new SuccessiveHalving(50, 3));
    Path own = Files.writeString(folder.resolve("run.yaml"), "objective: {kind: command, command: [sh, '{x}']}\nspace: {parameters: {x: {real: [0, 1]}}}\nstopping: {kind: asha, grace: 1000}\n");
    assertThat(RunConfigReader.readToTrain(own).stopping()).as("how many steps a program has is its own affair").contains(new SuccessiveHalving(1000, 3));
  }

  @Test
  void onlyOfNothingIsRefused() throws IOException {
    refusedToTrain("scale: {width: 64, depth: 2, batch: 1024, tokens: 51200}\nspace:\n  perModule: {multiplier: 2, learningRate: {octaves: 4, only: []}}\n",
        "3: space.perModule.learningRate.only: names no type of module; leave 'only' out for all of them, or learningRate for none");
  }

  /// Its placeholder is not said to need a scale, which would be no mend.
  @Test
  void aParameterIsNotCalledAsAPlaceholderIsThatHasAMeaningOfItsOwn() {
    refused("""
        objective: {kind: command, command: [sh, "{depth}", "{rat}"]}
        space:
          parameters:
            depth: {integer: [1, 3]}
        """, this,
        "1: objective.command: unknown placeholder {rat} in '{rat}'; did you mean {batch}",
        "4: space.parameters.depth: a parameter cannot be called 'depth', as {depth} has a meaning of its own");
  }

  @Test
  void earlyStoppingStartsAtANinthOfTheTrainingUnlessToldOtherwise() throws IOException {
    String head = "scale: {width: 32, depth: 2, batch: 512, tokens: 51200}\nspace: {perModule: {learningRate: 4}}\n";
    assertThat(read(head).stopping()).isEmpty();
    assertThat(read(head + "stopping: {kind: none}").stopping()).isEmpty();
    assertThat(read(head + "stopping: {kind: asha}").stopping()).contains(new SuccessiveHalving(11, 3));
    assertThat(read(head + "stopping: {kind: asha, grace: 5, eta: 4}").stopping()).contains(new SuccessiveHalving(5, 4));
    assertThat(read(head + "stopping: {kind: median, trials: 8}").stopping()).contains(new MedianStopping(11, 8));
    assertThatThrownBy(() -> read(head + "stopping: {kind: median, eta: 3}")).hasMessageContaining(":3: stopping.eta: unknown key");
    assertThatThrownBy(() -> read(head + "stopping: {kind: ahsa, grace: 0}")).hasMessageContaining(":3: stopping.kind: 'ahsa' is not one of none, asha, median, promotion; did you mean 'asha'?");
    assertThatThrownBy(() -> read("objective: {kind: command, command: [sh]}\nspace: {parameters: {x: {real: [0, 1]}}}\nstopping: {kind: asha}"))
        .hasMessageContaining(":3: stopping.grace: is missing");
    assertThat(read(head + "stopping: {kind: promotion}").stopping()).contains(new Promotion(11, 3, 100));
    assertThatThrownBy(() -> read(head + "stopping: {kind: promotion, grace: 101}")).hasMessageContaining(":3: stopping.grace: the shortest training has 1 step or more and 100 at most");
    String command = "objective: {kind: command, command: [sh]}\nspace: {parameters: {x: {real: [0, 1]}}}\n";
    assertThatThrownBy(() -> read(command + "stopping: {kind: promotion, grace: 3}")).hasMessageContaining(":3: stopping.steps: is missing");
    assertThat(read(command + "stopping: {kind: promotion, grace: 3, steps: 30}").scale().steps()).isEqualTo(30);
  }

  @Test
  void aSectionThatIsNoneIsOneProblem() {
    assertThatThrownBy(() -> read("scale: 3\nspace: {perModule: {learningRate: 4}}\n"))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).singleElement().asString().contains(":1: scale: needs keys and values, got '3'"));
  }

  @Test
  void textFilesAreCheckedBeforeARun() throws IOException {
    Files.write(folder.resolve("binary.txt"), new byte[] {1, 0, 2, 0});
    String head = "scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}\nspace: {perModule: {learningRate: 4}}\n";
    assertThatThrownBy(() -> read(head + "objective: {kind: transformer, data: {text: absent.txt}}")).hasMessageContaining(":3: objective.data: ").hasMessageContaining("absent.txt");
    assertThatThrownBy(() -> read(head + "objective: {kind: transformer, data: {text: binary.txt}}")).hasMessageContaining(":3: objective.data: ").hasMessageContaining("binary.txt");
  }

  @Test
  void aModulesFileIsCheckedModuleByModule() throws IOException {
    Files.writeString(folder.resolve("modules.yaml"), """
        - {name: a, role: hidden, fanIn: 4, fanOut: 4}
        - {name: b, role: hiden, fanIn: 4, fanOut: 4}
        - {name: c, role: hidden, fanIn: 4}
        """);
    assertThatThrownBy(() -> read("""
        objective: {kind: command, command: [sh], modules: modules.yaml}
        scale: {width: 4, depth: 1, batch: 1, tokens: 10}
        space: {perModule: {learningRate: 4}}
        """)).hasMessageContaining("modules.yaml:2: [1]: ").hasMessageContaining("hiden").hasMessageContaining("modules.yaml:3: [2]: ").hasMessageContaining("fanOut");
  }

  @Test
  void filesThatAreNoYamlSayWhere() {
    assertThatThrownBy(() -> read("a: [1, 2\nb: 3")).isInstanceOf(InputException.class).hasMessageMatching("(?s).*run.yaml:2: is not YAML: .*");
    assertThatThrownBy(() -> RunConfigReader.read(folder.resolve("none.yaml"), folder)).hasMessageEndingWith("none.yaml: no such file");
  }

  @Test
  void aRangeThatIsTooWideIsOneProblem() {
    assertThatThrownBy(() -> read("""
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {perModule: {learningRate: 41}}
        """)).isInstanceOfSatisfying(InputException.class, e ->
            assertThat(e.problems()).singleElement().asString().endsWith("run.yaml:2: space.perModule.learningRate: must be at most 12.0 octaves to each side, got 41.0"));
  }

  @Test
  void pathsThatAreNoneAreProblemsOfTheirKeys() {
    assertThatThrownBy(() -> read("""
        objective: {kind: command, command: [x], directory: "a\\0", modules: "b\\0"}
        scale: {width: 32, depth: 2, batch: 512, tokens: 51200}
        space: {perModule: {learningRate: 4}}
        prior: ["c\\0", d]
        """)).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).satisfiesExactly(
            p -> assertThat(p).contains(":1: objective.directory: needs a path of this system, got 'a '"),
            p -> assertThat(p).contains(":1: objective.modules: needs a path of this system, got 'b '"),
            p -> assertThat(p).contains(":4: prior: needs a path of this system, got 'c '")));
  }

  @Test
  void filesAreLookedForFromTheFileThatNamesThem() throws IOException {
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Files.writeString(parts.resolve("words.txt"), "Words of a text.\n".repeat(200));
    Files.writeString(folder.resolve("outside.txt"), "Words of a text.\n".repeat(200));
    String more = "scale: {width: 32, depth: 2, batch: 512, tokens: 51200}\nspace: {perModule: {learningRate: 4}}\nprior: [old, ../older]\n";
    for (String text : new String[] {"words.txt", "../outside.txt", folder.resolve("outside.txt").toString()}) {
      Path file = Files.writeString(parts.resolve("run.yaml"), "objective: {data: {text: '" + text + "'}}\n" + more);
      RunConfig config = RunConfigReader.read(file, file);
      assertThat(((ObjectiveConfig.Transformer) config.objective()).data()).isEqualTo(new ObjectiveConfig.Data.Text(parts.resolve(text), OptionalInt.empty()));
      assertThat(config.prior().orElseThrow().from()).containsExactly(parts.resolve("old"), folder.resolve("older"));
    }
    Path file = Files.writeString(parts.resolve("run.yaml"), "objective: {kind: command, command: [x], directory: sub}\nspace: {parameters: {lr: {log: [1e-4, 1]}}}\n");
    assertThat(((ObjectiveConfig.Command) RunConfigReader.read(file, file).objective()).directory()).isEqualTo(parts.resolve("sub"));
  }

  @Test
  void aPriorOfNothingIsALine() throws IOException {
    for (String nothing : new String[] {"[]", "''", "{from: []}"}) {
      Path file = Files.writeString(folder.resolve("run.yaml"), "objective: {kind: mlp}\nprior: " + nothing + "\n");
      assertThatThrownBy(() -> RunConfigReader.read(file, file)).isInstanceOf(InputException.class).hasMessageContaining("names no earlier run; leave prior out where there is nothing to learn from");
    }
  }
}
