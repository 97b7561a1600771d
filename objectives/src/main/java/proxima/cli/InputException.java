package proxima.cli;

import java.util.List;

/// Input that a user can mend, one line for each problem. The command line prints the lines and exits with 2.
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public InputException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  public InputException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
