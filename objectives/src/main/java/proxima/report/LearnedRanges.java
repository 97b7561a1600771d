package proxima.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.space.CategoricalParameter;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.PriorTask;

/// Where earlier runs found their best, and what part of each range is learned from them: a picture for each module, one for all where the space has none.
final class LearnedRanges {

  private static final double WIDTH = 920;
  private static final double RIGHT = 210;
  private static final double ROW = 40;
  private static final double LINE = 20; // of the legend
  private static final double DOT = 7; // one with a number
  private static final double LEVEL = 15; // from one to that above it
  private static final int DRAWS = 1024;
  private static final double HELD = 0.9;
  private static final double NEAR = 0.02; // of a range: less than is seen, and than the draws tell
  private static final List<Ink> INKS = List.of(Ink.ORANGE, Ink.GREEN, Ink.PINK, Ink.AMBER, Ink.SKY, Ink.GREY);
  private static final int NAMED = 18; // three of each colour; more names and levels would be most of the picture

  private final Lesson lesson;
  private final Optional<Chosen> chosen;
  private final SearchSpace space;
  private final List<Point> draws; // of the learned region

  private LearnedRanges(Lesson lesson, Optional<Chosen> chosen) {
    this.lesson = lesson;
    this.chosen = chosen;
    this.space = lesson.prior().space();
    SearchSpace learned = LevelSetLearner.tenth().learn(lesson.prior()).space();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    this.draws = IntStream.range(0, DRAWS).mapToObj(_ -> learned.sample(random)).toList();
  }

  static List<Block> figures(Lesson lesson, Optional<Chosen> chosen) {
    var ranges = new LearnedRanges(lesson, chosen);
    List<Block> figures = new ArrayList<>();
    ranges.groups().forEach((name, parameters) -> figures.add(new Block.Figure(ranges.picture(name, parameters), figures.isEmpty() ? ranges.caption() : "")));
    return figures;
  }

  private String caption() {
    return "Each line is a parameter's whole range. The band is the shortest that holds nine tenths of the best tenth of the space, by regression over all earlier runs, and reaches an end of the range that it nearly touches; it is the"
        + " wider, the less these say of the parameter" + (isAnyWithoutBand() ? ", and there is none where the parameter is active nowhere in that tenth" : "") + ". Dots are the settings with which each earlier run had its lowest loss"
        + chosen.map(c -> ", the ring is around this run's (" + c.label() + ")").orElse("") + "." + (isNumbered() ? " Numbers are those of the names; dots that would cover each other are stacked." : "")
        + (isAnyUnknown() ? " For the band, a run that does not have a parameter has it in the middle." : "")
        + (more() > 0 ? " The small grey dots are those of the " + more() + " other earlier runs." : "");
  }

  private boolean isAnyUnknown() {
    return lesson.prior().tasks().stream().anyMatch(t -> !t.unknown().isEmpty());
  }

  private boolean isAnyWithoutBand() {
    return space.parameters().stream().anyMatch(p -> draws.stream().noneMatch(x -> isActive(x, p)));
  }

  /// Whether colours alone do not tell earlier runs apart.
  private boolean isNumbered() {
    return lesson.prior().tasks().size() > INKS.size();
  }

  /// How many earlier runs have no name and number.
  private int more() {
    return Math.max(0, lesson.prior().tasks().size() - NAMED);
  }

  /// Parameters by module; under one empty name where the space is none of factors.
  private Map<String, List<Parameter>> groups() {
    boolean factors = ModuleFactors.isOfFactors(space);
    Map<String, List<Parameter>> groups = new LinkedHashMap<>();
    space.parameters().forEach(p -> groups.computeIfAbsent(factors ? ModuleFactors.row(p.name()) : "", _ -> new ArrayList<>()).add(p));
    return groups;
  }

