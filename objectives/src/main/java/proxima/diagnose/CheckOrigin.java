package proxima.diagnose;

import java.util.List;

/// What a report says of where its numbers come from.
///
/// @param name of the configuration
/// @param heading what it stands under: `optimizer muon, table mup`
/// @param lines how it was run
/// @param configuration the text of the configuration file
/// @param versions of what ran
public record CheckOrigin(String name, String heading, List<String> lines, String configuration, List<String> versions) {

  public CheckOrigin {
    lines = List.copyOf(lines);
    versions = List.copyOf(versions);
  }
}
