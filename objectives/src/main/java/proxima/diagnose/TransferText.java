package proxima.diagnose;

import java.util.Locale;
import java.util.Optional;
import proxima.chart.Format;

/// What a transfer check says, in words.
final class TransferText {

  static final String CRITERION =
      String.format(
          Locale.ROOT,
          "at every scale the best rate lies within %.0f octave of the proxy's (aim: %.1f) and inside the rates tried, and the loss lost by the proxy's best rate is no more than 2 standard errors of a"
              + " difference between means over the seeds (2 s sqrt(2 / n), s between seeds, pooled over the best rate and its neighbours).",
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
  static Optional<String> aside(ScaleAxis axis) {
    return switch (axis) {
      case WIDTH, DEPTH, BATCH, TOKENS -> Optional.empty();
      case EXPERTS -> Optional.of("The number of experts that are active stays.");
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
    String aim = check.passed() && Math.abs(d.octaves()) <= TransferCheck.AIM ? ", within the aim" : "";
    boolean costly = check.sweeps().stream().map(check::drift).flatMap(Optional::stream).anyMatch(x -> !x.isCheap());
    return (check.passed() ? "PASSED; " : "NOT PASSED; ") + drift + aim + (costly ? "; the proxy's best rate costs more than chance explains" : "");
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
    String place = place(d.optimum());
    if (isProxy) {
      return optimum + "(proxy)" + place;
    }
    String interval = Double.isNaN(d.low()) ? "" : " [" + octaves(d.low()) + ", " + octaves(d.high()) + "]";
    String chance = Double.isNaN(d.allowed()) ? "" : " (chance: up to " + Format.loss(d.allowed()) + ")";
    return optimum + "drift " + octaves(d.octaves()) + interval + ", lost " + lost(d) + chance + place + (d.passed() ? "" : "  NOT PASSED");
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
