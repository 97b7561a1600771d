package proxima.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.module.ModuleSettings;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.space.Value;

/// Jobs to evaluate in tests.
final class Jobs {

  static final Scale SCALE = new Scale(64, 2, 1024, 204800);
  static final Configuration CONFIGURATION = configuration();

  private Jobs() {}

  static Job of(String id) {
    return new Job(id, CONFIGURATION, new ModuleSettings(List.of()), SCALE, 7);
  }

  private static Configuration configuration() {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("rate", new Value.Real(0.25));
    values.put("layers", new Value.Whole(3));
    values.put("kind", new Value.Category("two words"));
    return new Configuration(values);
  }
}
