package proxima.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import proxima.scaling.Scale;

/// Whether the best learning rate stays along one axis of the scale.
///
/// @param sweeps of ascending scales, the proxy's among them
/// @param proxy the scale that a transfer starts from
public record TransferCheck(ScaleAxis axis, List<Sweep> sweeps, Scale proxy) {

  /// The drift that still passes.
  public static final double OCTAVES = 1;

  /// The drift to aim at.
  public static final double AIM = 0.5;

  public TransferCheck {
    sweeps = List.copyOf(sweeps);
    if (sweeps.stream().noneMatch(s -> s.scale().equals(proxy))) {
      throw new IllegalArgumentException("the proxy " + proxy + " is not among the sweeps");
    }
  }

  /// The proxy's sweep.
  public Sweep proxySweep() {
    return sweeps.stream().filter(s -> s.scale().equals(proxy)).findFirst().orElseThrow();
  }

  /// The scale's optimum beside the proxy's; empty where every rate diverged at the scale or at the proxy.
  public Optional<Drift> drift(Sweep sweep) {
    return proxySweep().optimum().isEmpty() ? Optional.empty() : Drift.of(proxySweep(), sweep);
  }

  /// The drift that is furthest from 0; empty where a scale has none.
  public Optional<Drift> largest() {
    List<Optional<Drift>> all = sweeps.stream().map(this::drift).toList();
    return all.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : all.stream().flatMap(Optional::stream).max(Comparator.comparingDouble(d -> Math.abs(d.octaves())));
  }

  public boolean passed() {
    return sweeps.stream().map(this::drift).allMatch(d -> d.isPresent() && d.get().passed());
  }
}
