package proxima.prior;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.scaling.Scale;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// The scale of a history, among what else is known of it.
public final class ScaleContext {

  private static final List<String> KEYS = List.of("width", "depth", "batch", "tokens");

  private ScaleContext() {}

  /// What a history at this scale says of itself.
  public static Map<String, Value> of(Scale scale) {
    Map<String, Value> context = new LinkedHashMap<>();
    context.put("width", new Value.Whole(scale.width()));
    context.put("depth", new Value.Whole(scale.depth()));
    context.put("batch", new Value.Whole(scale.batch()));
    context.put("tokens", new Value.Whole(scale.tokens()));
    return context;
  }

  /// Empty where a history does not say its scale.
  /// @throws IllegalArgumentException if what it says is none.
  public static Optional<Scale> scale(TaskHistory history) {
    Map<String, Value> context = history.context();
    if (!KEYS.stream().allMatch(key -> context.get(key) instanceof Value.Whole)) {
      return Optional.empty();
    }
    return Optional.of(new Scale(index(context, "width"), index(context, "depth"), whole(context, "batch"), whole(context, "tokens")));
  }

  /// Why a history says no scale, in a few words; empty where it says one.
  public static Optional<String> missing(TaskHistory history) {
    List<String> reasons = new ArrayList<>();
    List<String> none = KEYS.stream().filter(key -> !history.context().containsKey(key)).toList();
    if (!none.isEmpty()) {
      reasons.add("lacks " + String.join(", ", none));
    }
    history.context().forEach((key, value) -> {
      if (KEYS.contains(key) && !(value instanceof Value.Whole)) {
        reasons.add("has the " + key + " " + value + ", which is no whole number");
      }
    });
    return reasons.isEmpty() ? Optional.empty() : Optional.of("its context " + String.join(" and ", reasons));
  }

  /// Of one that is no int the nearest, which is no width or depth either.
  private static int index(Map<String, Value> context, String key) {
    return Math.clamp(whole(context, key), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static long whole(Map<String, Value> context, String key) {
    return context.get(key) instanceof Value.Whole(long v) ? v : 0;
  }
}
