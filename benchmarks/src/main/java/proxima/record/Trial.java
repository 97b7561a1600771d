package proxima.record;

import proxima.space.Configuration;

/// A training to do.
///
/// @param configuration in the digits of a table
/// @param seed of initial values and data order
/// @param phase the name of the phase that it belongs to
record Trial(Configuration configuration, long seed, String phase) {}
