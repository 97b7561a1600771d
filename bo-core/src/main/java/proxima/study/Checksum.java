package proxima.study;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The CRC-32C (RFC 3720, B.4) of texts that belong together, such as an event and its place. It tells every change of up to 32 bits in a row, and others but for one in four thousand million.
public final class Checksum {

  /// Between two texts: a byte that no UTF-8 has.
  private static final int BETWEEN = 0xff;

  private Checksum() {}

  public static int of(String... texts) {
    CRC32C crc = new CRC32C();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      crc.update(bytes, 0, bytes.length);
      crc.update(BETWEEN);
    }
    return (int) crc.getValue();
  }
}
