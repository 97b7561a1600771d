package proxima.tables;

import java.util.List;

/// A recorded table can not be used; each problem says where and why.
public final class TableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public TableException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  public TableException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
