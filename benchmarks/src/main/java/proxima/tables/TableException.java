package proxima.tables;

/// A recorded table can not be used; the message says where and why.
public final class TableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public TableException(String message) {
    super(message);
  }
}
