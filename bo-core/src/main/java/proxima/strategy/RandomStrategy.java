package proxima.strategy;

import java.util.List;
import java.util.random.RandomGenerator;
import proxima.space.Point;

/// Uniform random search.
public final class RandomStrategy implements Chooser {

  private static final int TRIES = 64;

  @Override
  public Point suggest(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    RandomGenerator random = knowledge.random();
    return new Seen(knowledge, cells)
        .firstNew(TRIES, _ -> cells.snap(random.doubles(cells.dimension()).toArray()));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    return candidates.get(knowledge.random().nextInt(candidates.size()));
  }
}
