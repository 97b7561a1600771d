package proxima.bench.report;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import proxima.bench.result.Group;

/// What a comparison says: of all tasks, of each group of them, and of each folder of recorded tables.
///
/// @param all empty where no task has been played by all contenders yet
public record Judgement(Played played, Optional<Verdict> all, Map<Group, Verdict> groups, Map<String, Verdict> folders) {

  public static Judgement of(Played played) {
    Field field = played.field();
    Map<Group, Verdict> groups = new EnumMap<>(Group.class);
    field.groups().forEach(g -> groups.put(g, Verdict.of(field.only(g))));
    Map<String, Verdict> folders = new LinkedHashMap<>();
    field.folders().forEach(f -> folders.put(f, Verdict.of(field.only(c -> c.folder().equals(Optional.of(f))))));
    return new Judgement(played, field.isEmpty() ? Optional.empty() : Optional.of(Verdict.of(field)), groups, folders);
  }

  /// The result in a few sentences.
  public String text() {
    return all.map(Verdict::text).orElse("No task has been played by all contenders yet.");
  }
}
