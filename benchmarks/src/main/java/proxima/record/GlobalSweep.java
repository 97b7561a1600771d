package proxima.record;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// Plain settings: the learning rate from the lowest to the highest in even steps of its logarithm, all factors 1.
record GlobalSweep(int size) implements Phase {

  static final String NAME = "global";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int round() {
    return size;
  }

  @Override
  public List<Trial> next(SearchSpace space, List<Row> known, int done, int n) {
    return IntStream.range(done, done + n).mapToObj(i -> new Trial(Digits.decode(space, point(space, i)), Plan.SEED, NAME)).toList();
  }

  private Point point(SearchSpace space, int i) {
    double[] x = new double[space.dimension()];
    Arrays.fill(x, 0.5);
    x[0] = i / (size - 1.0);
    return Point.of(x);
  }
}
