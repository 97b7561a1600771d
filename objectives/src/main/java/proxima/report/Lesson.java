package proxima.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import proxima.space.learn.PriorTasks;

/// What a phase learns from earlier runs.
///
/// @param phase `global`, `module` or `search`
/// @param origins by task name, where each comes from and at what scale, in words
public record Lesson(String phase, PriorTasks prior, Map<String, String> origins) {
  public Lesson {
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
  }
}
