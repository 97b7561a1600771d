package proxima.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import proxima.chart.Format;

/// What a transfer check says, in words.
final class TransferText {

  static final String CRITERION =
      String.format(
          Locale.ROOT,
          "at every scale the best rate lies within %.0f octave of the proxy's (aim: %.1f) and inside the rates tried; beside a rate that diverges, where it is known to the distance of its neighbours alone, these are no further off than that; and the loss lost by the proxy's best rate is no more than 2 standard errors of a"
              + " difference between means over the seeds (2 s sqrt(2 / n), s between seeds at the best rate), or than a quarter of an octave costs there by the parabola, where that is more; with one seed, than that.",
          TransferCheck.OCTAVES, TransferCheck.AIM);

  private TransferText() {}

  /// What an axis counts, such as `number of experts`.
  static String quantity(ScaleAxis axis) {
    return switch (axis) {
      case WIDTH, DEPTH, BATCH, GRANULARITY -> axis.id();
      case TOKENS, EXPERTS -> "number of " + axis.id();
    };
  }

  /// What else stays or moves along an axis, where its name does not say.
  static Optional<String> aside(TransferCheck check) {
    return switch (check.axis()) {
      case WIDTH, DEPTH, BATCH, TOKENS -> Optional.empty();
      case EXPERTS -> {
        int active = check.proxy().mixture().active();
        boolean stays = check.sweeps().stream().allMatch(s -> s.size().mixture().active() == active);
        yield Optional.of(stays ? "The number of experts that are active stays." : "Under this table as large a part of the experts is active at each number of them.");
      }
      case GRANULARITY ->
          Optional.of(
              "Granularity is the hidden width of a dense MLP over that of an expert; experts, those that are active and those that are shared grow in number as it does, so that weights stay as many.");
    };
  }

  static String verdict(TransferCheck check) {
    Optional<Drift> largest = check.largest();
    if (largest.isEmpty()) {
      return "NOT PASSED; at some scale every rate diverged";
    }
    Drift d = largest.get();
    String drift = "largest drift " + (d.optimum().isAtEdge() ? "at least " : "") + octaves(d.octaves()) + " octaves at " + check.axis().id() + " " + check.axis().of(d.sweep().size());
    List<String> parts = new ArrayList<>(List.of(check.passed() ? "PASSED" : "NOT PASSED", drift + (check.passed() && check.isWithinAim() ? ", within the aim" : "")));
    at(check, x -> x.optimum().isAtEdge()).ifPresent(where -> parts.add("the best rate may lie beyond those tried at " + where));
    at(check, x -> x.known() > 0 && !x.isCoarse()).ifPresent(where -> parts.add("beside rates that diverge the drift is known to within the distance of the rates alone at " + where));
    at(check, Drift::isCoarse).ifPresent(where -> parts.add("beside rates that diverge the drift is not known to within an octave, and takes finer rates, at " + where));
    at(check, x -> x.lost().isPresent() && !x.isCheap()).ifPresent(where -> parts.add("the proxy's best rate costs more than is allowed at " + where));
    at(check, x -> x.lost().isEmpty()).ifPresent(where -> parts.add("what the proxy's best rate costs is not known at " + where));
    if (check.proxySweep().seeds() == 1) {
      parts.add("one seed knows nothing of chance: the proxy's best rate may cost what a quarter of an octave does");
    }
    at(check, x -> x.lost().isPresent() && Double.isNaN(x.allowed())).ifPresent(where -> parts.add("what it costs is not judged at " + where));
    return String.join("; ", parts);
  }

  /// The scales with drifts of some kind; empty where there are none.
  private static Optional<String> at(TransferCheck check, Predicate<Drift> kind) {
    List<String> values =
        check.sweeps().stream()
            .filter(s -> check.drift(s).filter(kind).isPresent())
            .map(s -> check.axis().of(s.size()) + (s.size().equals(check.proxy()) ? " (the proxy's)" : ""))
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(check.axis().id() + " " + String.join(", ", values));
  }

  /// Over batch and tokens: the power that was found, beside the map's.
  static Optional<String> power(TransferCheck check) {
    if (check.measuredPower().isEmpty()) {
      return Optional.empty();
    }
    String axis = check.axis().id();
    return Optional.of(
        String.format(
            Locale.ROOT, "learning rates follow %s^%+.2f in the map; the best ones follow %s^%+.2f", axis, check.power().orElseThrow(), axis, check.measuredPower().getAsDouble()));
  }

  static String line(Drift d, boolean isProxy) {
    String optimum = String.format(Locale.ROOT, "best rate %-8s loss %-8s", Format.number(d.optimum().rate()), Format.loss(d.optimum().loss()));
    String place = place(d.optimum()) + (d.known() > 0 ? String.format(Locale.ROOT, ", known to within %.2f octaves", d.known()) : "");
    if (isProxy) {
      return optimum + "(proxy)" + place;
    }
    String interval = Double.isNaN(d.low()) ? "" : " [" + octaves(d.low()) + ", " + octaves(d.high()) + "]";
    String allowed = Double.isNaN(d.allowed()) ? "" : " (allowed: " + Format.loss(d.allowed()) + ")";
    return optimum + "drift " + octaves(d.octaves()) + interval + ", lost " + lost(d) + allowed + place + (d.passed() ? "" : "  NOT PASSED");
  }

  static String place(Optimum optimum) {
    return switch (optimum.place()) {
      case INSIDE -> "";
      case LOWEST_RATE -> ", the lowest rate tried";
      case HIGHEST_RATE -> ", the highest rate tried";
      case BESIDE_DIVERGENCE -> ", beside rates that diverge";
    };
  }

  static String octaves(double v) {
    return String.format(Locale.ROOT, "%+.2f", v);
  }

  static String lost(Drift d) {
    if (d.lost().isEmpty()) {
      return "unknown: the proxy's best rate diverges here or was not tried";
    }
    return Format.loss(d.lost().getAsDouble()) + (Double.isNaN(d.standardError()) ? "" : " ± " + Format.loss(d.standardError()));
  }
}
