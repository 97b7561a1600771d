package proxima.tune;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
import proxima.diagnose.CheckOrigin;
import proxima.diagnose.CoordinateCheck;
import proxima.diagnose.CoordinateReport;
import proxima.diagnose.Pool;
import proxima.diagnose.Quantity;
import proxima.diagnose.ScaleAxis;
import proxima.diagnose.Size;
import proxima.module.ModuleSettings;
import proxima.objective.EngineFault;
import proxima.proxy.ProxyObjective;
import proxima.train.CoordinateStep;
import proxima.train.Coordinates;

/// `check coordinates CONFIG`: whether activations keep their sizes as the network grows.
final class CheckCoordinatesCommand implements Command {

  private static final String KIND = "coordinates";
  private static final String STEPS = "--steps";
  private static final String RATE = "--learning-rate";

  /// Where depths begin by default: what random branches add to the stream falls as 1 / sqrt(blocks) before any update, and between 2 blocks and 16 that alone has a slope of -0.17.
  private static final int FEWEST_BLOCKS = 4;

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Trains networks of several widths and depths for a few steps on one batch, and looks at how the sizes of their activations follow the scale. Under a table that transfers they do not.",
            "Passed: the slope of log mean |x| over log scale is within 0.15 for the hidden activations, over widths from step 2 on, over depths from step 5 on; and in the second half of the steps within 0.3"
                + " for the changes of the output, of the stream and of what routers put out since step 1. At step 1 nothing has been updated yet.")
        .footer(
            "",
            "Examples: ./proxima check coordinates examples/quickstart.yaml --widths 64,128,256",
            "          ./proxima check coordinates examples/quickstart.yaml --widths 64,128,256 --table sp");
    CheckSource.describe(spec);
    CheckSource.describeVerdict(spec);
    spec.addOption(CheckSource.optimizer());
    spec.addOption(CheckSource.spec(ScaleAxis.WIDTH, "1, 2, 4 and 8 times the configuration's; none where only --depths is given"));
    spec.addOption(CheckSource.spec(ScaleAxis.DEPTH, "1, 2, 4 and 8 times the configuration's, or of the first multiple with " + FEWEST_BLOCKS + " blocks; none where only --widths is given"));
    spec.addOption(OptionSpec.builder(STEPS).paramLabel("N").type(int.class).description("Steps of each training. Default: 10, and 20 with Sophia, which estimates curvature after every tenth.").build());
    spec.addOption(
        OptionSpec.builder(RATE).paramLabel("RATE").type(double.class)
            .description("The learning rate at the base scale, constant. Default: the configuration's, or what the run recommends. The best one of whole trainings is too much for steps without a warm-up, where sizes swing.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    CheckSource source = CheckSource.read(arguments);
    int seeds = CheckSource.seeds(arguments);
    int steps = CheckSource.count(arguments, STEPS, Coordinates.steps(source.config().defaults().optimizer()), CoordinateCheck.from(ScaleAxis.DEPTH), 10_000);
    int workers = source.workers(arguments);
    double rate = CheckSource.rate(arguments, RATE, source.setting().hyperparameters().learningRate());
    ProxyObjective objective = source.proxy(KIND);
    Map<ScaleAxis, List<Size>> axes = axes(source, arguments);
    checkRate(source, rate, axes);
    CheckSource checked = source.atRate(rate);
    Path out = source.folder(arguments, KIND);
    List<CoordinateCheck> checks = new ArrayList<>();
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; no report was written"));
        FolderLock _ = FolderLock.take(out)) {
      for (Map.Entry<ScaleAxis, List<Size>> e : axes.entrySet()) {
        checks.add(check(checked, objective, e.getKey(), e.getValue(), steps, seeds, workers, terminal));
      }
      ObjectNode answer = answer(checked, steps, seeds, checks);
      WholeFile.write(out.resolve("check.json"), answer.toPrettyString() + "\n");
      Path report = CoordinateReport.write(out, origin(checked, seeds), checks);
      checks.forEach(c -> print(checked, c, terminal));
      terminal.say("report  " + report);
      terminal.answer(answer);
      return checks.stream().allMatch(CoordinateCheck::passed) ? Exit.DONE : Exit.NOT_PASSED;
    } catch (EngineFault e) {
      throw CheckSource.fault(e);
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    }
  }

  /// Before anything is trained.
  private static void checkRate(CheckSource source, double rate, Map<ScaleAxis, List<Size>> axes) {
    axes.values().stream().flatMap(List::stream).forEach(size -> {
      try {
        source.experiment().settings(source.withRate(rate), size);
      } catch (InputException e) {
        throw new InputException(e.problems().stream().map(p -> RATE + ": " + p).toList());
      }
    });
  }

  private static Map<ScaleAxis, List<Size>> axes(CheckSource source, ParseResult arguments) {
    List<ScaleAxis> all = List.of(ScaleAxis.WIDTH, ScaleAxis.DEPTH);
    List<ScaleAxis> given = all.stream().filter(a -> CheckSource.values(a).isGiven(arguments)).toList();
    return source.axes(arguments, given.isEmpty() ? source.followed(all) : given, false, a -> multiples(a, source.config().scale().depth()));
  }

  private static long[] multiples(ScaleAxis axis, int depth) {
    long first = axis == ScaleAxis.DEPTH ? Math.ceilDiv((long) FEWEST_BLOCKS, depth) : 1;
    return new long[] {first, 2 * first, 4 * first, 8 * first};
  }

  private static CoordinateCheck check(
      CheckSource source, ProxyObjective objective, ScaleAxis axis, List<Size> sizes, int steps, int seeds, int workers, Terminal terminal)
      throws InterruptedException {
    List<Callable<List<CoordinateStep>>> tasks = new ArrayList<>();
    for (Size size : sizes) {
      ModuleSettings settings = source.experiment().settings(source.setting(), size).settings();
      for (int k = 0; k < seeds; k++) {
        long seed = source.config().seeds().check(k);
        tasks.add(() -> objective.coordinates(size.scale()).run(settings, steps, seed));
      }
    }
    try (CheckProgress progress = new CheckProgress(terminal, axis.id(), 0, tasks.size())) {
      List<List<CoordinateStep>> seen = progress.run(KIND, tasks, workers);
      return CoordinateCheck.of(axis, sizes.stream().map(axis::of).toList(), Pool.bySeed(seen, seeds));
    }
  }

  private static CheckOrigin origin(CheckSource source, int seeds) {
    return source.origin(
        List.of("learning rate at the base: " + source.setting().hyperparameters().learningRate() + ", constant; the configuration's batch, the same at every step", "seeds: " + source.config().seeds().check(0) + " to " + source.config().seeds().check(seeds - 1)));
  }

  private static void print(CheckSource source, CoordinateCheck check, Terminal terminal) {
    terminal.say(
        String.format(
            Locale.ROOT, "%s %s, %s, %d steps, %d seed%s: %s", check.axis().id(), check.values().toString().replaceAll("[\\[\\] ]", ""), source.heading(),
            check.steps(), check.seeds(), check.seeds() == 1 ? "" : "s", check.passed() ? "PASSED" : "NOT PASSED"));
    terminal.say(String.format(Locale.ROOT, "  steepest slope from step %d on, of changes from step %d on", CoordinateCheck.from(check.axis()), CoordinateCheck.changesFrom(check.axis(), check.steps())));
    for (Quantity q : check.quantities()) {
      int t = q.steepest();
      double slope = q.slope(t);
      String text = Double.isNaN(slope) ? "diverged" : String.format(Locale.ROOT, "%+.3f", slope);
      terminal.say(String.format(Locale.ROOT, "  %-24s %9s at step %-3d (bound %.2f)  %s", q.name(), text, t, q.bound(), q.passed() ? "passed" : "NOT PASSED"));
    }
  }

  private static ObjectNode answer(CheckSource source, int steps, int seeds, List<CoordinateCheck> checks) {
    ObjectNode answer = Json.object().put("check", KIND).put("passed", checks.stream().allMatch(CoordinateCheck::passed));
    source.put(answer);
    answer.put("learningRate", source.setting().hyperparameters().learningRate()).put("steps", steps).put("seeds", seeds).put("version", Version.PROXIMA);
    for (CoordinateCheck check : checks) {
      ObjectNode axis = answer.putObject(check.axis().id()).put("passed", check.passed()).put("fromStep", CoordinateCheck.from(check.axis())).put("changesFromStep", CoordinateCheck.changesFrom(check.axis(), check.steps()));
      ArrayNode values = axis.putArray("values");
      check.values().forEach(values::add);
      ArrayNode quantities = axis.putArray("quantities");
      check.quantities().forEach(q -> quantities.add(quantity(q)));
    }
    return answer;
  }

  /// `sizes` has a row for each step, in it a size for each scale; null for what is not finite.
  private static ObjectNode quantity(Quantity q) {
    ObjectNode node = Json.object().put("name", q.name()).put("bound", q.bound()).put("passed", q.passed()).put("steepestStep", q.steepest());
    ArrayNode slopes = node.putArray("slopes");
    ArrayNode sizes = node.putArray("sizes");
    for (int t = 1; t <= q.sizes().size(); t++) {
      Json.add(slopes, q.slope(t));
      ArrayNode row = sizes.addArray();
      q.sizes().get(t - 1).forEach(s -> Json.add(row, s));
    }
    return node;
  }
}
