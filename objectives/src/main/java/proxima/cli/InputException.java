package proxima.cli;

import java.util.List;
import java.util.stream.Stream;
import proxima.space.OneLine;

/// Input that a user can mend, one line for each problem. The command line prints the lines and exits with 2.
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Lines: those that are more are counted.
  private static final int MOST = 1000;

  private final transient List<String> problems;

  /// @param problems whatever they quote, each becomes one line
  public InputException(List<String> problems) {
    Stream<String> more = problems.size() > MOST ? Stream.of("and " + (problems.size() - MOST) + " more") : Stream.of();
    List<String> lines = Stream.concat(problems.stream().limit(MOST), more).map(OneLine::of).toList();
    super(String.join(System.lineSeparator(), lines));
    this.problems = lines;
  }

  public InputException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
