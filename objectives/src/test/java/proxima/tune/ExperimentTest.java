package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.InputException;
import proxima.module.Module;
import proxima.module.Hyperparameter;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSpace;
import proxima.objective.Job;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.space.Point;
import proxima.space.RealParameter;

class ExperimentTest {

  @TempDir private Path folder;

  private RunConfig read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), text);
    return RunConfigReader.read(file, file);
  }

  private List<String> problems(String text) {
    List<String> problems = new ArrayList<>();
    assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InputException.class, e -> e.problems().forEach(p -> problems.add(p.replaceFirst("^.*run.yaml:", ""))));
    return problems;
  }

  private static ModuleSpace space(Experiment experiment) {
    RunConfig config = experiment.config();
    return experiment.moduleSpace((SpaceConfig.PerModule) config.space(), config.defaults());
  }

  /// The job of a corner of the space.
  private static Job corner(Experiment experiment, Scale scale, double at) {
    ModuleSpace space = space(experiment);
    double[] x = new double[space.space().dimension()];
    Arrays.fill(x, at);
    Configuration configuration = space.space().decode(Point.of(x));
    return experiment.job("j", configuration, new Setting(experiment.config().defaults(), space.factors(configuration)), scale, 1);
  }

  /// 9 times fewer steps make 1 - 0.9 * 2^3 of the linear form more than 7.
  @Test
  void everyPointOfTheSpaceTrainsOnTheShortestRung() throws IOException {
    Experiment experiment = new Experiment(read("""
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 25600}
        space: {perModule: {learningRate: 2}, shared: {beta1: 3, beta2: 3}}
        stopping: {kind: promotion, grace: 22, eta: 3}
        """));
    Scale rung = new Scale(16, 2, 128, 22 * 128);
    for (double at : new double[] {0, 0.5, 1}) {
      assertThat(corner(experiment, rung, at).settings().settings()).extracting(s -> s.get(Hyperparameter.BETA1)).allSatisfy(beta -> assertThat(beta).isBetween(0.0, 1.0));
    }
    ModuleSetting middle = corner(experiment, rung, 0.5).settings().settings().getFirst();
    assertThat(middle.get(Hyperparameter.BETA1)).isCloseTo(Math.pow(0.9, 200 / 22.0), within(1e-12));
    assertThat(corner(experiment, experiment.config().scale(), 0.5).settings().settings().getFirst().get(Hyperparameter.BETA1)).isEqualTo(0.9);
  }

  @Test
  void factorsReachOnlyAsFarAsBetasStayPositiveWhereTrialsTrain() throws IOException {
    String text = """
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 25600}
        base: {width: 16, depth: 2, batch: 128, tokens: 102400}
        space: {perModule: {learningRate: 2}, shared: {beta1: 3}}
        """;
    Experiment experiment = new Experiment(read(text));
    assertThat(corner(experiment, experiment.config().scale(), 1).settings().settings()).extracting(s -> s.get(Hyperparameter.BETA1)).allSatisfy(beta -> assertThat(beta).isBetween(0.0, 0.01));
    Experiment exponent = new Experiment(read(text + "scaling: {betas: exponent}\n"));
    assertThat(space(exponent).space().parameters()).as("0.9 falls to 0.2 here").filteredOn(p -> p.name().equals("all/beta1")).singleElement().isEqualTo(new RealParameter("all/beta1", 1 / 8.0, 8, true, Optional.empty()));
  }

  @Test
  void whatHasNoCounterpartWhereTrialsTrainIsToldAtOnce() {
    assertThat(problems("""
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 25600}
        base: {width: 16, depth: 2, batch: 128, tokens: 409600}
        space: {global: {learningRate: [1e-3, 0.1], beta1: [0.5, 0.98]}, perModule: {learningRate: 2}}
        """)).containsExactly(
            "3: base: module 'in': beta1 = 0.9 cannot move to 16.0 times the ratio batch / tokens: 1 - beta1 would be 1.6, which must be below 1; take a smaller batch, more tokens, a larger beta1 or the exponent form",
            "4: space.global.beta1: module 'in': beta1 = 0.5 cannot move to 16.0 times the ratio batch / tokens: 1 - beta1 would be 8.0, which must be below 1; take a smaller batch, more tokens, a larger beta1 or the exponent form");
  }

  @Test
  void aDecayThatLeavesNothingOfAWeightIsToldAtOnce() throws IOException {
    String text = """
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 25600}
        hyperparameters: {learningRate: 0.5, weightDecay: 2}
        space: {global: {learningRate: [1e-3, 0.25]}, perModule: {learningRate: 2}}
        """;
    assertThat(problems(text)).containsExactly(
        "3: hyperparameters: module 'in': learningRate 0.5 times weightDecay 2.0 is 1.0, which must be below 1: a step would leave nothing of a weight, or turn its sign; take a smaller rate or decay");
    // What a trial's factors do to it is its loss's affair.
    Experiment experiment = new Experiment(read(text.replace("0.5", "0.3")));
    assertThat(corner(experiment, experiment.config().scale(), 1).settings().of("in").learningRate()).isGreaterThan(0.5);
  }

  @Test
  void exponentsOfTheScaleHaveARange() {
    assertThat(problems("""
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 25600}
        scaling: {alpha: 2, batchExponent: -1, durationExponent: 3}
        space: {perModule: {learningRate: 2}}
        """)).containsExactly(
            "3: scaling.alpha: must be in [0.5, 1], got 2", "3: scaling.batchExponent: must be in [0, 2], got -1", "3: scaling.durationExponent: must be in [0, 2], got 3");
  }

  @Test
  void blocksHaveFactorsOfTheirOwnWhereAllAreListed() throws IOException {
    Files.writeString(folder.resolve("modules.yaml"), """
        - {name: in, role: embedding, fanIn: 8, fanOut: 16}
        - {name: block.0.w, type: w, role: hidden, fanIn: 16, fanOut: 16, block: 0}
        - {name: block.3.w, type: w, role: hidden, fanIn: 16, fanOut: 16, block: 3}
        - {name: out, role: unembedding, fanIn: 16, fanOut: 1}
        """);
    String text = """
        objective: {kind: command, command: [sh], modules: modules.yaml}
        scale: {width: 16, depth: 4, batch: 128, tokens: 25600}
        space: {perModule: {learningRate: 2}}
        """;
    assertThat(space(new Experiment(read(text))).space().dimension()).isEqualTo(3);
    assertThat(problems(text.replace("2}}", "2}, perBlock: {learningRate: 1}}")))
        .containsExactly("3: space: perBlock needs a module of each of the 4 blocks, but modules of 2 are listed; list all, or leave it out");
  }

  @Test
  void namesThatReadAsNumbersAreTexts() throws IOException {
    Files.writeString(folder.resolve("modules.yaml"), "- {name: 0, type: 0, role: hidden, fanIn: 8, fanOut: 8, branch: 0}\n");
    Module module = ModulesFile.read(folder.resolve("modules.yaml")).modules().getFirst();
    assertThat(List.of(module.name(), module.type(), module.branch().orElseThrow())).containsOnly("0");
  }

  @Test
  void keysOfModulesAreKnown() throws IOException {
    Files.writeString(folder.resolve("modules.yaml"), """
        - {name: in, role: embedding, fanIn: 8, fanOut: 16, scaleStream: true}
        - {name: out, role: unembedding, fanIn: 16, fanOut: 1, branh: mlp}
        """);
    assertThatThrownBy(() -> ModulesFile.read(folder.resolve("modules.yaml"))).isInstanceOfSatisfying(InputException.class, e ->
        assertThat(e.problems()).satisfiesExactly(
            p -> assertThat(p).contains("modules.yaml:1: ").contains("scaleStream: is no key of a module; did you mean 'scalesStream'?"),
            p -> assertThat(p).contains("modules.yaml:2: ").contains("branh: is no key of a module; did you mean 'branch'?")));
  }

  @Test
  void aBudgetThatPromotesNothingToTheEndIsRefused() {
    assertThat(problems("""
        objective: {kind: mlp}
        scale: {width: 16, depth: 2, batch: 128, tokens: 25600}
        space: {global: {learningRate: [1e-3, 0.1]}, perModule: {learningRate: 2}}
        stopping: {kind: promotion, grace: 22, eta: 3}
        budget: {global: 8, perModule: 7}
        """)).containsExactly(
            "5: budget.global: with stopping: promotion from 22 to 200 steps one of 9 points is trained to the end: needs as many trials, got 8; or take a larger grace",
            "5: budget.perModule: with stopping: promotion from 22 to 200 steps one of 9 points is trained to the end: needs as many trials, got 7; or take a larger grace");
  }

  @Test
  void aScaleThatIsNotThereIsNotToldToACommand() throws IOException {
    String text = """
        objective: {kind: command, command: [sh, -c, "echo {x} {{width}} {{steps}} {steps}"]}
        space: {parameters: {x: {real: [0, 1]}}}
        """;
    assertThat(problems(text)).containsExactly("1: objective.command: {steps} needs a scale, such as scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}, and there is none");
    assertThat(read(text + "stopping: {kind: promotion, grace: 10, steps: 30}\n").scale().steps()).isEqualTo(30);
    assertThat(read(text + "scale: {width: 1, depth: 1, batch: 1, tokens: 30}\n").scale().steps()).isEqualTo(30);
  }

  /// As they stand there, beside the files that they name.
  @Test
  void theReadmesConfigurationsAreRead() throws IOException {
    List<String> blocks = Arrays.stream(Files.readString(Path.of("..", "README.md")).split("```yaml\n")).skip(1).map(block -> block.substring(0, block.indexOf("```"))).toList();
    assertThat(blocks).hasSize(2);
    Files.createDirectories(folder.resolve("runs/small"));
    Files.createDirectories(folder.resolve("configurations"));
    Files.writeString(folder.resolve("configurations/others.json"), "{}");
    for (String block : blocks) {
      Path file = Files.writeString(folder.resolve("configurations/readme.yaml"), block);
      Experiment experiment = new Experiment(RunConfigReader.read(file, file));
      if (experiment.config().space() instanceof SpaceConfig.PerModule) {
        assertThat(experiment.config().name()).isEqualTo("quickstart");
        assertThat(space(experiment).space().parameters()).extracting(p -> p.name()).contains("moe.up/learningRate", "mlp/multiplier", "all/beta1", "block.1/learningRate");
      }
    }
  }

  /// A head's bias, listed with its head.
  @Test
  void biasesDoNotDecayWhereverTheyStand() throws IOException {
    Files.writeString(folder.resolve("modules.yaml"), """
        - {name: in, role: embedding, fanIn: 8, fanOut: 16, initStd: 0.3}
        - {name: in.bias, role: embedding, fanIn: 1, fanOut: 16}
        - {name: head, role: unembedding, fanIn: 16, fanOut: 4, initStd: 0.1}
        - {name: head.bias, role: unembedding, fanIn: 1, fanOut: 4}
        """);
    Experiment experiment = new Experiment(read("""
        objective: {kind: command, command: [sh], modules: modules.yaml}
        scale: {width: 16, depth: 1, batch: 128, tokens: 25600}
        space: {perModule: {learningRate: 2, weightDecay: 2}}
        """));
    assertThat(corner(experiment, experiment.config().scale(), 0.5).settings().settings()).extracting(s -> s.get(Hyperparameter.WEIGHT_DECAY)).containsExactly(0.1, 0.0, 0.1, 0.0);
    assertThat(space(experiment).space().parameters()).extracting(p -> p.name()).doesNotContain("head.bias/weightDecay").contains("head/weightDecay");
  }

  /// Trainings on a text are those of another subject once the file is another.
  @Test
  void aTextIsKnownByWhatItHolds() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "to be or not to be\n".repeat(200));
    String config = """
        objective: {kind: transformer, heads: 2, sequence: 8, data: {text: a.txt}}
        scale: {width: 16, depth: 1, batch: 32, tokens: 320}
        space: {perModule: {learningRate: 2}}
        """;
    RunFolder run = new RunFolder(folder);
    String name = new Experiment(read(config)).subject(run).name();
    assertThat(new Experiment(read(config)).subject(run).name()).isEqualTo(name);
    Files.writeString(text, "to be or not to bee\n".repeat(200));
    assertThat(new Experiment(read(config)).subject(run).name()).isNotEqualTo(name);
  }
}
