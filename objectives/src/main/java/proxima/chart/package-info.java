/// Pictures and the page they stand on: one HTML file that loads nothing, follows light and dark surroundings, and has its pictures as PNG files beside it.
///
/// | word | meaning |
/// |---|---|
/// | picture, shape, ink | vector graphics, written as SVG into the page and as PNG beside it |
/// | pen | collects the shapes of a picture |
/// | block, section | a piece of the page: text, table, figure; blocks under one heading |
///
/// All text is escaped where blocks become HTML, nowhere else. A page depends on its blocks alone: same blocks, same bytes.
@NullMarked
package proxima.chart;

import org.jspecify.annotations.NullMarked;
