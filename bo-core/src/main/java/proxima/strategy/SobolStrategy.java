package proxima.strategy;

import proxima.space.Point;

/// Quasi-random search: a scrambled Sobol sequence over the cube, in order.
public final class SobolStrategy implements Strategy {

  private static final int TRIES = 64;

  @Override
  public Point suggest(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    var sobol = new ScrambledSobol(cells.dimension(), knowledge.seed());
    return new Seen(knowledge, cells).firstNew(TRIES, k -> cells.snap(sobol.point(knowledge.asked() + k)));
  }
}
