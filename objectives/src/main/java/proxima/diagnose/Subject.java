package proxima.diagnose;

import proxima.objective.Objective;

/// What is trained.
///
/// @param name network, data, version: what decides a training beside its settings, its scale and its seed
public record Subject(String name, Objective objective) {}
