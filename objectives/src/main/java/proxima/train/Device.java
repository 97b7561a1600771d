package proxima.train;

import java.util.Arrays;
import java.util.Locale;

/// Where trainings run.
public enum Device {
  /// A GPU where the natives and a device are present, else the CPU.
  AUTO,
  CPU,
  GPU;

  /// Its name in files.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is no device of that name.
  public static Device of(String id) {
    return Arrays.stream(values())
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("device must be auto, cpu or gpu, got '" + id + "'"));
  }
}
