package proxima.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxima.chart.Block;
import proxima.chart.Page;

/// The page of a check: its sections, and where the numbers come from.
final class CheckPage {

  private CheckPage() {}

  static Path write(Path folder, String title, CheckOrigin origin, List<Block.Section> checks) throws IOException {
    Files.createDirectories(folder);
    for (String kind : List.of("coordinates", "transfer", "sharpness", "critical")) {
      for (ScaleAxis axis : ScaleAxis.values()) {
        // Of an earlier check, along an axis that this one may not have.
        Files.deleteIfExists(folder.resolve(kind + "-" + axis.id() + ".png"));
      }
    }
    List<Block.Section> sections = new ArrayList<>(checks);
    List<Block> how = new ArrayList<>();
    List<String> lines = new ArrayList<>(origin.lines());
    Page.writePictures(folder, sections).ifPresent(lines::add);
    lines.addAll(origin.versions());
    how.add(new Block.Bullets(lines));
    how.add(new Block.Folded("The configuration", List.of(new Block.Verbatim(origin.configuration()))));
    sections.add(new Block.Section("origin", "How this was made", how));
    return Page.write(folder, title, origin.heading(), sections);
  }
}
