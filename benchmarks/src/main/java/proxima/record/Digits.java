package proxima.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// The numbers of a table: six significant digits.
///
/// A configuration is rounded before it is trained, so that its row says exactly what was trained.
final class Digits {

  private static final MathContext SIX = new MathContext(6);

  private Digits() {}

  static double round(double v) {
    return new BigDecimal(v).round(SIX).doubleValue();
  }

  /// The configuration at a point of a space of real parameters, rounded.
  static Configuration decode(SearchSpace space, Point x) {
    Configuration exact = space.decode(x);
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter p : space.parameters()) {
      if (!(p instanceof RealParameter r)) {
        throw new IllegalArgumentException("tables are recorded of real parameters; '" + p.name() + "' is not");
      }
      values.put(p.name(), new Value.Real(Math.clamp(round(exact.real(p.name())), r.low(), r.high())));
    }
    return new Configuration(values);
  }
}
