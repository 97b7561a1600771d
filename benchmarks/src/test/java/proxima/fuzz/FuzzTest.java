package proxima.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a file, it is read, or refused by lines that a user can read: soon, within little memory, without a stack trace.
final class FuzzTest {

  @TempDir private static Path shared;
  @TempDir private Path folder;

  static List<Kind> kinds() throws IOException {
    return new Kinds(Files.createDirectories(shared)).all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void hundredsOfSpoiltInputsAreReadOrRefused(Kind kind) throws IOException, InterruptedException {
    check(kind, 1, 300);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void tenThousandSpoiltInputsAreReadOrRefused(Kind kind) throws IOException, InterruptedException {
    check(kind, Long.getLong("fuzz.seed", 2), 10_000);
  }

  private void check(Kind kind, long seed, int count) throws IOException, InterruptedException {
    Fuzz.Tally tally = new Fuzz(kind, folder).run(seed, count);
    System.out.println(tally);
    assertThat(tally.faults()).isEmpty();
    assertThat(tally.accepted()).as("accepted").isPositive();
    assertThat(tally.refused()).as("refused").isPositive();
  }
}
