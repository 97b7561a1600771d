package proxima.strategy;

import proxima.space.Point;

/// Quasi-random search: a scrambled Sobol sequence over the space's region, in order.
public final class SobolStrategy implements Strategy {

  private static final int TRIES = 64;

  @Override
  public Point suggest(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    var spread = cells.spread(knowledge.seed());
    return Seen.firstNew(knowledge, cells, TRIES, k -> cells.snap(spread.point(knowledge.asked() + k)));
  }
}
