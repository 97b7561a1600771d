package proxima.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes the report of a tuning run.
public final class Report {

  private Report() {}

  /// Writes `report.html`, which loads nothing, and its pictures as PNG files beside it. Earlier ones are replaced.
  ///
  /// A machine without fonts gets no PNG files; the report has its pictures all the same, and says so.
  ///
  /// @return the HTML file
  /// @throws IOException if a file cannot be written
  public static Path write(Path folder, ReportData data) throws IOException {
    Files.createDirectories(folder);
    Optional<Surrogate> model = model(data);
    List<Block.Section> sections = new ArrayList<>();
    sections.add(Headline.section(data));
    sections.add(Movement.section(data, model.filter(m -> ModuleFactors.isOfFactors(m.space()))));
    sections.add(History.section(data));
    sections.add(Sensitivity.section(model));
    sections.add(Slices.section(data, model));
    sections.add(Trouble.section(data));
    sections.add(TimeSpent.section(data));
    List<String> notes = new ArrayList<>();
    Png.write(folder, pictures(sections)).ifPresent(why -> notes.add("The pictures could not be written as PNG files, for want of fonts on this machine: " + why));
    sections.add(Origins.section(data, notes));
    Path file = folder.resolve("report.html");
    Path unfinished = folder.resolve("report.html.part");
    Files.writeString(unfinished, Html.page(data.title(), data.scale(), sections));
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Of the phase that tunes modules, or of the first one until that has enough trials.
  private static Optional<Surrogate> model(ReportData data) {
    return data.tuned().or(() -> data.searches().stream().findFirst()).flatMap(p -> Surrogate.of(p.study()));
  }

  private static List<Picture> pictures(List<Block.Section> sections) {
    return sections.stream().flatMap(s -> s.blocks().stream()).flatMap(Report::pictures).toList();
  }

  private static Stream<Picture> pictures(Block block) {
    return switch (block) {
      case Block.Figure(Picture picture, _) -> Stream.of(picture);
      case Block.Folded(_, List<Block> blocks) -> blocks.stream().flatMap(Report::pictures);
      case Block.Text _, Block.Subtitle _, Block.Notice _, Block.Bullets _, Block.Table _, Block.Tiles _, Block.Verbatim _ -> Stream.of();
    };
  }
}
