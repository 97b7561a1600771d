/// What every command has in common: the command line itself, exit codes, where a command writes, how it is stopped, and configuration files whose
/// problems are all told at once, each with its line.
///
/// Commands write to their `Terminal` alone.
@NullMarked
package proxima.cli;

import org.jspecify.annotations.NullMarked;
