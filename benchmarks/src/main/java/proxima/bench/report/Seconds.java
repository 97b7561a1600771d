package proxima.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.bench.report.Styles.Style;
import proxima.bench.result.Run;
import proxima.chart.Axis;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// Seconds a suggestion by number of observations, both logarithmic: a panel for each budget, as tasks of other budgets are others.
final class Seconds {

  private static final double WIDTH = 920;
  private static final double LEFT = 62;
  private static final double HEIGHT = 330;
  private static final double TITLE = 30;
  private static final int COLUMNS = 3;
  private static final double BIN = 1.12; // ratio of the numbers of observations whose times share a median
  private static final double FASTEST = 1e-4; // what is faster is drawn here: below a tenth of a millisecond nobody waits

  private Seconds() {}

  private record Budget(int initial, int trials) {}

  static Picture picture(String name, Field field, Styles styles) {
    Map<Budget, List<Contest>> panels =
        field.contests().stream().collect(Collectors.groupingBy(c -> new Budget(c.initial(), c.trials()), LinkedHashMap::new, Collectors.toList()));
    List<Map<String, List<Vertex>>> medians = panels.values().stream().map(contests -> medians(new Field(field.contenders(), contests))).toList();
    List<Vertex> all = medians.stream().flatMap(m -> m.values().stream()).flatMap(List::stream).toList();
    double low = all.stream().mapToDouble(Vertex::y).min().orElse(1e-3);
    double high = all.stream().mapToDouble(Vertex::y).max().orElse(1);
    Picture.Pen pen = Picture.pen();
    double top = styles.legend(pen, 0, 0, WIDTH) + TITLE;
    double wide = WIDTH / Math.min(COLUMNS, panels.size());
    Axis y = Axis.logarithmic(low / 1.3, high * 1.3, top + HEIGHT - 80, top);
    int i = 0;
    for (var panel : panels.entrySet()) {
      double left = i % COLUMNS * wide;
      double down = row(i) * HEIGHT;
      Axis shifted = new Axis(y.low(), y.high(), y.from() + down, y.to() + down, true);
      panel(pen, panel.getKey(), panel.getValue(), medians.get(i++), left, wide, shifted, styles);
    }
    return pen.picture(name, WIDTH, top + row(panels.size() + COLUMNS - 1) * HEIGHT - TITLE, "Seconds a suggestion by number of observations");
  }

  private static int row(int panel) {
    return panel / COLUMNS;
  }

  private static void panel(
      Picture.Pen pen, Budget budget, List<Contest> contests, Map<String, List<Vertex>> medians, double left, double wide, Axis y, Styles styles) {
    Axis x = Axis.logarithmic(Math.max(1, budget.initial) * 0.95, Math.max(budget.trials, budget.initial + 1) * 1.05, left + LEFT, left + wide - 14);
    pen.label(x.from(), y.to() - 8, Format.count(contests.size(), "task") + " of " + budget.trials + " trials", Picture.SMALL, true, Anchor.START, Paint.of(Ink.TEXT));
    new Frame(x, y).draw(pen, "observations", "seconds", 4, 4);
    for (String contender : styles.drawingOrder()) {
      Style style = styles.of(contender);
      List<Vertex> line = medians.getOrDefault(contender, List.of()).stream().map(v -> new Vertex(x.at(v.x()), y.clipped(v.y()))).toList();
      pen.curve(line, style.ink(), style.thickness(), style.stroke());
    }
  }

  /// By contender: x the number of observations, y seconds.
  private static Map<String, List<Vertex>> medians(Field field) {
    Map<String, List<Vertex>> medians = new LinkedHashMap<>();
    field.contenders().forEach(c -> medians.put(c, medians(field.runs(c))));
    return medians;
  }

  private static List<Vertex> medians(List<Run> runs) {
    Map<Integer, List<Double>> bins = new TreeMap<>();
    Map<Integer, List<Integer>> observations = new TreeMap<>();
    for (Run run : runs) {
      for (int i = Math.max(1, run.initial()); i < run.steps().size(); i++) {
        int bin = (int) Math.round(Math.log(i) / Math.log(BIN));
        bins.computeIfAbsent(bin, _ -> new ArrayList<>()).add(Math.max(FASTEST, run.steps().get(i).seconds()));
        observations.computeIfAbsent(bin, _ -> new ArrayList<>()).add(i);
      }
    }
    List<Vertex> line = new ArrayList<>();
    bins.forEach((bin, seconds) -> line.add(
        new Vertex(
            observations.getOrDefault(bin, List.of()).stream().mapToInt(Integer::intValue).average().orElseThrow(),
            new Median().evaluate(seconds.stream().mapToDouble(Double::doubleValue).toArray()))));
    line.sort(Comparator.comparingDouble(Vertex::x));
    return line;
  }
}
