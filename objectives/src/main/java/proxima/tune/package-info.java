/// A tuning run end to end: its configuration, its phases, its report, and its commands.
///
/// | term | meaning |
/// |---|---|
/// | run folder | everything a run leaves: `config.yaml`, `study.db`, `trials.csv`, `result.json`, `report.html`, pictures |
/// | phase | one study of the run: `global`, `module`, `select`, `confirm` |
/// | setting | what a confirming trial trains with: `default`, `global` or `perModule` |
///
/// This package and `proxima.bench` alone print, by way of `proxima.cli`.
@NullMarked
package proxima.tune;

import org.jspecify.annotations.NullMarked;
