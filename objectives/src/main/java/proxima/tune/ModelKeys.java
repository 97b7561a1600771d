package proxima.tune;

import java.util.Optional;
import proxima.cli.Range;
import proxima.cli.Section;
import proxima.proxy.Attention;
import proxima.proxy.Experts;

/// The keys `attention` and `experts` of a transformer, in a run's objective or in the model of a settings file.
final class ModelKeys {

  private ModelKeys() {}

  /// `attention: latent`, or `attention: {latent: {compression: 4, rope: 8}}`.
  static Attention attention(Section s) {
    if (!s.isSection("attention")) {
      return s.choice("attention", "heads", "heads", "latent").equals("latent") ? Attention.Latent.DEFAULT : new Attention.Heads();
    }
    Section attention = s.section("attention");
    Section latent = attention.section("latent");
    int compression = (int) latent.integer("compression", Attention.Latent.DEFAULT.compression(), 1, 1 << 16);
    int rotary = (int) latent.integer("rope", Attention.Latent.DEFAULT.rotary(), 2, 1 << 16);
    latent.finish();
    attention.finish();
    return latent.build("rope", x -> new Attention.Latent(compression, rotary), Attention.Latent.DEFAULT);
  }

  /// `experts: {count: 8, active: 2}`, and more.
  static Optional<Experts> experts(Section s) {
    if (!s.has("experts")) {
      return Optional.empty();
    }
    Experts usual = Experts.DEFAULT;
    Section e = s.section("experts");
    int count = (int) e.integer("count", usual.count(), 0, Experts.MOST);
    int active = (int) e.integer("active", usual.active(), 0, Experts.MOST);
    int granularity = (int) e.integer("granularity", usual.granularity(), 1, Experts.MOST);
    int shared = (int) e.integer("shared", usual.shared(), 0, Experts.MOST);
    double balance = e.number("balance", usual.balance(), Range.NOT_NEGATIVE);
    double zLoss = e.number("zLoss", usual.zLoss(), Range.NOT_NEGATIVE);
    e.finish();
    return Optional.of(e.build(e.has("active") && count >= 2 ? "active" : "count", x -> new Experts(count, active, granularity, shared, balance, zLoss), usual));
  }
}