  private Picture picture(String group, List<Parameter> parameters) {
    Picture.Pen pen = Picture.pen();
    double left = 30 + space.parameters().stream().mapToDouble(p -> Picture.widthOf(label(group, p), Picture.TEXT)).max().orElse(0);
    left = Math.min(left, 300);
    if (!group.isEmpty()) {
      pen.bold(12, 18, Names.row(group), Anchor.START, Ink.TEXT);
    }
    double y = legend(pen, left) + 36;
    for (Parameter p : parameters) {
      y = line(pen, p, label(group, p), left, y);
    }
    String name = "learned-" + lesson.phase() + (group.isEmpty() ? "" : "-" + group);
    return pen.picture(name, WIDTH, y, "Earlier runs' best settings and the learned region of " + (group.isEmpty() ? "all parameters" : group));
  }

  private static String label(String group, Parameter p) {
    return group.isEmpty() ? Names.parameter(p.name()) : Names.column(ModuleFactors.column(p.name()));
  }

  /// @return the baseline of its last line
  private double legend(Picture.Pen pen, double left) {
    List<String> names = new ArrayList<>(lesson.prior().tasks().stream().limit(NAMED).map(PriorTask::name).toList());
    if (more() > 0) {
      names.add("and " + more() + " more");
    }
    double x = left;
    double y = 18;
    for (int t = 0; t < names.size(); t++) {
      double width = 38 + Picture.widthOf(names.get(t), Picture.SMALL);
      if (x > left && x + width > WIDTH) {
        x = left;
        y += LINE;
      }
      dot(pen, t, x + 5, y - 4, 4.5, names.get(t));
      pen.small(x + 16, y, names.get(t), Anchor.START, Ink.MUTED);
      x += width;
    }
    return y;
  }

  /// Of a dot without a number: of those in one place each is seen.
  private double radius(int task) {
    return 5 + Math.min(4, 1.3 * (lesson.prior().tasks().size() - 1 - task));
  }

  /// @param radius where dots have no numbers
  private void dot(Picture.Pen pen, int task, double x, double y, double radius, String hint) {
    Ink ink = INKS.get(task % INKS.size());
    if (task >= NAMED) {
      pen.dot(x, y, 3, new Paint(Ink.MUTED, 0.5), hint);
    } else if (isNumbered()) {
      pen.dot(x, y, DOT, Paint.of(ink), "");
      pen.label(x, y + 3.5, String.valueOf(task + 1), 10, true, Anchor.MIDDLE, Paint.of(Ink.WHITE));
      pen.dot(x, y, DOT, new Paint(ink, 0), hint);
    } else {
      pen.dot(x, y, radius, Paint.of(ink), hint);
    }
  }

  /// The coordinate of each earlier run's best, by the run's number; of those that have the parameter.
  private Map<Integer, Double> best(Parameter p) {
    Map<Integer, Double> best = new LinkedHashMap<>();
    List<PriorTask> tasks = lesson.prior().tasks();
    for (int t = 0; t < tasks.size(); t++) {
      int task = t;
      best(tasks.get(t), p).ifPresent(x -> best.put(task, x.get(offset(p))));
    }
    return best;
  }

  /// How many levels up each numbered dot is, so that none covers another.
  private Map<Integer, Integer> levels(Map<Integer, Double> best, Axis x) {
    Map<Integer, Integer> levels = new HashMap<>();
    List<Double> last = new ArrayList<>(); // on each level
    best.entrySet().stream().filter(e -> isNumbered() && e.getKey() < NAMED).sorted(Map.Entry.comparingByValue()).forEach(e -> {
      double at = x.at(e.getValue());
      int level = 0;
      while (level < last.size() && last.get(level) + LEVEL > at) {
        level++;
      }
      if (level == last.size()) {
        last.add(at);
      }
      last.set(level, at);
      levels.put(e.getKey(), level);
    });
    return levels;
  }

