package proxima.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A UTF-8 file read as a whole, up to a bound: a file that is longer is refused and not read further.
public final class TextFile {

  /// 3 MiB, of what a person writes, such as a configuration; a modules file of a model with a thousand layers has 1.
  private static final int WRITTEN = 3 << 20;

  /// 24 MiB, of what a program writes, such as a history: a million points of curves have 20. What is read of such a file takes up to 40 times as much memory.
  private static final int RECORDED = 24 << 20;

  /// What is said of a text that is longer.
  public static final String TOO_LONG = "would be longer than the " + (RECORDED >> 20) + " MiB that are read of it";

  private TextFile() {}

  /// What a person has written: a configuration, settings, a space, a suite.
  /// @throws InputException if there is no such file, it is no UTF-8 text or longer than 3 MiB.
  public static String written(Path file) {
    return read(file, WRITTEN);
  }

  /// What a program has written: a history, a result.
  /// @throws InputException if there is no such file, it is no UTF-8 text or longer than 24 MiB.
  public static String recorded(Path file) {
    return read(file, RECORDED);
  }

  /// Whether a text is longer than what is read of a recorded file: 24 MiB.
  public static boolean isTooLong(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > RECORDED;
  }

  /// Whether a text can be written to a file that is then read as a recorded one.
  /// @param mend what to do if it can not
  /// @throws InputException if it is longer than 24 MiB.
  public static void checkRecorded(Path file, String text, String mend) {
    if (isTooLong(text)) {
      throw new InputException(file + ": " + TOO_LONG + "; " + mend);
    }
  }

  /// Refuses what may have no end, such as a pipe that nobody writes to. One that a shell has made, as for `<(...)`, is read: it lies under `/dev`.
  /// @throws InputException if it is no regular file
  static void checkRegular(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file) && !file.startsWith("/dev")) {
      throw new InputException(file + ": is no regular file");
    }
  }

  private static String read(Path file, int most) {
    checkRegular(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new InputException(file + ": is longer than the " + (most >> 20) + " MiB that a file of its kind may have; is it the right file?");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file");
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": is not a UTF-8 text file");
    } catch (IOException e) {
      throw new InputException(file + ": can not be read: " + IoFault.text(e));
    }
  }
}
