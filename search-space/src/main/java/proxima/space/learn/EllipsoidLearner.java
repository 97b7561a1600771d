package proxima.space.learn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import proxima.space.Box;
import proxima.space.CategoricalParameter;
import proxima.space.Ellipsoid;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.Product;
import proxima.space.RealParameter;
import proxima.space.Region;
import proxima.space.SearchSpace;

/// The ellipsoid of least volume around the optima of the tasks (Perrone et al. 2019, equation 6), inside a box around them.
///
/// It has the coordinates of numbers that are always active; the other ones have the box alone. Its shape is mixed with the box's, to the share
/// d / (d + T): few tasks would make it flat. Its volume is 1.25 times the least, as the next task's optimum may lie a little outside; where it leaves none out, that of the box that cuts it
/// as well. The box is a hundredth of a real number's range wide at least.
///
/// @param shape of its correlations
/// @param top optima of a task
/// @param nu the largest share of the optima that it leaves outside, in [0, 1); 0 for none
/// @param box that cuts it, and that parameters without an order have
public record EllipsoidLearner(Shape shape, int top, double nu, BoxLearner box) implements RegionLearner {

  private static final double INFLATION = 1.25;

  // Directions that LOW_RANK keeps; each takes a few tasks to be seen at all.
  private static final int RANK = 2;
  private static final int TASKS_A_DIRECTION = 3;

  public EllipsoidLearner {
    if (!(top >= 1)) {
      throw new IllegalArgumentException("a task has 1 optimum or more, got " + top);
    }
    if (!(nu >= 0 && nu < 1)) {
      throw new IllegalArgumentException("an ellipsoid leaves out a share in [0, 1), got " + nu);
    }
  }

  /// Around the best point of each task.
  public static EllipsoidLearner hard(Shape shape) {
    return new EllipsoidLearner(shape, 1, 0, BoxLearner.smallest());
  }

  /// Around the three best points of each task without up to a tenth.
  public static EllipsoidLearner soft(Shape shape) {
    return new EllipsoidLearner(shape, 3, 0.1, BoxLearner.trimmed());
  }

  /// d + 1 tasks for all correlations, 6 for those of low rank, 2 where modules are learned together.
  @Override
  public int needs(SearchSpace space) {
    return switch (shape) {
      case FULL -> Group.all(new PriorTasks(space, List.of(), List.of())).stream().mapToInt(Group::dimension).sum() + 1;
      case LOW_RANK -> RANK * TASKS_A_DIRECTION;
      case MODULES -> 2;
    };
  }

  @Override
  public LearnedRegion learn(PriorTasks prior) {
    SearchSpace space = prior.space();
    List<PriorTask> tasks = prior.tasks();
    if (tasks.size() < needs(space)) {
      LearnedRegion simpler = (shape == Shape.FULL ? new EllipsoidLearner(Shape.LOW_RANK, top, nu, box) : box).learn(prior);
      return simpler.insteadOf(text(), needs(space));
    }
    Box cut = box.box(prior);
    List<String> fallbacks = new ArrayList<>();
    List<Product.Part> parts = new ArrayList<>();
    for (Group group : shape == Shape.MODULES ? Group.modules(prior) : Group.all(prior)) {
      int optima = tasks.size() * group.modules().size();
      if (shape == Shape.MODULES && optima <= group.dimension()) {
        fallbacks.add("an ellipsoid of " + group.name() + " needs " + (group.dimension() + 1) + " optima, got " + optima + ": their box instead");
      } else {
        parts.addAll(parts(group, prior, cut));
      }
    }
    guessed(prior).ifPresent(fallbacks::add);
    if (parts.isEmpty() && fallbacks.isEmpty()) {
      fallbacks.add("an ellipsoid needs numbers that are always active and that all trials have, and there are none: the box alone");
    }
    Region region = whole(parts, cut);
    List<String> alone = BoxLearner.flat(space, region.bounds());
    List<String> around = BoxLearner.flat(space, cut).stream().filter(name -> !alone.contains(name)).toList();
    fallbacks.addAll(BoxLearner.oneValue(alone));
    if (!around.isEmpty()) {
      fallbacks.add("all optima have one value of " + around + ": " + LearnedRegion.percent(Scatter.SHORTEST) + " of the range around it instead");
    }
    return new LearnedRegion(space.within(region), text(), tasks.size(), fallbacks);
  }

