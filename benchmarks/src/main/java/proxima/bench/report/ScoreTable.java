package proxima.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import proxima.chart.Block;
import proxima.chart.Format;

/// The numbers of a field: a row a contender, the best first.
final class ScoreTable {

  /// Marks what has failed runs.
  static final String FAILED = "*";

  private ScoreTable() {}

  /// Ranks, final regrets, and what a suggestion costs.
  static Block standings(Verdict verdict) {
    boolean failures = verdict.scores().stream().anyMatch(s -> !s.failed().isEmpty());
    List<String> header = new ArrayList<>(List.of("Contender", "Rank", "Final regret", "Above the leader's", "Won", "p", "Diverged", "Time"));
    if (failures) {
      header.add("Failed");
    }
    return table(header, verdict, s -> {
      Optional<Duel> duel = verdict.against(s.contender());
      List<String> cells = new ArrayList<>();
      cells.add(String.format(Locale.ROOT, "%.2f", s.meanRank()));
      cells.add(text(s.last()));
      cells.add(duel.map(d -> difference(d.difference())).orElse(verdict.field().hasResult() ? "leads" : ""));
      cells.add(duel.map(d -> d.won() + " of " + d.pairs()).orElse(""));
      cells.add(duel.map(d -> Verdict.p(d.p())).orElse(""));
      cells.add(Divergence.percent(s.diverged().value()));
      cells.add(seconds(s.secondsPerSuggestion()));
      if (failures) {
        cells.add(Integer.toString(s.failed().size()));
      }
      return cells;
    });
  }

  /// Regrets by number of trials.
  static Block regrets(Verdict verdict) {
    List<String> header = new ArrayList<>(List.of("Regret after"));
    verdict.leader().regret().forEach((m, mark) -> header.add(m + " trials (" + Format.count(mark.tasks(), "task") + ")"));
    return table(header, verdict, s -> s.regret().values().stream().map(ScoreTable::text).toList());
  }

  /// Final regrets on parts of a field.
  static Block finals(Map<String, Verdict> parts) {
    List<String> header = new ArrayList<>(List.of("Final regret"));
    parts.forEach((name, part) -> header.add(name + " (" + Format.count(part.field().contests().size(), "task") + ")"));
    return table(header, parts.values().iterator().next(), s -> parts.values().stream().map(p -> text(Mark.last(p.field(), s.contender()))).toList());
  }

  private static Block table(List<String> header, Verdict verdict, Function<Score, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    Set<Integer> strong = new TreeSet<>();
    for (Score s : verdict.scores()) {
      if (Styles.isOurs(s.contender())) {
        strong.add(rows.size());
      }
      List<String> row = new ArrayList<>(List.of(s.contender()));
      row.addAll(cells.apply(s));
      rows.add(row);
    }
    return new Block.Table(header, rows, true, strong);
  }

  static String text(Mark mark) {
    return regret(mark.interval().mean()) + range(mark.interval()) + (mark.failed() ? FAILED : "");
  }

  private static String difference(Interval i) {
    return signed(i.mean()) + (i.isKnown() ? " [" + signed(i.low()) + ", " + signed(i.high()) + "]" : "");
  }

  private static String range(Interval i) {
    return i.isKnown() ? " [" + regret(i.low()) + ", " + regret(i.high()) + "]" : "";
  }

  static String regret(double v) {
    return v == 0 ? "0" : Math.abs(v) < 0.00095 ? String.format(Locale.ROOT, "%.0e", v).replaceAll("e-0?", "e-") : String.format(Locale.ROOT, "%.3f", v);
  }

  static String signed(double v) {
    return v < 0 ? "\u2212" + regret(-v) : regret(v);
  }

  static String seconds(double seconds) {
    return Double.isNaN(seconds) ? "–" : seconds < 5e-5 ? "< 0.1 ms" : seconds < 0.0995 ? Format.number(Math.round(1e4 * seconds) / 10.0) + " ms" : Format.number(seconds) + " s";
  }
}
