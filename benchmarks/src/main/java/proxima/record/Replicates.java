package proxima.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import proxima.space.SearchSpace;

/// Rows again with other seeds, so that the noise is known: from the best to the worst, more of the good ones.
///
/// @param configurations how many rows
/// @param firstSeed of each row's `seeds` further trainings
record Replicates(int configurations, long firstSeed, int seeds) implements Phase {

  static final String NAME = "again";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int size() {
    return configurations * seeds;
  }

  @Override
  public int round() {
    return size();
  }

  @Override
  public List<Trial> next(SearchSpace space, List<Row> known, int done, int n) {
    List<Row> ranked = known.subList(0, known.size() - done).stream().filter(r -> r.trial().seed() == Plan.SEED).sorted(Comparator.comparingDouble(Row::value)).toList();
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < configurations; i++) {
      double share = (double) i / configurations;
      Row row = ranked.get(i + (int) (share * share * (ranked.size() - configurations)));
      LongStream.range(firstSeed, firstSeed + seeds).forEach(seed -> trials.add(new Trial(row.trial().configuration(), seed, NAME)));
    }
    return trials.subList(done, done + n);
  }
}
