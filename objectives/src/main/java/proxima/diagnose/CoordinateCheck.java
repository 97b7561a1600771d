package proxima.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import proxima.train.Coordinate;
import proxima.train.CoordinateStep;
import proxima.train.Probe;

/// Whether activations keep their sizes along one axis of the scale.
public record CoordinateCheck(ScaleAxis axis, List<Long> values, int seeds, List<Quantity> quantities) {

  /// Of hidden activations: what is right reaches 0.14 at finite scales, what is wrong 0.4 and more.
  public static final double HIDDEN = 0.15;

  /// Of changes since step 1, of outputs and of the stream: small at first, so that finite widths and depths reach further. In a network that grows lazy as it widens, the stream's change falls with a slope of -0.5.
  public static final double CHANGE = 0.3;

  /// What goes from the width to a fixed size, and starts at random in proportion to 1 / sqrt(width): its change is judged, not its size.
  private static final Set<String> SMALL = Set.of(Probe.OUTPUT, Probe.ROUTER, Probe.POSITION_KEY);

  /// With alpha = 1 branches start small in a deep network, and take some steps to grow.
  private static final int DEPTH_FROM = 5;

  private static final int WIDTH_FROM = 2;

  public CoordinateCheck {
    values = List.copyOf(values);
    quantities = List.copyOf(quantities);
  }

  /// The first step, from 1, at which sizes count.
  public static int from(ScaleAxis axis) {
    return axis == ScaleAxis.DEPTH ? DEPTH_FROM : WIDTH_FROM;
  }

  /// The first step at which changes count: in the second half of the steps. Rules that average or precondition what they have seen first move weights by less, or not at all.
  public static int changesFrom(ScaleAxis axis, int steps) {
    return Math.max(from(axis), steps / 2 + 1);
  }

  /// What is seen at one step of one training.
  private interface Reading extends ToDoubleFunction<CoordinateStep> {}

  /// @param seen of each value, of each seed, of each step
  public static CoordinateCheck of(ScaleAxis axis, List<Long> values, List<List<List<CoordinateStep>>> seen) {
    List<Quantity> quantities = new ArrayList<>();
    int steps = seen.getFirst().getFirst().size();
    int from = from(axis);
    int changesFrom = changesFrom(axis, steps);
    for (String place : seen.getFirst().getFirst().getFirst().places().keySet()) {
      if (SMALL.contains(place)) {
        quantities.add(quantity(place + ", its change", CHANGE, changesFrom, values, steps, seen, at(place, l -> mean(l, Coordinate::change))));
      } else if (place.equals(Probe.STREAM)) {
        quantities.add(quantity("stream, half way", HIDDEN, from, values, steps, seen, at(place, l -> l.get((l.size() - 1) / 2).size())));
        quantities.add(quantity("stream, at the end", HIDDEN, from, values, steps, seen, at(place, l -> l.getLast().size())));
        quantities.add(quantity("stream, its change", CHANGE, changesFrom, values, steps, seen, at(place, l -> l.getLast().change())));
      } else {
        quantities.add(quantity(place, HIDDEN, from, values, steps, seen, at(place, l -> mean(l, Coordinate::size))));
      }
    }
    return new CoordinateCheck(axis, values, seen.getFirst().size(), quantities);
  }

  private static Reading at(String place, Function<List<Coordinate>, Double> read) {
    return step -> read.apply(step.at(place));
  }

  private static double mean(List<Coordinate> blocks, ToDoubleFunction<Coordinate> read) {
    return blocks.stream().mapToDouble(read).sum() / blocks.size();
  }

  private static Quantity quantity(
      String name, double bound, int from, List<Long> values, int steps, List<List<List<CoordinateStep>>> seen, Reading reading) {
    List<List<Double>> sizes = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      List<Double> ofStep = new ArrayList<>();
      for (List<List<CoordinateStep>> ofValue : seen) {
        double sum = 0;
        for (List<CoordinateStep> ofSeed : ofValue) {
          sum += reading.applyAsDouble(ofSeed.get(t));
        }
        ofStep.add(sum / ofValue.size());
      }
      sizes.add(ofStep);
    }
    return new Quantity(name, bound, from, values, sizes);
  }

  public int steps() {
    return quantities.getFirst().sizes().size();
  }

  public boolean passed() {
    return quantities.stream().allMatch(Quantity::passed);
  }
}
