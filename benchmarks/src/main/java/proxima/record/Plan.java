package proxima.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import proxima.space.SearchSpace;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.SobolStrategy;
import proxima.strategy.Strategy;
import proxima.strategy.TrustRegionRandom;

/// Which rows a table has. The points of a round depend on the rows before it alone.
///
/// The first half searches around the best plain setting, as a tuning run does; the second starts anew, over the whole space. Phases have seeds of their own,
/// so that no two begin at the same points.
///
/// @param phases in their order
record Plan(List<Phase> phases) {

  /// Of every training but replicates: what a seed adds to all losses does not blur their differences.
  static final long SEED = 1;

  /// An octave of a factor in units of the cube, and the first step of the trust region.
  private static final double OCTAVE = 0.125;

  /// Rows of a round: few where each teaches the next.
  private static final int TIGHT = 4;
  private static final int WIDE = 12;

  static final Plan STANDARD = standard();

  Plan {
    phases = List.copyOf(phases);
  }

  private static Plan standard() {
    List<Phase> phases = new ArrayList<>();
    phases.add(new GlobalSweep(16));
    for (long half = 1; half <= 2; half++) {
      Function<SearchPhase.Start, InitialDesign> design = half == 1 ? s -> InitialDesign.around(s.bestGlobal(), 2 * OCTAVE, 12) : _ -> InitialDesign.cube(20);
      phases.add(new SearchPhase("sobol", 160, WIDE, phases.size(), true, _ -> new SobolStrategy()));
      phases.add(new SearchPhase("trust-region", 100, TIGHT, phases.size(), true, s -> new TrustRegionRandom(design.apply(s), OCTAVE)));
      phases.add(new SearchPhase("gp", 100, TIGHT, phases.size(), true, s -> new GpStrategy(design.apply(s), GpOptions.of(s.space()))));
      phases.add(new SearchPhase("nearby", 180, WIDE, phases.size(), false, _ -> new Nearby()));
      phases.add(new Replicates(24, 2 * half, 2));
    }
    return new Plan(phases);
  }

  int size() {
    return phases.stream().mapToInt(Phase::size).sum();
  }

  /// The phase that row number `i` belongs to.
  Phase phase(int i) {
    int end = 0;
    for (Phase p : phases) {
      end += p.size();
      if (i < end) {
        return p;
      }
    }
    throw new IllegalArgumentException("the plan has " + end + " rows, none is number " + i);
  }

  /// What is left of the round that the next row belongs to.
  ///
  /// @param rows from the first on, as many as there are; fewer than `size()`
  List<Trial> round(SearchSpace space, List<Row> rows) {
    int start = 0;
    for (Phase p : phases) {
      if (rows.size() < start + p.size()) {
        int done = (rows.size() - start) / p.round() * p.round();
        int n = Math.min(p.round(), p.size() - done);
        List<Trial> trials = p.next(space, rows.subList(0, start + done), done, n);
        return trials.subList(rows.size() - start - done, n);
      }
      start += p.size();
    }
    return List.of();
  }
}
