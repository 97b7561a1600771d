package proxima.chart;

import java.util.List;
import java.util.Set;

/// A piece of the page. Its texts are plain: what has a meaning in HTML is escaped when the page is written.
public sealed interface Block {

  record Text(String text) implements Block {}

  record Subtitle(String text) implements Block {}

  /// Something a reader must not miss.
  record Notice(String text) implements Block {}

  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /// @param caption how to read the picture; may be empty
  record Figure(Picture picture, String caption) implements Block {}

  /// @param numeric whether columns from the second on hold numbers
  /// @param strong numbers of the rows that are set in bold
  record Table(List<String> header, List<List<String>> rows, boolean numeric, Set<Integer> strong) implements Block {
    public Table {
      header = List.copyOf(header);
      rows = rows.stream().map(List::copyOf).toList();
      strong = Set.copyOf(strong);
    }

    public Table(List<String> header, List<List<String>> rows, boolean numeric) {
      this(header, rows, numeric, Set.of());
    }
  }

  /// A few numbers in large type.
  record Tiles(List<Tile> tiles) implements Block {
    public Tiles {
      tiles = List.copyOf(tiles);
    }
  }

  record Tile(String label, String value, String unit, String detail) {}

  /// Text whose line breaks count.
  record Verbatim(String text) implements Block {}

  /// Blocks that a reader opens.
  record Folded(String summary, List<Block> blocks) implements Block {
    public Folded {
      blocks = List.copyOf(blocks);
    }
  }

  /// Blocks under one heading.
  record Section(String id, String title, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }
  }
}
