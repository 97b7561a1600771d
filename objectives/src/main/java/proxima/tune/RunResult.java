package proxima.tune;

import java.util.Map;
import java.util.Optional;
import proxima.space.Configuration;

/// What a tuning run found.
///
/// @param estimates final losses by setting, over fresh seeds: `default`, `global` and `perModule`, or only `best` in a run without
///     modules; a setting all of whose trainings diverged is absent
/// @param seeds how many each was trained with; an estimate has fewer values where some have no loss
/// @param best the recommended configuration: global values and factors by name
/// @param setting the recommendation as values; empty in a run without modules
/// @param global the best global values, with no factors; empty in a run without modules
record RunResult(String study, Map<String, Estimate> estimates, int seeds, Configuration best, Optional<Setting> setting, Optional<Setting> global) {}
