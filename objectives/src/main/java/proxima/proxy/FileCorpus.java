package proxima.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import proxima.space.Sha256;

/// A text file of the user's, byte by byte: the first 95 % to train on, the rest to validate on.
final class FileCorpus {

  private static final double TRAINING_SHARE = 0.95;

  /// Below this a validation part does not hold one window of the default length.
  private static final int SHORTEST = 2_000;

  /// 128 MiB, of which training takes five times as much memory: more than any proxy reads.
  private static final int LONGEST = 128 << 20;

  private FileCorpus() {}

  /// @throws IllegalArgumentException if the file is missing, too short, too long or binary.
  static Corpus read(Path path) {
    byte[] text = bytes(path);
    if (text.length < SHORTEST) {
      throw new IllegalArgumentException("text file " + path + " is too short: " + text.length + " bytes, at least " + SHORTEST + " are needed");
    }
    for (int i = 0; i < text.length; i++) {
      if (text[i] == 0) {
        throw new IllegalArgumentException("text file " + path + " is binary: byte " + i + " is NUL; give a text file");
      }
    }
    Symbols symbols = Symbols.of(text);
    if (symbols.count() < 2) {
      throw new IllegalArgumentException("text file " + path + " is one character repeated; give a text file");
    }
    int cut = (int) (text.length * TRAINING_SHARE);
    int[] tokens = symbols.encode(text);
    return new Corpus(
        "text file " + path, Arrays.copyOfRange(tokens, 0, cut), Arrays.copyOfRange(tokens, cut, tokens.length), symbols.count());
  }

  /// The first 16 digits of its SHA-256.
  static String digest(Path path) {
    return Sha256.of(bytes(path)).substring(0, 16);
  }

  private static byte[] bytes(Path path) {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("text file " + path + " is a directory; give a text file");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IllegalArgumentException("text file " + path + " is no regular file; give a text file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] text = in.readNBytes(LONGEST + 1);
      if (text.length > LONGEST) {
        throw new IllegalArgumentException("text file " + path + " is longer than " + (LONGEST >> 20) + " MiB; give a part of it");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("text file " + path + " does not exist", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("text file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
