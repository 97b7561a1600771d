package proxima.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sections as one HTML page that loads nothing.
final class Html {

  private Html() {}

  /// @param under a line below the title
  static String page(String title, String under, List<Block.Section> sections) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>").append(escape(title)).append("</title>\n");
    page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n<h1>").append(escape(title)).append("</h1>\n");
    page.append("<p class=\"under\">").append(escape(under)).append("</p>\n<nav>");
    sections.forEach(s -> page.append("<a href=\"#").append(escape(s.id())).append("\">").append(escape(s.title())).append("</a>"));
    page.append("</nav>\n");
    for (Block.Section section : sections) {
      page.append("<section id=\"").append(escape(section.id())).append("\">\n<h2>").append(escape(section.title())).append("</h2>\n");
      page.append(blocks(section.blocks())).append("</section>\n");
    }
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  /// The inks, light ones on paper too, and the rules that use them.
  private static String style() {
    String light = ":root{" + Ink.declarations(false) + "}\n";
    String dark = "@media screen and (prefers-color-scheme:dark){:root{" + Ink.declarations(true) + "}}\n";
    try (InputStream rules = Objects.requireNonNull(Html.class.getResourceAsStream("page.css"), "page.css stands beside this class")) {
      return light + dark + new String(rules.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String blocks(List<Block> blocks) {
    return blocks.stream().map(b -> html(b) + "\n").collect(Collectors.joining());
  }

  private static String html(Block block) {
    return switch (block) {
      case Block.Text(String text) -> "<p>" + escape(text) + "</p>";
      case Block.Subtitle(String text) -> "<h3>" + escape(text) + "</h3>";
      case Block.Notice(String text) -> "<p class=\"notice\">" + escape(text) + "</p>";
      case Block.Bullets(List<String> items) ->
          items.stream().map(i -> "<li>" + escape(i) + "</li>").collect(Collectors.joining("", "<ul>", "</ul>"));
      case Block.Figure(Picture picture, String caption) ->
          "<figure><div>" + Svg.of(picture) + "</div>" + (caption.isEmpty() ? "" : "<figcaption>" + escape(caption) + "</figcaption>") + "</figure>";
      case Block.Table(List<String> header, List<List<String>> rows, boolean numeric, Set<Integer> strong) ->
          "<div class=\"table\"><table" + (numeric ? " class=\"n\"" : "") + "><thead>" + row("<tr>", "th", header) + "</thead><tbody>"
              + IntStream.range(0, rows.size()).mapToObj(i -> row(strong.contains(i) ? "<tr class=\"strong\">" : "<tr>", "td", rows.get(i)) + "\n").collect(Collectors.joining()) + "</tbody></table></div>";
      case Block.Tiles(List<Block.Tile> tiles) ->
          tiles.stream()
              .map(t -> "<div class=\"tile\"><span>" + escape(t.label()) + "</span><b>" + escape(t.value()) + " <i>" + escape(t.unit()) + "</i></b><span>" + escape(t.detail()) + "</span></div>")
              .collect(Collectors.joining("", "<div class=\"tiles\">", "</div>"));
      case Block.Verbatim(String text) -> "<pre>" + escape(text) + "</pre>";
      case Block.Folded(String summary, List<Block> inner) ->
          "<details><summary>" + escape(summary) + "</summary>\n" + blocks(inner) + "</details>";
    };
  }

  private static String row(String start, String cell, List<String> texts) {
    return texts.stream().map(t -> "<" + cell + ">" + escape(t) + "</" + cell + ">").collect(Collectors.joining("", start, "</tr>"));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
  }
}
