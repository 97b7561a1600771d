package proxima.space;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// An ordered list of parameters, laid side by side in the unit cube.
///
/// A condition refers to a categorical parameter that stands earlier in the list. The coordinates of an inactive parameter are ignored
/// by `decode` and are 1/2 after `encode`.
///
/// @param region the part of the cube that strategies search; trials from elsewhere can be told all the same
public record SearchSpace(List<Parameter> parameters, Region region) {

  // Where one cell in 20 is inside, all but one in 100 samples are.
  private static final int TRIES = 100;

  public SearchSpace {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("a search space needs at least one parameter");
    }
    Set<String> names = new HashSet<>();
    Map<String, CategoricalParameter> categoricals = new LinkedHashMap<>();
    for (Parameter p : parameters) {
      if (p.name().isBlank()) {
        throw new IllegalArgumentException("a parameter needs a name, got '" + p.name() + "'");
      }
      if (!names.add(p.name())) {
        throw new IllegalArgumentException("parameter '" + p.name() + "' stands twice in the space");
      }
      p.condition().ifPresent(c -> check(p, c, categoricals));
      if (p instanceof CategoricalParameter c) {
        categoricals.put(c.name(), c);
      }
    }
    if (region.dimension() != width(parameters)) {
      throw new IllegalArgumentException("the space has " + width(parameters) + " dimensions, the region " + region.dimension());
    }
  }

  /// Of the whole cube.
  public SearchSpace(List<Parameter> parameters) {
    this(parameters, Box.cube(width(parameters)));
  }

  private static int width(List<Parameter> parameters) {
    return parameters.stream().mapToInt(Parameter::width).sum();
  }

  private static void check(Parameter p, Condition c, Map<String, CategoricalParameter> earlier) {
    CategoricalParameter on = earlier.get(c.parameter());
    if (on == null) {
      throw new IllegalArgumentException(
          "parameter '" + p.name() + "' depends on '" + c.parameter() + "', which is no earlier categorical parameter; there are " + earlier.keySet());
    }
    if (!on.choices().containsAll(c.values())) {
      throw new IllegalArgumentException(
          "parameter '" + p.name() + "' depends on " + c.values() + " of '" + on.name() + "', whose choices are " + on.choices());
    }
  }

  public static SearchSpace of(Parameter... parameters) {
    return new SearchSpace(List.of(parameters));
  }

  /// The same parameters, of which strategies search this region alone.
  public SearchSpace within(Region other) {
    return new SearchSpace(parameters, other);
  }

  /// d, the number of coordinates of the unit cube.
  public int dimension() {
    return width(parameters);
  }

  /// The configuration at a point.
  /// @throws IllegalArgumentException if the point's dimension is not the space's.
  public Configuration decode(Point x) {
    check(x);
    Map<String, Value> values = new LinkedHashMap<>();
    int offset = 0;
    for (Parameter p : parameters) {
      if (isActive(p, values)) {
        values.put(p.name(), p.decode(x, offset));
      }
      offset += p.width();
    }
    return new Configuration(values);
  }

  private void check(Point x) {
    if (x.dimension() != dimension()) {
      throw new IllegalArgumentException("the space has " + dimension() + " dimensions, the point " + x.dimension());
    }
  }

  /// The point of a configuration; `decode(encode(c))` is `c` up to rounding.
  /// @throws IllegalArgumentException naming the parameter, if one is missing, unknown, inactive, of another type or out of range.
  public Point encode(Configuration configuration) {
    double[] x = new double[dimension()];
    Set<String> used = new LinkedHashSet<>();
    int offset = 0;
    for (Parameter p : parameters) {
      if (isActive(p, configuration.values())) {
        Value value =
            configuration.get(p.name()).orElseThrow(() -> new IllegalArgumentException("no value for parameter '" + p.name() + "'"));
        p.encode(value, x, offset);
        used.add(p.name());
      } else {
        Arrays.fill(x, offset, offset + p.width(), 0.5);
      }
      offset += p.width();
    }
    for (String name : configuration.values().keySet()) {
      if (parameters.stream().noneMatch(p -> p.name().equals(name))) {
        throw new IllegalArgumentException("there is no parameter '" + name + "'; there are " + parameters.stream().map(Parameter::name).toList());
      }
      if (!used.contains(name)) {
        throw new IllegalArgumentException("parameter '" + name + "' is not active in this space; active here are " + used);
      }
    }
    return Point.of(x);
  }

  /// The point that stands for all points with the same configuration: integers and categoricals at the middle of their cells, what is
  /// inactive at 1/2. An active real coordinate stays as it is, so that `snap(snap(x))` is `snap(x)` to the last bit.
  public Point snap(Point x) {
    if (parameters.stream().allMatch(p -> p instanceof RealParameter && p.condition().isEmpty())) {
      check(x);
      return x;
    }
    Configuration configuration = decode(x);
    double[] snapped = encode(configuration).toArray();
    int offset = 0;
    for (Parameter p : parameters) {
      if (p instanceof RealParameter && configuration.get(p.name()).isPresent()) {
        snapped[offset] = x.get(offset);
      }
      offset += p.width();
    }
    return Point.of(snapped);
  }

  /// A snapped point, drawn at random: of a level set uniformly from the snapped points that it contains, of any other region uniformly and then snapped. That may leave a box by half a cell; of an ellipsoid another point
  /// is drawn instead, unless the middles of its cells are hardly ever inside.
  public Point sample(RandomGenerator random) {
    return switch (region) {
      case LevelSet levels -> levels.sample(random, this::snap);
      case Box box -> snap(box.sample(random));
      case Ellipsoid _, Product _ -> inside(random);
    };
  }

  private Point inside(RandomGenerator random) {
    Point x = snap(region.sample(random));
    for (int attempt = 1; attempt < TRIES && !contains(x); attempt++) {
      x = snap(region.sample(random));
    }
    return x;
  }

  /// Whether the region contains a point, as far as the active parameters go.
  /// @throws IllegalArgumentException if the point has another dimension.
  public boolean contains(Point x) {
    if (parameters.stream().allMatch(p -> p.condition().isEmpty())) {
      return region.contains(x);
    }
    Configuration configuration = decode(x);
    Box bounds = region.bounds();
    double[] inside = x.toArray();
    int offset = 0;
    for (Parameter p : parameters) {
      for (int i = offset; i < offset + p.width() && configuration.get(p.name()).isEmpty(); i++) {
        inside[i] = Math.clamp(0.5, bounds.low().get(i), bounds.high().get(i));
      }
      offset += p.width();
    }
    return region.contains(Point.of(inside));
  }

  private static boolean isActive(Parameter p, Map<String, Value> values) {
    return p.condition().map(c -> c.holds(new Configuration(values))).orElse(true);
  }
}
