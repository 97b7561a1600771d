package proxima.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether the best learning rate stays along one axis.
///
/// @param sweeps of ascending sizes, the proxy's among them
/// @param proxy the size that a transfer starts from
public record TransferCheck(ScaleAxis axis, List<Sweep> sweeps, Size proxy) {

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

  public boolean passed() {
    return sweeps.stream().map(this::drift).allMatch(d -> d.isPresent() && d.get().passed());
  }
}