  /// A line on the numbers that the ellipsoid has not, since some tasks have trials without them.
  private static Optional<String> guessed(PriorTasks prior) {
    List<String> names = prior.space().parameters().stream()
        .filter(p -> !(p instanceof CategoricalParameter) && p.condition().isEmpty())
        .map(Parameter::name)
        .filter(name -> prior.tasks().stream().anyMatch(t -> t.guesses(name)))
        .toList();
    long tasks = prior.tasks().stream().filter(t -> names.stream().anyMatch(t::guesses)).count();
    return names.isEmpty() ? Optional.empty() : Optional.of(tasks + " of " + prior.tasks().size() + " tasks have trials without " + names + ": the box alone for these");
  }

  private String text() {
    String which = switch (shape) {
      case FULL -> "ellipsoid";
      case LOW_RANK -> "ellipsoid of rank " + RANK + " and diagonal";
      case MODULES -> "ellipsoids of modules";
    };
    return which + (nu > 0 ? " without up to " + LearnedRegion.percent(nu) : "") + ", inside the " + box.text();
  }

  /// The parts, and the box for the coordinates that none of them has.
  private static Region whole(List<Product.Part> parts, Box cut) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, cut.dimension()).boxed().toList());
    parts.forEach(p -> left.removeAll(p.coordinates()));
    if (parts.size() == 1 && left.isEmpty()) {
      return parts.getFirst().region();
    }
    List<Product.Part> all = new ArrayList<>(parts);
    if (!left.isEmpty()) {
      all.add(new Product.Part(left, part(cut, left)));
    }
    return new Product(all);
  }

  private static Box part(Box box, List<Integer> coordinates) {
    return new Box(
        Point.of(coordinates.stream().mapToDouble(box.low()::get).toArray()), Point.of(coordinates.stream().mapToDouble(box.high()::get).toArray()));
  }

  /// One ellipsoid for each module of the group: one shape, around each module's own centre.
  private List<Product.Part> parts(Group group, PriorTasks prior, Box cut) {
    List<PriorTask> tasks = prior.tasks();
    int d = group.dimension();
    List<double[]> pooled = new ArrayList<>();
    List<double[]> centres = new ArrayList<>();
    for (List<Integer> coordinates : group.modules()) {
      List<double[]> optima = tasks.stream().flatMap(t -> t.best(top).stream()).map(x -> coordinates.stream().mapToDouble(x::get).toArray()).toList();
      double[] centre = group.modules().size() == 1 ? new double[d] : Scatter.mean(optima.toArray(double[][]::new));
      centres.add(centre);
      optima.forEach(x -> pooled.add(minus(x, centre)));
    }
    int independent = tasks.size() * group.modules().size();
    Scatter scatter = scatter(pooled.toArray(double[][]::new), d / (double) (d + independent));
    double[][] factor = scatter.factor(INFLATION);
    List<Product.Part> parts = new ArrayList<>();
    for (int m = 0; m < centres.size(); m++) {
      List<Integer> coordinates = group.modules().get(m);
      double[] centre = centres.get(m);
      Box own = wider(part(cut, coordinates), coordinates.stream().map(reals(prior.space())::contains).toList());
      Point clipped = own.clip(Point.clip(IntStream.range(0, d).mapToDouble(k -> centre[k] + scatter.centre()[k]).toArray()));
      parts.add(new Product.Part(coordinates, Ellipsoid.of(clipped, factor).within(own)));
    }
    return parts;
  }

  /// The box that cuts an ellipsoid. An integer keeps its whole cells.
  /// @param real which coordinates are real numbers'
  private Box wider(Box box, List<Boolean> real) {
    double[] low = box.low().toArray();
    double[] high = box.high().toArray();
    for (int i = 0; i < low.length; i++) {
      if (real.get(i)) {
        double inflated = (high[i] - low[i]) * Math.pow(nu > 0 ? 1 : INFLATION, 1.0 / low.length);
        double side = Math.min(1, Math.max(Scatter.SHORTEST, inflated));
        double from = Math.clamp(0.5 * (low[i] + high[i] - side), 0, 1 - side);
        low[i] = Math.min(low[i], from);
        high[i] = Math.max(high[i], Math.min(1, from + side));
      }
    }
    return new Box(Point.of(low), Point.of(high));
  }

  private static Set<Integer> reals(SearchSpace space) {
    Set<Integer> reals = new HashSet<>();
    int offset = 0;
    for (Parameter p : space.parameters()) {
      if (p instanceof RealParameter) {
        reals.add(offset);
      }
      offset += p.width();
    }
    return reals;
  }

  private Scatter scatter(double[][] points, double mixed) {
    return shape == Shape.LOW_RANK ? Scatter.lowRank(points, RANK, nu, mixed) : Scatter.leastVolume(points, nu, mixed);
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
