/// Recorded tables of configurations and their losses: read from folders, and imported from what others have recorded.
///
/// Sources of the layouts: HPO-B, Pineda Arango et al. 2021 (arXiv 2106.06257); LCBench, Zimmer, Lindauer and Hutter 2021 (arXiv 2006.13799);
/// YAHPO Gym, Pfisterer et al. 2022 (arXiv 2109.03670).
@NullMarked
package proxima.tables;

import org.jspecify.annotations.NullMarked;
