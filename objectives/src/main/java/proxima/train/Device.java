package proxima.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where trainings run.
///
/// @param number of a GPU among those of this host, from 0; 0 for the others
public record Device(Kind kind, int number) {

  /// What it is.
  public enum Kind {
    /// A GPU where the natives and a device are present, else the CPU.
    AUTO,
    CPU,
    GPU
  }

  public static final Device AUTO = new Device(Kind.AUTO, 0);
  public static final Device CPU = new Device(Kind.CPU, 0);
  public static final Device GPU = new Device(Kind.GPU, 0);

  private static final Pattern NUMBERED = Pattern.compile("gpu:(\\d{1,4})");

  public Device {
    if (!(number >= 0)) {
      throw new IllegalArgumentException("a GPU's number is >= 0, got " + number);
    }
  }

  /// `auto`, `cpu`, `gpu`, which is the first one, or `gpu:3`.
  /// @throws IllegalArgumentException if there is no device of that name.
  public static Device of(String id) {
    Matcher numbered = NUMBERED.matcher(id);
    if (numbered.matches()) {
      return new Device(Kind.GPU, Integer.parseInt(numbered.group(1)));
    }
    return switch (id) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "gpu" -> GPU;
      default -> throw new IllegalArgumentException("device must be auto, cpu, gpu or gpu:NUMBER, got '" + id + "'");
    };
  }
}
