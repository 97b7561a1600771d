package proxima.diagnose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import proxima.cli.Json;

/// A transfer check as JSON; null for what is not finite.
public final class TransferJson {

  private TransferJson() {}

  public static ObjectNode of(TransferCheck check) {
    ObjectNode axis = Json.object().put("passed", check.passed());
    check.largest().ifPresent(d -> axis.put("largestDrift", d.octaves()));
    ArrayNode scales = axis.putArray("scales");
    check.sweeps().forEach(s -> scales.add(scale(check, s)));
    return axis;
  }

  private static ObjectNode scale(TransferCheck check, Sweep sweep) {
    ObjectNode node = Json.object().put(check.axis().id(), check.axis().of(sweep.scale())).put("proxy", sweep.scale().equals(check.proxy()));
    sweep.optimum().ifPresent(o -> node.set("optimum", optimum(o)));
    check.drift(sweep).ifPresent(d -> {
      ObjectNode drift = node.putObject("drift").put("octaves", d.octaves());
      put(drift, "low", d.low());
      put(drift, "high", d.high());
      ObjectNode lost = node.putObject("lost");
      put(lost, "loss", d.lost().orElse(Double.NaN));
      put(lost, "standardError", d.standardError());
      put(lost, "allowed", d.allowed());
      node.put("passed", d.passed());
    });
    ArrayNode rates = node.putArray("sweep");
    for (Sweep.Rate r : sweep.rates()) {
      ObjectNode rate = rates.addObject().put("rate", r.rate()).put("diverged", r.diverged());
      put(rate, "mean", r.mean());
      put(rate, "standardError", r.standardError());
      ArrayNode losses = rate.putArray("losses");
      r.losses().forEach(l -> {
        if (l.isNaN()) {
          losses.addNull();
        } else {
          losses.add(l);
        }
      });
    }
    return node;
  }

  private static ObjectNode optimum(Optimum o) {
    return Json.object().put("rate", o.rate()).put("loss", o.loss()).put("place", o.place().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// Null where the value is not finite.
  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
