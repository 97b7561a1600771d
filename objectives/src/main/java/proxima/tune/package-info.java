/// A tuning run end to end: its configuration, its phases, its report, and its commands.
///
/// | term | meaning |
/// |---|---|
/// | run folder | everything a run leaves: `config.yaml`, `study.db`, `log.csv`, `result.json`, `report.html`, pictures |
/// | phase | one study of the run: `global` and `module`, or `search` of a command's own parameters; then `select`, `confirm` |
/// | setting | what a confirming trial trains with: `default`, `global` or `perModule`; `best` of a command's own parameters |
///
/// What commands say they say by way of `proxima.cli`.
@NullMarked
package proxima.tune;

import org.jspecify.annotations.NullMarked;
