package proxima.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The reader of suites, which is of its package alone, for tests that spoil them.
public final class SuiteReaders {

  private static final List<Contender> CONTENDERS = Stream.concat(Contenders.strategies().stream(), Contenders.learners().stream()).toList();

  private SuiteReaders() {}

  /// @param tables the folder of recorded tables
  public static void suite(Path file, Path tables) {
    SuiteReader.read(file, CONTENDERS, List.of(tables));
  }
}
