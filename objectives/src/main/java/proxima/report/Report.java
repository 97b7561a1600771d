package proxima.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.chart.Block;
import proxima.chart.Page;
import proxima.strategy.Agreement;

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
    Map<String, List<Agreement>> agreements = Lessons.agreements(data);
    Lessons.section(data, agreements).ifPresent(sections::add);
    Beside.section(data).ifPresent(sections::add);
    sections.add(Sensitivity.section(model));
    sections.add(Slices.section(data, model));
    sections.add(Trouble.section(data));
    sections.add(TimeSpent.section(data));
    List<String> notes = new ArrayList<>(Lessons.notes(data, agreements));
    Page.writePictures(folder, sections).ifPresent(notes::add);
    sections.add(Origins.section(data, notes));
    return Page.write(folder, data.title(), data.scale(), sections);
  }

  /// Of the phase that tunes modules, or of the first one until that has enough trials.
  private static Optional<Surrogate> model(ReportData data) {
    return data.tuned().or(() -> data.searches().stream().findFirst()).flatMap(p -> Surrogate.of(p.study()));
  }
}
