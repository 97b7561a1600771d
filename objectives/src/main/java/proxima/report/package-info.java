/// The report of a tuning run: one HTML file that needs nothing else, and its pictures as PNG files beside it.
///
/// | word | meaning |
/// |---|---|
/// | phase | one study of a run: `global`, `module` or `search`, then `select` and `confirm`, which train known settings again |
/// | setting | what is compared in the end: `default`, `global`, `perModule`, or `best` where there are no modules |
/// | factor | what a module multiplies a global value by; octaves are its log2 |
/// | grey, amber, blue | the inks of the default, of tuned global values, and of values tuned per module and of trials; red ones diverged |
/// | orange, cobalt | factors above and below 1 |
///
/// The page depends on its data alone: same data, same bytes.
@NullMarked
package proxima.report;

import org.jspecify.annotations.NullMarked;
