package proxima.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The problems found in one file, so that a user sees all of them at once.
public final class Problems {

  private record Problem(int line, String path, String text) {}

  private final Path file;
  private final String shown;
  private final List<Problem> found = new ArrayList<>();

  public Problems(Path file) {
    this(file, file.toString());
  }

  /// @param shown what users know the file by
  public Problems(Path file, String shown) {
    this.file = file;
    this.shown = shown;
  }

  public Path file() {
    return file;
  }

  /// @param line counted from 1
  /// @param path keys from the top of the file, joined by dots
  public void add(int line, String path, String message) {
    found.add(new Problem(line, path, shown + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// Whether something is wrong with what stands at one of these keys or below it.
  public boolean concern(String... keys) {
    return Arrays.stream(keys).anyMatch(key -> found.stream().anyMatch(p -> (p.path + ".").startsWith(key + ".")));
  }

  /// @throws InputException with a line for each problem, in the file's order, if there are any.
  public void check() {
    check(Integer.MAX_VALUE);
  }

  /// As `check()`, with the first `most` problems alone and how many more there are.
  public void check(int most) {
    List<String> texts = found.stream().sorted(Comparator.comparingInt(Problem::line)).map(Problem::text).distinct().toList();
    if (!texts.isEmpty()) {
      Stream<String> more = texts.size() > most ? Stream.of(shown + ": and " + (texts.size() - most) + " more like these") : Stream.of();
      throw new InputException(Stream.concat(texts.stream().limit(most), more).toList());
    }
  }
}
