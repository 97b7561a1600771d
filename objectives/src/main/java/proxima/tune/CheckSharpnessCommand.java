package proxima.tune;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.cli.WholeFile;
import proxima.diagnose.Pool;
import proxima.diagnose.ScaleAxis;
import proxima.diagnose.SharpnessCheck;
import proxima.diagnose.SharpnessReport;
import proxima.diagnose.Size;
import proxima.module.ModuleSettings;
import proxima.objective.EngineFault;
import proxima.proxy.ProxyObjective;
import proxima.train.Schedule;
import proxima.train.Sharpness;

/// `check sharpness CONFIG`: whether the loss is as sharp along a training whatever the scale.
final class CheckSharpnessCommand implements Command {

  private static final String KIND = "sharpness";
  private static final String EVERY = "--every";
  private static final int READINGS = 8;

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Trains networks of several widths (or depths) at a constant learning rate after 10 %% of warm-up, and reads on the way how sharp the loss is: the largest eigenvalue of its Hessian, in the"
                + " steps that each weight takes (learning rates of modules and AdamW's preconditioner included), over the threshold of stability, 2 for gradient descent and 38 for AdamW at beta1 = 0.9."
                + " Beside it the multiple of the actual step at which the loss begins to rise, by forward passes alone: 1 over it is the critical number, of which the median over the second half of the readings"
                + " is shown, and how many lie beyond what is tried, from 1/" + Sharpness.FURTHEST + " to " + Sharpness.FURTHEST + " times the step. Its slope and spread are shown where it is known at each scale, and are no part of the verdict: it follows the direction of single steps.",
            "Passed: super-consistent, that is, over the second half of the readings the slope of log sharpness over log scale is within 0.08, and no scale differs from the largest by more than 15 %%; the residuals of its eigenvalues, by Lanczos' iteration, are within 10 %%."
                + " For the optimizers adamw and sgd.")
        .footer(
            "",
            "Examples: ./proxima check sharpness examples/random-labels.yaml",
            "          ./proxima check sharpness examples/random-labels.yaml --table ntp");
    CheckSource.describe(spec);
    CheckSource.describeVerdict(spec);
    spec.addOption(CheckSource.optimizer());
    spec.addOption(CheckSource.spec(ScaleAxis.WIDTH, "1, 2, 4 and 8 times the configuration's; none where only --depths is given"));
    spec.addOption(CheckSource.spec(ScaleAxis.DEPTH, "none"));
    spec.addOption(OptionSpec.builder(EVERY).paramLabel("N").type(int.class).description("Steps between readings. Default: an eighth of the training.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    CheckSource source = CheckSource.read(arguments);
    int seeds = CheckSource.seeds(arguments);
    int every = every(source, arguments);
    int workers = source.workers(arguments);
    ProxyObjective objective = source.proxy(KIND);
    Map<ScaleAxis, List<Size>> axes = axes(source, arguments);
    checkRules(source);
    Path out = source.folder(arguments, KIND);
    List<SharpnessCheck> checks = new ArrayList<>();
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; no report was written"));
        FolderLock _ = FolderLock.take(out)) {
      for (Map.Entry<ScaleAxis, List<Size>> e : axes.entrySet()) {
        checks.add(check(source, objective, e.getKey(), e.getValue(), every, seeds, workers, terminal));
      }
      ObjectNode answer = answer(source, every, seeds, checks);
      WholeFile.write(out.resolve("check.json"), answer.toPrettyString() + "\n");
      String rate = "learning rate at the base: " + source.setting().hyperparameters().learningRate() + ", constant after a warm-up of 10 %";
      Path report = SharpnessReport.write(out, source.origin(List.of(rate, "readings on one batch, every " + every + " steps")), checks);
      terminal.say(source.heading() + ", " + seeds + (seeds == 1 ? " seed" : " seeds"));
      checks.forEach(c -> SharpnessReport.lines(c).forEach(terminal::say));
      terminal.say("report  " + report);
      terminal.answer(answer);
      return checks.stream().allMatch(SharpnessCheck::passed) ? Exit.DONE : Exit.NOT_PASSED;
    } catch (EngineFault e) {
      throw CheckSource.fault(e);
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    }
  }

  /// At least one reading comes before the last step.
  private static int every(CheckSource source, ParseResult arguments) {
    long steps = source.config().scale().steps();
    if (steps < 2) {
      throw new InputException(source.path() + ": a training of one step is over before sharpness is read; needs tokens for two batches or more");
    }
    return CheckSource.count(arguments, EVERY, Math.toIntExact(Math.max(1, steps / READINGS)), 1, Math.toIntExact(Math.min(Integer.MAX_VALUE, steps - 1)));
  }

  private static void checkRules(CheckSource source) {
    try {
      Sharpness.check(source.experiment().settings(source.setting(), source.size()).settings());
    } catch (IllegalArgumentException e) {
      throw new InputException(source.whereOptimizer() + ": " + e.getMessage());
    }
  }

  private static Map<ScaleAxis, List<Size>> axes(CheckSource source, ParseResult arguments) {
    List<ScaleAxis> given = Stream.of(ScaleAxis.WIDTH, ScaleAxis.DEPTH).filter(a -> CheckSource.values(a).isGiven(arguments)).toList();
    return source.axes(arguments, given.isEmpty() ? List.of(ScaleAxis.WIDTH) : given, false, _ -> new long[] {1, 2, 4, 8});
  }

  private static SharpnessCheck check(
      CheckSource source, ProxyObjective objective, ScaleAxis axis, List<Size> sizes, int every, int seeds, int workers, Terminal terminal)
      throws InterruptedException {
    // Sharpness settles at a rate that stays; a warm-up lets larger rates begin.
    var schedule = new Schedule(Schedule.Shape.CONSTANT, 0.1, 0);
    List<Callable<List<Sharpness>>> tasks = new ArrayList<>();
    for (Size size : sizes) {
      ModuleSettings settings = source.experiment().settings(source.setting(), size).settings();
      for (int k = 0; k < seeds; k++) {
        long seed = source.config().seeds().check(k);
        tasks.add(() -> Sharpness.along(objective.training(size.scale(), schedule), settings, every, seed));
      }
    }
    try (CheckProgress progress = new CheckProgress(terminal, axis.id(), 0, tasks.size())) {
      List<List<Sharpness>> readings = progress.run(KIND, tasks, workers);
      return new SharpnessCheck(axis, sizes.stream().map(axis::of).toList(), Sharpness.steps(source.config().scale().steps(), every), Pool.bySeed(readings, seeds));
    }
  }

  private static ObjectNode answer(CheckSource source, int every, int seeds, List<SharpnessCheck> checks) {
    ObjectNode answer = Json.object().put("check", KIND).put("passed", checks.stream().allMatch(SharpnessCheck::passed));
    source.put(answer);
    answer.put("learningRate", source.setting().hyperparameters().learningRate()).put("every", every).put("seeds", seeds).put("version", Version.PROXIMA);
    answer.put("mostSlope", SharpnessCheck.SLOPE).put("mostSpread", SharpnessCheck.SPREAD).put("mostResidual", SharpnessCheck.RESIDUAL);
    for (SharpnessCheck check : checks) {
      ObjectNode axis = answer.putObject(check.axis().id()).put("passed", check.passed()).put("diverged", check.diverged()).put("fromStep", check.from());
      SharpnessReport.notice(check).ifPresent(notice -> axis.put("notice", notice));
      Json.put(axis, "slope", check.slope());
      Json.put(axis, "spread", check.spread());
      Json.put(axis, "residual", check.residual());
      Json.put(axis, "criticalSlope", check.criticalSlope());
      Json.put(axis, "criticalSpreadOctaves", check.criticalSpread());
      ArrayNode values = axis.putArray("values");
      for (int i = 0; i < check.values().size(); i++) {
        ObjectNode value = values.addObject().put("value", check.values().get(i)).put("diverged", check.diverged(i));
        Json.put(value, "settled", check.settled().get(i));
        putCritical(value, check.critical(i));
        value.put("criticalBeyond", check.beyond(i));
        ArrayNode readings = value.putArray("readings");
        check.means(i).forEach(r -> {
          ObjectNode reading = readings.addObject().put("step", r.step()).put("loss", r.loss()).put("hessian", r.hessian()).put("sharpness", r.effective());
          Json.put(reading, "residual", r.residual());
          Json.put(reading, "hessianResidual", r.hessianResidual());
          putCritical(reading, r.critical());
        });
      }
    }
    return answer;
  }

  /// Null where it lies beyond what is tried; `criticalSide` says where.
  private static void putCritical(ObjectNode node, double critical) {
    boolean below = critical == 0;
    Json.put(node, "critical", below ? Double.NaN : critical);
    if (below || critical == Double.POSITIVE_INFINITY) {
      node.put("criticalSide", below ? "below" : "above");
    }
  }
}
