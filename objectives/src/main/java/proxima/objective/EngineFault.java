package proxima.objective;

/// What a training engine can not do, as where the device has no memory left; it says nothing of the settings that were trained.
public final class EngineFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EngineFault(String message, Throwable cause) {
    super(message, cause);
  }
}
