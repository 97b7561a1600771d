package proxima.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Contenders by mean rank, and which of them differ (Wilcoxon's test of every pair with Holm's correction, as Benavoli, Corani and Mangili 2016 advise:
/// whether two differ by their mean ranks, as in Nemenyi's test, depends on who else takes part).
///
/// @param places best first
/// @param p corrected, for each place against those after it
record Ranking(List<Place> places, List<List<Double>> p) {

  record Place(String contender, double meanRank) {}

  /// Neighbours by rank of which no two differ.
  /// @param from, to places, the last one included
  record Clique(int from, int to) {}

  static Ranking of(Field field) {
    List<Place> places = field.contenders().stream().map(c -> new Place(c, meanRank(field, c))).sorted(Comparator.comparingDouble(Place::meanRank)).toList();
    Unit unit = Unit.of(field);
    int n = places.size();
    double[] raw = new double[n * (n - 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        raw[at++] = SignedRank.p(unit.differences(field, places.get(j).contender, places.get(i).contender));
      }
    }
    double[] corrected = Holm.corrected(raw);
    List<List<Double>> p = new ArrayList<>();
    for (int i = 0, from = 0; i < n; from += n - 1 - i++) {
      p.add(Arrays.stream(corrected, from, from + n - 1 - i).boxed().toList());
    }
    return new Ranking(places, p);
  }

  /// Over tasks, each counting alike.
  static double meanRank(Field field, String contender) {
    return field.contests().stream().mapToDouble(c -> Arrays.stream(c.ranks(contender)).average().orElseThrow()).average().orElse(Double.NaN);
  }

  /// @param i, j places, i before j
  boolean differ(int i, int j) {
    return p.get(i).get(j - i - 1) < Unit.LEVEL;
  }

  /// The largest ones, of two or more, best first. They may overlap.
  List<Clique> cliques() {
    List<Clique> cliques = new ArrayList<>();
    int reached = -1;
    for (int from = 0; from < places.size(); from++) {
      int to = from;
      while (to + 1 < places.size() && alike(from, to + 1)) {
        to++;
      }
      if (to > from && to > reached) {
        cliques.add(new Clique(from, to));
        reached = to;
      }
    }
    return cliques;
  }

  /// Whether a place differs from none of those from `from` up to it.
  private boolean alike(int from, int place) {
    for (int i = from; i < place; i++) {
      if (differ(i, place)) {
        return false;
      }
    }
    return true;
  }
}
