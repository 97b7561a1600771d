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
    check.measuredPower().ifPresent(measured -> axis.put("power", check.power().orElseThrow()).put("measuredPower", measured));
    ArrayNode scales = axis.putArray("scales");
    check.sweeps().forEach(s -> scales.add(scale(check, s)));
    return axis;
  }

  private static ObjectNode scale(TransferCheck check, Sweep sweep) {
    ObjectNode node = Json.object().put(check.axis().id(), check.axis().of(sweep.size())).put("proxy", sweep.size().equals(check.proxy()));
    sweep.optimum().ifPresent(o -> node.set("optimum", optimum(o)));
    check.drift(sweep).ifPresent(d -> {
      ObjectNode drift = node.putObject("drift").put("octaves", d.octaves());
      Json.put(drift, "known", d.known());
      Json.put(drift, "low", d.low());
      Json.put(drift, "high", d.high());
      ObjectNode lost = node.putObject("lost");
      Json.put(lost, "loss", d.lost().orElse(Double.NaN));
      Json.put(lost, "standardError", d.standardError());
      Json.put(lost, "allowed", d.allowed());
    });
    node.put("passed", check.drift(sweep).filter(Drift::passed).isPresent());
    ArrayNode rates = node.putArray("sweep");
    for (Sweep.Rate r : sweep.rates()) {
      ObjectNode rate = rates.addObject().put("rate", r.rate()).put("diverged", r.diverged());
      Json.put(rate, "mean", r.mean());
      Json.put(rate, "standardError", r.standardError());
      ArrayNode losses = rate.putArray("losses");
      r.losses().forEach(l -> Json.add(losses, l));
    }
    return node;
  }

  private static ObjectNode optimum(Optimum o) {
    return Json.object().put("rate", o.rate()).put("loss", o.loss()).put("place", o.place().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
