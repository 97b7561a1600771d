package proxima.cli;

/// What runs: Proxima and the things below it that bear on results.
public final class Version {

  public static final String PROXIMA = "0.1.0";

  private Version() {}

  public static String[] lines() {
    return new String[] {
      "proxima " + PROXIMA,
      "JDK " + Runtime.version() + " (25.0.3 or later, whose collectors keep pinned arrays in place)",
      "DJL 0.32.0, PyTorch 2.5.1, OpenBLAS 0.3.30"
    };
  }
}
