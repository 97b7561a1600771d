package proxima.proxy;

import java.util.random.RandomGenerator;

/// Images of figures: one of each in a random place, size and direction, in normal noise, standardised; what figure it is, is to be told.
///
/// In strict arithmetic, so that every machine draws the same images.
final class Shapes {

  /// Pixels on a side.
  static final int SIDE = 16;

  static final int CLASSES = Figure.values().length;

  /// Images of the validation set.
  static final int VALIDATION = 1_024;

  /// Half the side of the square that holds a figure, in pixels.
  private static final double SMALLEST = 3.5;

  private static final double LARGEST = 6.5;

  /// Against a figure's 1.
  private static final double NOISE = 0.3;

  /// Of all pixels with noise, so that they have mean 0 and variance 1: the stream starts as large as what branches add.
  private static final double MEAN = 0.183;

  private static final double DEVIATION = 0.463;

  private final float[] pixels;
  private final long[] labels;

  private Shapes(float[] pixels, long[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /// Of each image, row after row; not to be changed.
  float[] pixels() {
    return pixels;
  }

  /// Which of the figures each image shows; not to be changed.
  long[] labels() {
    return labels;
  }

  /// So many images.
  static Shapes draw(int number, RandomGenerator random) {
    Figure[] figures = Figure.values();
    float[] pixels = new float[number * SIDE * SIDE];
    long[] labels = new long[number];
    for (int i = 0; i < number; i++) {
      int label = random.nextInt(figures.length);
      labels[i] = label;
      double size = random.nextDouble(SMALLEST, LARGEST);
      double x = random.nextDouble(size, SIDE - size);
      double y = random.nextDouble(size, SIDE - size);
      draw(figures[label], x, y, size, random.nextDouble(2 * Math.PI), pixels, i * SIDE * SIDE);
      for (int j = 0; j < SIDE * SIDE; j++) {
        int at = i * SIDE * SIDE + j;
        pixels[at] = (float) ((pixels[at] + NOISE * random.nextGaussian() - MEAN) / DEVIATION);
      }
    }
    return new Shapes(pixels, labels);
  }

  /// A figure without noise: 1 inside, 0 outside, in between where the border passes through a pixel.
  static void draw(Figure figure, double x, double y, double size, double direction, float[] pixels, int start) {
    double c = StrictMath.cos(direction) / size;
    double s = StrictMath.sin(direction) / size;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double dx = column + 0.5 - x;
        double dy = row + 0.5 - y;
        double distance = size * figure.distance(c * dx + s * dy, c * dy - s * dx);
        pixels[start + row * SIDE + column] = (float) Math.clamp(0.5 - distance, 0, 1);
      }
    }
  }
}
