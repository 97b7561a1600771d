package proxima.strategy;

import java.util.List;
import java.util.random.RandomGenerator;
import proxima.space.Point;

/// Uniform random search of the space's region.
public final class RandomStrategy implements Chooser {

  private static final int TRIES = 64;

  @Override
  public Point suggest(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    RandomGenerator random = knowledge.random();
    return Seen.firstNew(knowledge, cells, TRIES, _ -> cells.sample(random));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    List<Point> inside = knowledge.inside(candidates);
    return inside.get(knowledge.random().nextInt(inside.size()));
  }
}
