package proxima.bench;

/// A recorded table can not be used; the message says where and why.
final class TableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TableException(String message) {
    super(message);
  }
}
