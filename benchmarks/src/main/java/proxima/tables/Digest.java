package proxima.tables;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/// What tells a list of texts from every other: 32 hexadecimal digits of its SHA-256.
public final class Digest {

  private static final int BYTES = 16;

  private Digest() {}

  /// @param texts without line ends
  public static String of(Stream<String> texts) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      texts.forEachOrdered(t -> hash.update((t + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(hash.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
