/// Recorded evaluations of other projects, brought into the form that `TableFolder` reads.
///
/// | layout | source |
/// |---|---|
/// | HPO-B | Pineda Arango, Jomaa, Wistuba and Grabocka 2021, arXiv 2106.06257 |
/// | LCBench | Zimmer, Lindauer and Hutter 2021, arXiv 2006.13799 |
/// | YAHPO Gym | Pfisterer, Schneider, Moosbauer, Binder and Bischl 2022, arXiv 2109.03670 |
///
/// Files are read in a stream: they may be larger than memory.
@NullMarked
package proxima.importer;

import org.jspecify.annotations.NullMarked;
