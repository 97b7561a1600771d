package proxima.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxima.chart.Block;
import proxima.chart.Page;

/// Writes the report of what is learned from earlier runs, before a new one.
public final class LearnedReport {

  private LearnedReport() {}

  /// Writes `report.html` and its pictures as PNG files beside it. Earlier ones are replaced.
  ///
  /// @param under a line below the title
  /// @param leftOut a line for each source that could not be read
  /// @return the HTML file
  /// @throws IOException if a file cannot be written
  public static Path write(Path folder, String title, String under, List<Lesson> lessons, List<String> leftOut) throws IOException {
    Files.createDirectories(folder);
    List<Block.Section> sections = new ArrayList<>(lessons.stream().map(Lessons::section).toList());
    if (!leftOut.isEmpty()) {
      sections.add(new Block.Section("left-out", "Sources left out", List.of(new Block.Bullets(leftOut))));
    }
    Page.writePictures(folder, sections).ifPresent(note -> sections.add(new Block.Section("notes", "Notes", List.of(new Block.Text(note)))));
    return Page.write(folder, title, under, sections);
  }
}
