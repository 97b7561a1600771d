package proxima.strategy;

import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.space.Outcome;
import proxima.space.Point;

/// Trust-region random search: a random step from the best point so far, longer after a success and shorter after a failure.
///
/// The method of the Complete(d)P authors (arXiv 2512.22382) as far as it is published. Each parameter moves with probability 0.4, at least
/// one does, by N(0, sigma^2); sigma starts at one octave. The state is a fold over the evaluations in order: trials still pending do not
/// count yet, failed ones never do, and warm starts and the initial design move the centre but not sigma.
public final class TrustRegionRandom implements Strategy {

  private static final double MOVE_PROBABILITY = 0.4;
  private static final double GROW = 1.2;
  private static final double LARGEST = 1.5;
  private static final double SHRINK = 0.97;
  private static final double SMALLEST = 0.25;
  private static final int TRIES = 64;

  private final InitialDesign design;
  private final double octave;

  /// @param octave a factor of two in units of the cube: 0.125 where the range is 2^-4 to 2^4
  public TrustRegionRandom(InitialDesign design, double octave) {
    if (!(octave > 0 && octave <= 1)) {
      throw new IllegalArgumentException("an octave lies in (0, 1] in units of the cube, got " + octave);
    }
    this.design = design;
    this.octave = octave;
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return design.next(knowledge).orElseGet(() -> step(knowledge));
  }

  private Point step(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    RandomGenerator random = knowledge.random();
    State state = fold(knowledge);
    Point centre = state.best.orElse(design.start(cells));
    return Seen.firstNew(knowledge, cells, TRIES, _ -> cells.inside(cells.perturb(centre, state.octaves * octave, MOVE_PROBABILITY, random).toArray()));
  }

  /// @param octaves sigma
  private record State(Optional<Point> best, double loss, double octaves) {}

  private State fold(Knowledge knowledge) {
    var state = new State(Optional.empty(), Double.POSITIVE_INFINITY, 1);
    int before = 0;
    int asked = 0;
    for (Evaluation e : knowledge.evaluations()) {
      boolean step = e.asked() && !design.includes(before, asked++);
      before++;
      if (e.outcome().isPresent()) {
        state = next(state, e.point(), e.outcome().get(), step);
      }
    }
    return state;
  }

  private static State next(State s, Point x, Outcome outcome, boolean step) {
    return switch (outcome) {
      case Outcome.Finished f when f.loss() < s.loss ->
          new State(Optional.of(x), f.loss(), step ? Math.min(LARGEST, s.octaves * GROW) : s.octaves);
      case Outcome.Finished _, Outcome.Stopped _, Outcome.Diverged _ -> new State(s.best, s.loss, step ? Math.max(SMALLEST, s.octaves * SHRINK) : s.octaves);
      case Outcome.Failed _ -> s;
    };
  }
}
