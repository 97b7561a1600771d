package proxima.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.bench.result.OutOfBag;
import proxima.bench.result.Run;

/// What a comparison has played so far, and how.
///
/// @param name the suite's
/// @param runs in the suite's order
/// @param planned how many runs there will be
/// @param suite the text of its file
public record Played(String name, List<Run> runs, int planned, List<LeftOut> leftOut, String suite, List<TaskNote> tasks, ByRows byRows, List<Session> sessions) {

  public Played {
    runs = List.copyOf(runs);
    leftOut = List.copyOf(leftOut);
    tasks = List.copyOf(tasks);
    sessions = List.copyOf(sessions);
  }

  /// A contender that could not play what is missing of it. Whatever it had played before does not count.
  public record LeftOut(String contender, String why) {}

  /// @param kind how a trial is answered: by a function, by a row of a table, by a model of a table
  /// @param outOfBag how well that model predicts
  public record TaskNote(String task, int dimension, String kind, Optional<OutOfBag> outOfBag) {}

  /// Tables that are played by their rows.
  /// @param choosing the contenders that choose among the rows themselves; what another suggests stands for the row nearest to it
  public record ByRows(List<String> tasks, List<String> choosing) {
    public static final ByRows NONE = new ByRows(List.of(), List.of());

    public ByRows {
      tasks = List.copyOf(tasks);
      choosing = List.copyOf(choosing);
    }
  }

  /// A time that the comparison was gone on with.
  public record Session(String started, String revision, String machine, int cores, String jvm, int workers) {}

  Field field() {
    Set<String> without = leftOut.stream().map(LeftOut::contender).collect(Collectors.toSet());
    return Field.of(runs, without);
  }

  boolean isWhole() {
    return runs.size() >= planned;
  }
}
