package proxima.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.chart.Shape.Stroke;
import proxima.chart.Shape.Vertex;

final class PageTest {

  @TempDir private Path folder;

  @Test
  void holdsStrokesSlantedLabelsAndStrongRows() throws IOException {
    Picture.Pen pen = Picture.pen();
    pen.curve(List.of(new Vertex(0, 0), new Vertex(9, 9)), Ink.PINK, 2, Stroke.DOTTED);
    pen.slanted(3, 4, "a <b>", true, Ink.TEXT);
    var table = new Block.Table(List.of("h"), List.of(List.of("plain"), List.of("strong")), false, Set.of(1));
    var sections = List.of(new Block.Section("s", "Section", List.of(new Block.Folded("more", List.of(new Block.Figure(pen.picture("drawn", 20, 10, "lines"), ""))), table)));
    String page = Files.readString(Page.write(folder, "Title", "under", sections));
    assertThat(page).contains("stroke-dasharray=\"2 3\"", "rotate(-40 3 4)", "a &lt;b&gt;", "<tr><td>plain", "<tr class=\"strong\"><td>strong");
    assertThat(Page.writePictures(folder, sections)).isEmpty();
    assertThat(folder.resolve("drawn.png")).isNotEmptyFile();
    assertThat(folder.resolve("report.html.part")).doesNotExist();
  }

  private static Block.Section pictures(Picture... pictures) {
    return new Block.Section("s", "Section", Arrays.stream(pictures).<Block>map(p -> new Block.Figure(p, "")).toList());
  }

  @Test
  void whatCanNotBeDrawnHasNoFileAndItsOwnReason() throws IOException {
    Picture good = Picture.pen().picture("good", 20, 10, "");
    Picture other = Picture.pen().picture("other", 20, 10, "");
    assertThat(Page.writePictures(folder, List.of(pictures(good, Picture.pen().picture("bad", 20, 10, ""), other)))).isEmpty();
    // No image is so narrow.
    Optional<String> why = Page.writePictures(folder, List.of(pictures(good, Picture.pen().picture("bad", -100, 10, ""), other)));
    assertThat(why).hasValueSatisfying(text -> assertThat(text).contains("Width (-152)").doesNotContain("fonts"));
    assertThat(folder.resolve("good.png")).isNotEmptyFile();
    assertThat(folder.resolve("bad.png")).doesNotExist();
    assertThat(folder.resolve("other.png")).doesNotExist();
  }

  /// As for the report of a command that was stopped.
  @Test
  void picturesAreWrittenWhileTheProcessEnds() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Ending.class.getName(), folder.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
    assertThat(folder.resolve("last.png")).isNotEmptyFile();
  }

  /// Draws when it is to end.
  static final class Ending {

    private Ending() {}

    public static void main(String[] arguments) {
      Picture.Pen pen = Picture.pen();
      pen.slanted(3, 4, "last words", true, Ink.TEXT);
      Picture picture = pen.picture("last", 20, 10, "");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        try {
          Page.writePictures(Path.of(arguments[0]), List.of(pictures(picture)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }));
    }
  }

  @Test
  void aPictureOfAnyNameIsAFileOfTheFolder() throws IOException {
    Picture.Pen pen = Picture.pen();
    pen.slanted(3, 4, "</text><script>alert(1)</script>", true, Ink.TEXT);
    var sections = List.of(new Block.Section("s\"><b>", "</h2><b>", List.of(new Block.Figure(pen.picture("a/../../b c", 20, 10, "\"><b>"), "</figcaption><b>"))));
    assertThat(Files.readString(Page.write(folder, "</title><b>", "</p><b>", sections))).doesNotContain("<b>", "<script");
    assertThat(Page.writePictures(folder, sections)).isEmpty();
    assertThat(folder.resolve("a_.._.._b_c.png")).isNotEmptyFile();
  }
}
