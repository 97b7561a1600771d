/// The report of a tuning run: one HTML file that needs nothing else, and its pictures as PNG files beside it.
///
/// | word | meaning |
/// |---|---|
/// | phase | one study of a run: `global`, `module` or `search`, then `select` and `confirm`, which train known settings again |
/// | setting | what is compared in the end: `default`, `global`, `perModule`, or `best` where there are no modules |
/// | factor | what a module multiplies a global value by; octaves are its log2 |
/// | picture, shape, ink | vector graphics, written as SVG into the page and as PNG beside it |
/// | block | a piece of the page: text, table, figure |
///
/// All text is escaped where blocks become HTML, nowhere else. The page depends on its data alone: same data, same bytes.
@NullMarked
package proxima.report;

import org.jspecify.annotations.NullMarked;
