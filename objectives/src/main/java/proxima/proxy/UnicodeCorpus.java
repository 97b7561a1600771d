package proxima.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.StringTokenizer;
import proxima.space.Sha256;

/// The names that the JDK holds of the characters assigned in Unicode 13.0, one a line, in a fixed random order.
///
/// Names never change once given (Unicode's stability policy), so every later JDK makes the same corpus.
final class UnicodeCorpus {

  /// Distinct characters of the corpus.
  static final int VOCABULARY = 39;

  static final String SHA_256 = "177eb63166074338987bd28209b02424dc6662ac9c74a3f978b534c60fc208c7";

  private static final double TRAINING_SHARE = 0.95;

  private UnicodeCorpus() {}

  /// @throws IllegalStateException if this JDK's names differ.
  static Corpus make() {
    List<String> names = names();
    Collections.shuffle(names, new Random(0));
    byte[] text = bytes(names);
    String digest = Sha256.of(text);
    if (!digest.equals(SHA_256)) {
      throw new IllegalStateException(
          "the Unicode names of this JDK (" + Runtime.version() + ") make a corpus of SHA-256 " + digest + ", expected " + SHA_256
              + "; use another JDK or data: {text: path}");
    }
    int cut = (int) (names.size() * TRAINING_SHARE);
    Symbols symbols = Symbols.of(text);
    int[] training = symbols.encode(bytes(names.subList(0, cut)));
    int[] validation = symbols.encode(bytes(names.subList(cut, names.size())));
    return new Corpus("the Unicode-names corpus", training, validation, symbols.count());
  }

  private static byte[] bytes(List<String> lines) {
    var text = new StringBuilder();
    lines.forEach(l -> text.append(l).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// By code point.
  private static List<String> names() {
    List<String> names = new ArrayList<>();
    var ranges = new StringTokenizer(ranges());
    while (ranges.hasMoreTokens()) {
      String range = ranges.nextToken();
      int dash = range.indexOf('-');
      int start = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
      int end = dash < 0 ? start : Integer.parseInt(range.substring(dash + 1), 16);
      for (int c = start; c <= end; c++) {
        names.add(String.valueOf(Character.getName(c)));
      }
    }
    return names;
  }

  private static String ranges() {
    try (InputStream in = UnicodeCorpus.class.getResourceAsStream("unicode-13.txt")) {
      if (in == null) {
        throw new IllegalStateException("the resource unicode-13.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
