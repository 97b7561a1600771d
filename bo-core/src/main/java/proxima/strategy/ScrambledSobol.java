package proxima.strategy;

import org.apache.commons.math3.random.SobolSequenceGenerator;

/// Points of a Sobol sequence under Owen's nested uniform scrambling, addressed by index.
///
/// Each of the first 32 binary digits of a coordinate is flipped by a hash of the seed, the coordinate and all digits before it (Owen 1995;
/// the hash in place of a stored tree as in Laine and Karras 2011), so that the points keep the sequence's even spread and each is uniform.
final class ScrambledSobol {

  /// Direction numbers reach this far (Joe and Kuo 2008, as shipped with Commons Math).
  static final int LARGEST_DIMENSION = 1000;

  private static final int DIGITS = 32;

  private final SobolSequenceGenerator sequence;
  private final long[] keys;

  ScrambledSobol(int d, long seed) {
    if (!(d >= 1 && d <= LARGEST_DIMENSION)) {
      throw new IllegalArgumentException("Sobol points have 1 to " + LARGEST_DIMENSION + " coordinates, got " + d);
    }
    sequence = new SobolSequenceGenerator(d);
    keys = new long[d];
    for (int i = 0; i < d; i++) {
      keys[i] = Seeds.mix(seed, i);
    }
  }

  /// Point number `index`, from 0: d coordinates in (0, 1).
  double[] point(int index) {
    double[] x = sequence.skipTo(index);
    for (int i = 0; i < x.length; i++) {
      x[i] = scramble((long) (x[i] * (1L << DIGITS)), keys[i]);
    }
    return x;
  }

  private static double scramble(long digits, long key) {
    long scrambled = 0;
    for (int k = 1; k <= DIGITS; k++) {
      long prefix = digits >>> (DIGITS - k + 1);
      long flip = Seeds.mix(key + (1L << (k - 1)) + prefix) & 1;
      scrambled = (scrambled << 1) | (((digits >>> (DIGITS - k)) & 1) ^ flip);
    }
    return (scrambled + 0.5) / (1L << DIGITS);
  }
}
