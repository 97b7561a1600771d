package proxima.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.bench.result.Group;
import proxima.bench.result.Run;

/// A task with a budget, and every contender's runs on it from the same seeds.
///
/// @param name the task's, with the number of trials where a suite has it with several, and that of initial points where it has several of these
/// @param runs by contender, in the order of the seeds
record Contest(String name, Group group, int initial, int trials, Map<String, List<Run>> runs) {

  Contest {
    runs = Map.copyOf(runs);
  }

  int seeds() {
    return runs.values().iterator().next().size();
  }

  /// The folder of tables that the task is of, with how they are used where it says so: `lcbench (surrogate)`. Empty where it is of none.
  Optional<String> folder() {
    int slash = name.lastIndexOf('/');
    int mode = name.indexOf(" (", slash + 1);
    return slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash) + (mode < 0 ? "" : name.substring(mode, name.lastIndexOf(')') + 1)));
  }

  /// The name in so many characters: of a longer one the middle is left out, as names often differ at their ends.
  String shortName(int characters) {
    int half = characters / 2;
    return name.length() <= characters ? name : name.substring(0, half - 1) + "…" + name.substring(name.length() - half);
  }

  List<Run> of(String contender) {
    List<Run> mine = runs.get(contender);
    if (mine == null) {
      throw new IllegalArgumentException("no contender " + contender);
    }
    return mine;
  }

  /// A contender's regrets after so many trials, one a seed.
  double[] regrets(String contender, int trials) {
    return of(contender).stream().mapToDouble(r -> r.regretAfter(trials)).toArray();
  }

  /// How many of a contender's runs failed.
  int failed(String contender) {
    return (int) of(contender).stream().filter(r -> r.failure().isPresent()).count();
  }

  /// Whether a run of anyone has a result.
  boolean hasResult() {
    return runs.values().stream().flatMap(List::stream).anyMatch(Run::isWithResult);
  }

  /// A contender's final regrets for tests, one a seed. A run that failed, or where every trial diverged, has the highest of its match, at least 1.
  double[] standings(String contender) {
    List<Run> mine = of(contender);
    return IntStream.range(0, mine.size())
        .mapToDouble(s -> mine.get(s).isWithResult() ? mine.get(s).finalRegret() : Math.max(1, runs.values().stream().mapToDouble(r -> r.get(s).finalRegret()).max().orElseThrow()))
        .toArray();
  }

  /// A contender's rank in each match, 1 the best: by final regret, equal ones sharing their mean rank, runs that failed, or where every trial diverged, behind all.
  double[] ranks(String contender) {
    return IntStream.range(0, seeds()).mapToDouble(s -> rank(contender, s)).toArray();
  }

  private double rank(String contender, int seed) {
    double mine = place(of(contender).get(seed));
    double[] all = runs.values().stream().mapToDouble(r -> place(r.get(seed))).toArray();
    long better = IntStream.range(0, all.length).filter(i -> all[i] < mine).count();
    long equal = IntStream.range(0, all.length).filter(i -> all[i] == mine).count();
    return better + 0.5 * (equal + 1);
  }

  private static double place(Run run) {
    return run.isWithResult() ? run.finalRegret() : Double.POSITIVE_INFINITY;
  }
}
