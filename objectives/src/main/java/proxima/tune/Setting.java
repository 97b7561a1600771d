package proxima.tune;

import proxima.module.Factors;
import proxima.module.Hyperparameters;

/// What a training is set to, in base coordinates.
record Setting(Hyperparameters hyperparameters, Factors factors) {}
