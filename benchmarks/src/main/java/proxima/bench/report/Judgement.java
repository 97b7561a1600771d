package proxima.bench.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import proxima.bench.result.Group;

/// What a comparison says: of all tasks, and of each group of them.
///
/// @param all empty where no task has been played by all contenders yet
public record Judgement(Played played, Optional<Verdict> all, Map<Group, Verdict> groups) {

  public static Judgement of(Played played) {
    Field field = played.field();
    Map<Group, Verdict> groups = new EnumMap<>(Group.class);
    field.groups().forEach(g -> groups.put(g, Verdict.of(field.only(g))));
    return new Judgement(played, field.isEmpty() ? Optional.empty() : Optional.of(Verdict.of(field)), groups);
  }

  /// The result in a few sentences.
  public String text() {
    return all.map(Verdict::text).orElse("No task has been played by all contenders yet.");
  }
}
