package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Strategy;
import proxima.study.Decision;
import proxima.study.EarlyStopping;
import proxima.study.MedianStopping;
import proxima.study.MemoryJournal;
import proxima.study.Study;
import proxima.study.SuccessiveHalving;
import proxima.study.Trial;
import proxima.tables.TableFolder;

/// What early stopping saves on recorded curves: tables of trainings with a loss after each of 50 epochs, in the columns `loss_01` to `loss_50`.
@Tag("slow")
class EarlyStoppingTest {

  private static final int EPOCHS = 50;
  /// As many trainings as run to their end.
  private static final int WHOLE = 50;
  private static final int SEEDS = 3;

  @TempDir private Path temporary;

  /// @param curves by row: losses after each epoch, infinite from where the training diverged
  private record Curves(TableTask end, Map<Point, double[]> curves) {}

  private static Path folder() {
    Path folder = Path.of(System.getProperty("proxima.tables", "../../shared/data")).resolve("taskset");
    assumeTrue(Files.isDirectory(folder), "no recorded curves at " + folder + "; give the folder of tables with -Dproxima.tables=DIR");
    return folder;
  }

  private Curves read(Path folder, String task) throws IOException {
    Path files = Files.createDirectories(temporary.resolve(task));
    Files.copy(folder.resolve("space.json"), files.resolve("space.json"));
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve(task + ".csv")));
    List<String> header = List.of(lines.getFirst().split(","));
    Map<Point, double[]> curves = new LinkedHashMap<>();
    for (int epoch = 1; ; epoch++) {
      String column = String.format(Locale.ROOT, "loss_%02d", epoch);
      lines.set(0, String.join(",", header.stream().map(h -> h.equals("loss") ? "end" : h.equals(column) ? "loss" : h).toList()));
      Files.write(files.resolve("epoch.csv"), lines);
      TableTask table = TableTask.of(new TableFolder(files).table("epoch"));
      int at = epoch - 1;
      table.rows().forEach(x -> curves.computeIfAbsent(x, _ -> new double[EPOCHS])[at] = table.value(x));
      if (epoch == EPOCHS) {
        return new Curves(table, curves);
      }
    }
  }

  /// The regret of random search after each epoch, the best of what finished.
  private static double[] regrets(Curves task, EarlyStopping stopping, long seed) {
    List<Point> rows = new ArrayList<>(task.end.rows());
    Collections.shuffle(rows, new Random(seed));
    Strategy inOrder = known -> rows.get(known.asked());
    Study study = Study.open(new MemoryJournal(), "s", task.end.space(), inOrder, stopping, "rows", seed);
    double[] regrets = new double[WHOLE * EPOCHS];
    int epochs = 0;
    double best = Double.POSITIVE_INFINITY;
    while (epochs < regrets.length && study.trials().size() < rows.size()) {
      Trial trial = study.ask();
      List<CurvePoint> curve = new ArrayList<>();
      Outcome outcome = new Outcome.Failed("not begun");
      Decision decision = Decision.CONTINUE;
      while (curve.size() < EPOCHS && decision == Decision.CONTINUE && epochs < regrets.length) {
        double loss = task.curves.getOrDefault(trial.point(), new double[0])[curve.size()];
        curve.add(new CurvePoint(curve.size() + 1, loss));
        regrets[epochs++] = best;
        decision = study.report(trial.number(), curve.size(), loss);
        outcome = decision == Decision.CONTINUE ? Outcome.of(loss) : Double.isFinite(loss) ? new Outcome.Stopped(curve.size(), loss, curve) : new Outcome.Diverged(curve.size());
      }
      study.tell(trial.number(), outcome);
      best = curve.size() == EPOCHS && outcome instanceof Outcome.Finished(double loss, _, _) ? Math.min(best, task.end.regret(loss)) : best;
    }
    while (epochs < regrets.length) {
      regrets[epochs++] = best;
    }
    return regrets;
  }

  @Test
  void successiveHalvingNeedsHalfOfTheEpochsAndTheMedianRuleFewer() throws IOException {
    Path folder = folder();
    double[] whole = new double[WHOLE * EPOCHS];
    double[] halving = new double[whole.length];
    double[] median = new double[whole.length];
    for (String name : new TableFolder(folder).tasks()) {
      Curves task = read(folder, name);
      for (long seed = 0; seed < SEEDS; seed++) {
        add(regrets(task, EarlyStopping.NONE, seed), whole);
        add(regrets(task, new SuccessiveHalving(2, 3), seed), halving);
        add(regrets(task, new MedianStopping(5, 5), seed), median);
      }
    }
    int all = first(whole, whole[whole.length - 1]);
    System.out.printf(
        Locale.ROOT, "epochs to the mean regret of %d whole trainings: %d of %d without early stopping, %d with successive halving, %d with the median rule%n",
        WHOLE, all, whole.length, first(halving, whole[whole.length - 1]), first(median, whole[whole.length - 1]));
    assertThat(first(halving, whole[whole.length - 1])).isLessThan(all / 2);
    assertThat(first(median, whole[whole.length - 1])).isLessThan(all);
  }

  /// A run that has finished nothing counts as one at the median.
  private static void add(double[] regrets, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += Math.min(1, regrets[i]);
    }
  }

  private static int first(double[] descending, double value) {
    int i = 0;
    while (i < descending.length && descending[i] > value) {
      i++;
    }
    return i;
  }
}
