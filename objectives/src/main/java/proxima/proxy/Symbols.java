package proxima.proxy;

import java.util.Arrays;

/// The distinct bytes of a text, numbered in their order.
final class Symbols {

  private final int[] number = new int[256];
  private final int count;

  private Symbols(boolean[] seen) {
    Arrays.fill(number, -1);
    int n = 0;
    for (int b = 0; b < seen.length; b++) {
      if (seen[b]) {
        number[b] = n++;
      }
    }
    count = n;
  }

  static Symbols of(byte[] text) {
    boolean[] seen = new boolean[256];
    for (byte b : text) {
      seen[b & 0xff] = true;
    }
    return new Symbols(seen);
  }

  int count() {
    return count;
  }

  int[] encode(byte[] text) {
    int[] tokens = new int[text.length];
    for (int i = 0; i < text.length; i++) {
      tokens[i] = number[text[i] & 0xff];
    }
    return tokens;
  }
}