  /// @return where the next one is
  private double line(Picture.Pen pen, Parameter p, String label, double left, double top) {
    double right = WIDTH - RIGHT;
    int at = offset(p);
    if (p instanceof CategoricalParameter) {
      pen.label(left - 20, top + 5, label, Anchor.END, Ink.TEXT);
      pen.small(left, top + 5, choices(p, at), Anchor.START, Ink.MUTED);
      return top + ROW;
    }
    Axis x = Axis.linear(0, 1, left, right);
    Map<Integer, Double> best = best(p);
    Map<Integer, Integer> levels = levels(best, x);
    double y = top + LEVEL * levels.values().stream().mapToInt(l -> l).max().orElse(0);
    double[] sorted = draws.stream().filter(d -> isActive(d, p)).mapToDouble(d -> d.get(at)).sorted().toArray();
    pen.label(left - 20, y + 5, label, Anchor.END, Ink.TEXT);
    pen.line(left, y, right, y, Ink.AXIS, 2);
    if (sorted.length > 0) {
      double low = band(sorted)[0];
      double high = band(sorted)[1];
      pen.box(x.at(low), y - 8, x.at(high) - x.at(low), 16, 4, new Paint(Ink.BLUE, 0.22), "");
      pen.bold(right + 20, y + 5, text(p, low) + " to " + text(p, high), Anchor.START, Ink.TEXT);
    }
    List<PriorTask> tasks = lesson.prior().tasks();
    chosen.filter(c -> c.configuration().get(p.name()).isPresent())
        .ifPresent(c -> pen.ring(x.at(c.point().get(at)), y, 2.5 + (isNumbered() ? DOT : radius(0)), 2, Paint.of(Ink.BLUE), "this run: " + text(p, c.point().get(at))));
    best.forEach((t, u) ->
        dot(pen, t, x.at(u), y - LEVEL * levels.getOrDefault(t, 0), radius(t), tasks.get(t).name() + ": " + text(p, u)));
    pen.small(left, y + 22, text(p, 0), Anchor.START, Ink.MUTED);
    pen.small(right, y + 22, text(p, 1), Anchor.END, Ink.MUTED);
    return y + ROW;
  }

  /// An interval that holds nine tenths of the draws: of those that are nearly as short as the shortest the one that leaves as much out on either side. It goes to an end of the range that
  /// it nearly touches.
  ///
  /// @param sorted one at least
  /// @return from where to where, in [0, 1]
  static double[] band(double[] sorted) {
    int n = sorted.length;
    int held = (int) Math.ceil(HELD * n);
    double shortest = IntStream.rangeClosed(0, n - held).mapToDouble(i -> sorted[i + held - 1] - sorted[i]).min().orElseThrow();
    int from = IntStream.rangeClosed(0, n - held)
        .filter(i -> sorted[i + held - 1] - sorted[i] <= shortest + NEAR)
        .boxed()
        .min(Comparator.comparingInt(i -> Math.abs(n - held - 2 * i)))
        .orElseThrow();
    double low = sorted[from];
    double high = sorted[from + held - 1];
    return new double[] {low < NEAR ? 0 : low, high > 1 - NEAR ? 1 : high};
  }

  /// The task's best point; empty where it does not have the parameter, or that is not active there.
  private Optional<Point> best(PriorTask task, Parameter p) {
    return task.best(1, p.name()).stream().filter(x -> isActive(x, p)).findFirst();
  }

  private boolean isActive(Point point, Parameter p) {
    return space.decode(point).get(p.name()).isPresent();
  }

  /// The choices that earlier runs were best with.
  private String choices(Parameter p, int at) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (PriorTask t : lesson.prior().tasks()) {
      best(t, p).ifPresent(x -> counts.merge(Names.value(p.decode(x, at)), 1, Integer::sum));
    }
    return String.join(", ", counts.entrySet().stream().map(e -> e.getKey() + " was best in " + e.getValue()).toList());
  }

  private int offset(Parameter parameter) {
    return space.parameters().stream().takeWhile(p -> !p.equals(parameter)).mapToInt(Parameter::width).sum();
  }

  /// The value at a coordinate; factors as people write them.
  private String text(Parameter p, double coordinate) {
    double[] x = new double[p.width()];
    Arrays.fill(x, coordinate);
    Value value = p.decode(Point.of(x), 0);
    return p instanceof RealParameter && ModuleFactors.isFactor(p) && value instanceof Value.Real(double v) ? Factor.tick(Math.log(v) / Math.log(2)) : Names.value(value);
  }
}
