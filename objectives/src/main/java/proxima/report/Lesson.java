package proxima.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import proxima.space.learn.PriorTasks;

/// What a phase learns from earlier runs.
///
/// @param phase `global`, `module` or `search`
/// @param origins by task name, where each comes from and at what scale, in words
/// @param weighed whether the phase's strategy weighs tasks by how far they come true, as the Gaussian process does
public record Lesson(String phase, PriorTasks prior, Map<String, String> origins, boolean weighed) {
  public Lesson {
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
  }
}
