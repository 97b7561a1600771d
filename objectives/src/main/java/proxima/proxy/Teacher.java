package proxima.proxy;

import java.util.random.RandomGenerator;
import proxima.strategy.Seeds;

/// A fixed random network whose outputs a student learns, and the distribution of its inputs.
///
/// Inputs are independent normals, the j-th with variance proportional to 1 / j and all variances summing to the number of inputs. The
/// teacher has two hidden layers of tanh units.
final class Teacher {

  static final int INPUTS = 32;
  static final int OUTPUTS = 8;

  private static final int HIDDEN = 64;

  /// Rows of the validation set.
  static final int VALIDATION = 2_048;

  private final float[] deviations = new float[INPUTS];
  private final float[][] first;
  private final float[][] second;
  private final float[][] third;

  Teacher(long seed) {
    double sum = 0;
    for (int j = 1; j <= INPUTS; j++) {
      sum += 1.0 / j;
    }
    for (int j = 1; j <= INPUTS; j++) {
      deviations[j - 1] = (float) Math.sqrt(INPUTS / sum / j);
    }
    RandomGenerator random = Seeds.random(seed, 0);
    first = layer(INPUTS, HIDDEN, random);
    second = layer(HIDDEN, HIDDEN, random);
    third = layer(HIDDEN, OUTPUTS, random);
  }

  /// Rows are inputs: a layer adds multiples of contiguous rows.
  private static float[][] layer(int in, int out, RandomGenerator random) {
    float[][] w = new float[in][out];
    for (float[] row : w) {
      for (int j = 0; j < out; j++) {
        row[j] = (float) (random.nextGaussian() / Math.sqrt(in));
      }
    }
    return w;
  }

  /// n rows of inputs.
  float[] inputs(int n, RandomGenerator random) {
    float[] x = new float[n * INPUTS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (deviations[i % INPUTS] * random.nextGaussian());
    }
    return x;
  }

  /// The outputs for rows of inputs.
  float[] outputs(float[] inputs) {
    int n = inputs.length / INPUTS;
    float[] y = new float[n * OUTPUTS];
    float[] x = new float[INPUTS];
    for (int i = 0; i < n; i++) {
      System.arraycopy(inputs, i * INPUTS, x, 0, INPUTS);
      float[] out = apply(third, tanh(apply(second, tanh(apply(first, x)))));
      System.arraycopy(out, 0, y, i * OUTPUTS, OUTPUTS);
    }
    return y;
  }

  private static float[] apply(float[][] w, float[] x) {
    float[] y = new float[w[0].length];
    for (int i = 0; i < x.length; i++) {
      float[] row = w[i];
      float xi = x[i];
      for (int j = 0; j < y.length; j++) {
        y[j] += xi * row[j];
      }
    }
    return y;
  }

  private static float[] tanh(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.tanh(x[i]);
    }
    return x;
  }

  /// Mean over the outputs of their variances in a sample.
  static double variance(float[] outputs) {
    int n = outputs.length / OUTPUTS;
    double variance = 0;
    for (int j = 0; j < OUTPUTS; j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double y = outputs[i * OUTPUTS + j];
        sum += y;
        squares += y * y;
      }
      variance += squares / n - (sum / n) * (sum / n);
    }
    return variance / OUTPUTS;
  }
}
