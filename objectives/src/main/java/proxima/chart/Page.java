package proxima.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes `report.html` and its pictures into a folder, over earlier ones.
public final class Page {

  private Page() {}

  /// Writes the page. Whoever looks at it meanwhile sees the old one or the new one.
  ///
  /// @param under a line below the title
  /// @return the file
  public static Path write(Path folder, String title, String under, List<Block.Section> sections) throws IOException {
    Path file = folder.resolve("report.html");
    Path unfinished = folder.resolve("report.html.part");
    Files.writeString(unfinished, Html.page(title, under, sections));
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Writes the sections' pictures as PNG files, over earlier ones. Where one can not be drawn, as on a machine without fonts, it and those after it have no file, not even an earlier one; the page has its
  /// pictures all the same.
  ///
  /// @return why some have none, in a sentence; empty where all were written
  public static Optional<String> writePictures(Path folder, List<Block.Section> sections) throws IOException {
    return Png.write(folder, sections.stream().flatMap(s -> s.blocks().stream()).flatMap(Page::pictures).toList())
        .map(why -> "Not all pictures could be written as PNG files: " + why);
  }

  private static Stream<Picture> pictures(Block block) {
    return switch (block) {
      case Block.Figure(Picture picture, _) -> Stream.of(picture);
      case Block.Folded(_, List<Block> blocks) -> blocks.stream().flatMap(Page::pictures);
      case Block.Text _, Block.Subtitle _, Block.Notice _, Block.Bullets _, Block.Table _, Block.Tiles _, Block.Verbatim _ -> Stream.of();
    };
  }
}
