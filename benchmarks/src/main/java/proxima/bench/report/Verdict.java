package proxima.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Who leads a field, and whether that is more than chance, in words. Nobody leads where no run has a result.
///
/// @param scores best first
/// @param duels of the leader against each other one
record Verdict(Field field, List<Score> scores, List<Duel> duels) {

  static Verdict of(Field field) {
    List<Score> scores = Score.of(field);
    return new Verdict(field, scores, Duel.of(field, scores.getFirst().contender()));
  }

  Score leader() {
    return scores.getFirst();
  }

  Optional<Duel> against(String rival) {
    return duels.stream().filter(d -> d.rival().equals(rival)).findFirst();
  }

  /// The best of ours.
  Optional<Score> ours() {
    return scores.stream().filter(s -> Styles.isOurs(s.contender())).findFirst();
  }

  /// The result in a few sentences.
  String text() {
    if (!field.hasResult()) {
      return nothing() + "; there is nothing to compare.";
    }
    if (scores.size() == 1) {
      return leader().contender() + " alone has played (" + field.size() + "), so there is nothing to compare.";
    }
    return leading() + " " + decided() + behind().map(b -> " " + b).orElse("");
  }

  /// Why there is no result.
  private String nothing() {
    return scores.stream().allMatch(s -> s.failed().size() == field.matches()) ? "Every run failed" : "Every run failed or diverged in all its trials";
  }

  private String leading() {
    Score second = scores.get(1);
    String apart = " is in the mean " + apart(against(second.contender()).orElseThrow().difference()) + ".";
    List<String> level = scores.stream().skip(1).filter(s -> s.meanRank() == leader().meanRank()).map(Score::contender).toList();
    return leader().contender() + " leads with a mean rank of " + rank(leader()) + " among " + scores.size() + " contenders, over " + field.size() + switch (level.size()) {
      case 0 -> ", before " + second.contender() + " (" + rank(second) + "), whose final regret" + apart;
      case 1 -> ", level with " + second.contender() + ", whose final regret" + apart;
      default -> ", level with " + String.join(", ", level.subList(0, level.size() - 1)) + " and " + level.getLast() + "; the final regret of " + second.contender() + apart;
    };
  }

  /// From whom the leader differs.
  private String decided() {
    List<Duel> undecided = duels.stream().filter(d -> !d.isDecided()).toList();
    String names = undecided.stream().map(d -> d.rival() + " (p" + equal(d.p()) + ")").collect(Collectors.joining(", "));
    int others = duels.size();
    if (isTooSmall()) {
      return "Any difference may be chance: " + Unit.of(field).n(field) + " can not tell (Wilcoxon, Holm).";
    }
    String test = "Wilcoxon over " + Unit.of(field).n(field) + ", Holm";
    if (undecided.size() == others) {
      return "Chance may explain how pair by pair the final regret of " + leader().contender() + " differs from that of " + names + "; " + test + ".";
    }
    boolean lower = duels.stream().filter(Duel::isDecided).allMatch(d -> d.lost() > d.won());
    String all = others == 1 ? duels.getFirst().rival() : undecided.isEmpty() ? "all others" : (others - undecided.size()) + " of " + others + " others";
    return "Pair by pair the final regret of " + leader().contender() + (lower ? " is lower than" : " differs from") + " that of " + all + " by more than chance explains"
        + (undecided.isEmpty() ? " (" + (others == 1 ? "" : "largest ") + "p" + equal(duels.getLast().p()) + "; " + test + ")." : "; against " + names + " chance may explain it; " + test + ".");
  }

  /// Whether even a contender that wins every pair would not differ.
  private boolean isTooSmall() {
    return duels.size() * Math.pow(2, 1 - Unit.of(field).count(field)) >= Unit.LEVEL;
  }

  /// How far ours is behind, where it is.
  private Optional<String> behind() {
    return ours().filter(s -> !s.contender().equals(leader().contender())).map(s -> {
      Duel duel = against(s.contender()).orElseThrow();
      Interval difference = duel.difference();
      return s.contender() + " comes " + ordinal(place(s)) + " (" + rank(s) + "): its final regret is higher in " + duel.lost() + " of " + duel.pairs() + " pairs, and in the mean "
          + apart(difference) + ", " + (duel.isDecided() ? "more than chance explains" : "which chance may explain") + " (p" + equal(duel.p()) + ").";
    });
  }

  /// One line, as for one group of several.
  String line() {
    if (!field.hasResult()) {
      return field.size() + ": " + nothing().toLowerCase(Locale.ROOT);
    }
    if (scores.size() == 1) {
      return field.size();
    }
    Score other = ours().filter(s -> !s.contender().equals(leader().contender())).orElse(scores.get(1));
    Duel duel = against(other.contender()).orElseThrow();
    String sure = isTooSmall() ? "too few to tell" : (duel.isDecided() ? "significant" : "not significant") + " (p" + equal(duel.p()) + ")";
    String standing = leader().meanRank() == other.meanRank()
        ? leader().contender() + " and " + other.contender() + " are level in rank (" + rank(leader()) + "); the latter is behind in "
        : leader().contender() + " leads (" + rank(leader()) + "); " + other.contender() + " is " + ordinal(place(other)) + " (" + rank(other) + "), behind in ";
    return field.size() + ": " + standing
        + duel.lost() + " of " + duel.pairs() + " pairs, " + sure;
  }

  private static String apart(Interval d) {
    Interval size = d.mean() < 0 ? new Interval(-d.mean(), -d.high(), -d.low()) : d;
    return (d.mean() < 0 ? "lower by " : "higher by ") + ScoreTable.regret(size.mean())
        + (size.isKnown() ? " (95 % interval " + ScoreTable.signed(size.low()) + " to " + ScoreTable.signed(size.high()) + ")" : "");
  }

  private int place(Score score) {
    return 1 + IntStream.range(0, scores.size()).filter(i -> scores.get(i).contender().equals(score.contender())).findFirst().orElseThrow();
  }

  private static String rank(Score score) {
    return String.format(Locale.ROOT, "%.2f", score.meanRank());
  }

  private static String equal(double p) {
    return p < 1e-4 ? "\u00a0<\u00a00.0001" : "\u00a0=\u00a0" + p(p);
  }

  static String p(double p) {
    return p < 1e-4 ? "< 0.0001" : p > 0.9995 ? "1" : String.format(Locale.ROOT, p < 0.0995 ? "%.2g" : "%.2f", p);
  }

  private static String ordinal(int place) {
    List<String> words = new ArrayList<>(List.of("first", "second", "third"));
    return place <= words.size() ? words.get(place - 1) : place + "th";
  }
}
