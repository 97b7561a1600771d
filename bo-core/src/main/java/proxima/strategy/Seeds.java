package proxima.strategy;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Independent random streams from whole numbers.
public final class Seeds {

  private Seeds() {}

  /// A seed that depends on every part and on their order (SplitMix64's finalizer, Steele et al. 2014, chained).
  public static long mix(long... parts) {
    long hash = 0;
    for (long part : parts) {
      hash = finish(hash + 0x9e3779b97f4a7c15L + finish(part));
    }
    return hash;
  }

  /// A generator seeded with `mix(parts)`.
  public static RandomGenerator random(long... parts) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(mix(parts));
  }

  private static long finish(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
