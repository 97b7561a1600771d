package proxima.bench.report;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import proxima.bench.report.Styles.Style;
import proxima.chart.Axis;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// Regret by number of trials on each task: small pictures alike.
final class Multiples {

  private static final double WIDTH = 920;
  private static final int COLUMNS = 3;
  private static final double LEFT = 50; // of a panel's plot
  private static final double PANEL = (WIDTH + 16) / COLUMNS;
  private static final double HEIGHT = 190;
  private static final double TITLE = 40;

  private Multiples() {}

  static Picture picture(String name, String of, List<Contest> contests, Styles styles) {
    Picture.Pen pen = Picture.pen();
    double top = styles.legend(pen, 0, 0, WIDTH) + 6;
    for (int i = 0; i < contests.size(); i++) {
      panel(pen, contests.get(i), i % COLUMNS * PANEL, top + row(i) * HEIGHT, styles);
    }
    int rows = row(contests.size() + COLUMNS - 1);
    return pen.picture(name, WIDTH, top + rows * HEIGHT, "Mean regret by number of trials on each task, " + of);
  }

  private static int row(int panel) {
    return panel / COLUMNS;
  }

  private static void panel(Picture.Pen pen, Contest contest, double left, double top, Styles styles) {
    List<Integer> trials = Curves.trials(contest.initial(), contest.trials());
    List<String> contenders = styles.drawingOrder();
    double[][] means = contenders.stream().map(c -> trials.stream().mapToDouble(t -> mean(contest, c, t)).toArray()).toArray(double[][]::new);
    double bottom = top + HEIGHT - 34;
    Axis x = Axis.linear(contest.initial(), contest.trials(), left + LEFT, left + PANEL - 24);
    Axis y = Curves.regrets(Arrays.stream(means).flatMapToDouble(Arrays::stream).toArray(), bottom, top + TITLE);
    pen.label(left + LEFT, top + 14, contest.shortName(34), Picture.SMALL, true, Anchor.START, Paint.of(Ink.TEXT));
    pen.small(left + LEFT, top + 30, lowest(contest, contenders), Anchor.START, Ink.MUTED);
    new Frame(x, y).draw(pen, "", "", 4, 3);
    for (int i = 0; i < means.length; i++) {
      Style style = styles.of(contenders.get(i));
      double[] mine = means[i];
      pen.curve(IntStream.range(0, mine.length).mapToObj(t -> new Vertex(x.at(trials.get(t)), y.clipped(mine[t]))).toList(), style.ink(), style.ours() ? 2.4 : 1.3, style.stroke());
    }
  }

  private static double mean(Contest contest, String contender, int trials) {
    return Arrays.stream(contest.regrets(contender, trials)).average().orElseThrow();
  }

  /// The lowest as tests have it, where failed runs are the highest; how many have it where several do.
  static String lowest(Contest contest, List<String> contenders) {
    if (!contest.hasResult()) {
      return "no run has a result";
    }
    String best = Collections.min(contenders, Comparator.comparingDouble(c -> standing(contest, c)));
    List<String> level = contenders.stream().filter(c -> standing(contest, c) == standing(contest, best)).toList();
    boolean failed = level.stream().anyMatch(c -> contest.failed(c) > 0);
    return "lowest: " + (level.size() == 1 ? best : level.size() + " contenders") + " " + Format.number(mean(contest, best, contest.trials())) + (failed ? ScoreTable.FAILED : "");
  }

  private static double standing(Contest contest, String contender) {
    return Interval.mean(contest.standings(contender));
  }
}
