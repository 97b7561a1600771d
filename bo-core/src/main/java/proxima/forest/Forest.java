package proxima.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.gp.Normal;
import proxima.space.Point;
import smile.base.cart.CART;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.math.MathEx;
import smile.regression.RegressionTree;

/// A random forest: regression trees, each grown on n points drawn with replacement. A function of its arguments, however many threads there are.
public final class Forest {

  /// Deeper trees than data of any use here grow: a bound on recursion.
  private static final int DEEPEST = 100;

  private final List<RegressionTree> trees;
  private final StructType schema;
  private final double[] outOfBag;

  private Forest(List<RegressionTree> trees, StructType schema, double[] outOfBag) {
    this.trees = trees;
    this.schema = schema;
    this.outOfBag = outOfBag;
  }

  /// @param x one point at least
  /// @param y one finite number a point
  /// @throws IllegalArgumentException if there are no points, not as many numbers, or one of these is not finite.
  public static Forest grow(List<Point> x, double[] y, Growth growth, RandomGenerator random) {
    int n = x.size();
    if (n == 0 || y.length != n || !Arrays.stream(y).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a forest grows on a point at least and a finite number for each, got " + n + " points and " + Arrays.toString(y));
    }
    SmileTrees.considerEveryPoint();
    DataFrame frame = DataFrame.of(x.stream().map(Point::toArray).toArray(double[][]::new));
    StructType schema = frame.schema();
    int tried = Math.max(1, (int) Math.round(growth.share() * frame.ncol()));
    int[][] order = CART.order(frame);
    Loss loss = Loss.ls(y.clone());
    double[] sum = new double[n];
    int[] out = new int[n];
    List<RegressionTree> trees = new ArrayList<>();
    for (int t = 0; t < growth.trees(); t++) {
      int[] times = new int[n];
      for (int i = 0; i < n; i++) {
        times[random.nextInt(n)]++;
      }
      // The tree draws coordinates from its thread's generator.
      MathEx.setSeed(random.nextLong());
      var tree = new RegressionTree(frame, loss, new StructField("y", DataTypes.DoubleType), DEEPEST, Integer.MAX_VALUE, growth.leaf(), tried, times, order);
      trees.add(tree);
      for (int i = 0; i < n; i++) {
        if (times[i] == 0) {
          sum[i] += tree.predict(new Row(schema, x.get(i)));
          out[i]++;
        }
      }
    }
    return new Forest(List.copyOf(trees), schema, IntStream.range(0, n).mapToDouble(i -> sum[i] / out[i]).toArray());
  }

  /// The mean of the trees' predictions.
  public double mean(Point x) {
    Row row = new Row(schema, x);
    double sum = 0;
    for (RegressionTree tree : trees) {
      sum += tree.predict(row);
    }
    return sum / trees.size();
  }

  /// Mean and standard deviation of the trees' predictions.
  public Normal at(Point x) {
    Row row = new Row(schema, x);
    double[] y = new double[trees.size()];
    double mean = 0;
    for (int t = 0; t < y.length; t++) {
      y[t] = trees.get(t).predict(row);
      mean += y[t] / y.length;
    }
    double squares = 0;
    for (double v : y) {
      squares += (v - mean) * (v - mean);
    }
    return new Normal(mean, Math.sqrt(squares / y.length));
  }

  /// For point number i of those it was grown on: the mean prediction of the trees that were grown without it. Empty where there is none.
  public OptionalDouble outOfBag(int i) {
    return Double.isNaN(outOfBag[i]) ? OptionalDouble.empty() : OptionalDouble.of(outOfBag[i]);
  }

  /// A point as Smile reads it, without a copy.
  private record Row(StructType schema, Point x) implements Tuple {

    private static final long serialVersionUID = 1;

    @Override
    public Object get(int i) {
      return x.get(i);
    }

    @Override
    public double getDouble(int i) {
      return x.get(i);
    }
  }
}
