package proxima.objective;

import proxima.module.ModuleSettings;
import proxima.scaling.Scale;
import proxima.space.Configuration;

/// One training to do.
///
/// @param id unique in its run, such as `module-17`; fit for a file name
/// @param configuration what the study asked for
/// @param settings the values of every module at `scale`; no module where the run tunes no modules
/// @param scale size of the model and of the training
/// @param seed of initial values and data order
public record Job(String id, Configuration configuration, ModuleSettings settings, Scale scale, long seed) {}
