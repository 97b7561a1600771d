package proxima.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Whether the best learning rate stays along one axis.
///
/// @param sweeps of ascending sizes, the proxy's among them
/// @param proxy the size that a transfer starts from
/// @param power of the axis that the scaling map has in every learning rate; empty where it has one for each kind of module
public record TransferCheck(ScaleAxis axis, List<Sweep> sweeps, Size proxy, OptionalDouble power) {

  /// The drift that still passes.
  public static final double OCTAVES = 1;

  /// The drift to aim at.
  public static final double AIM = 0.5;

  public TransferCheck {
    sweeps = List.copyOf(sweeps);
    if (sweeps.stream().noneMatch(s -> s.size().equals(proxy))) {
      throw new IllegalArgumentException("the proxy " + proxy + " is not among the sweeps");
    }
  }

  /// The proxy's sweep.
  public Sweep proxySweep() {
    return sweeps.stream().filter(s -> s.size().equals(proxy)).findFirst().orElseThrow();
  }

  /// A size's optimum beside the proxy's; empty where every rate diverged at the size or at the proxy.
  public Optional<Drift> drift(Sweep sweep) {
    return proxySweep().optimum().isEmpty() ? Optional.empty() : Drift.of(proxySweep(), sweep);
  }

  /// The drift that is furthest from 0; empty where a size has none.
  public Optional<Drift> largest() {
    List<Optional<Drift>> all = sweeps.stream().map(this::drift).toList();
    return all.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : all.stream().flatMap(Optional::stream).max(Comparator.comparingDouble(d -> Math.abs(d.octaves())));
  }

  /// The power of the axis that best rates follow, in place of the map's: it and the slope of drifts over octaves of the axis, by least squares through the proxy. Empty where the map has none, or a scale
  /// has its optimum at an end of the rates. One beside rates that diverge, of which there is no parabola, is left out; of the proxy it leaves nothing.
  public OptionalDouble measuredPower() {
    double products = 0;
    double squares = 0;
    for (Sweep sweep : sweeps) {
      Optional<Drift> drift = drift(sweep);
      if (drift.isEmpty() || drift.get().optimum().isAtEdge() || (sweep.size().equals(proxy) && !drift.get().optimum().isInside())) {
        return OptionalDouble.empty();
      }
      if (!drift.get().optimum().isInside()) {
        continue;
      }
      double octaves = Math.log((double) axis.of(sweep.size()) / axis.of(proxy)) / Math.log(2);
      products += octaves * drift.get().octaves();
      squares += octaves * octaves;
    }
    return power.isEmpty() || squares == 0 ? OptionalDouble.empty() : OptionalDouble.of(power.getAsDouble() + products / squares);
  }

  /// Whether all scales' optima are known by parabolas and within the aim.
  boolean isWithinAim() {
    return sweeps.stream().map(this::drift).allMatch(d -> d.isPresent() && d.get().optimum().isInside() && d.get().isWithin(AIM));
  }

  public boolean passed() {
    return sweeps.stream().map(this::drift).allMatch(d -> d.isPresent() && d.get().passed());
  }
}
