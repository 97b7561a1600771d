package proxima.module;

import java.util.List;

/// One setting for each module of a network, in the network's order: everything that per-module training needs.
public record ModuleSettings(List<ModuleSetting> settings) {

  public ModuleSettings {
    settings = List.copyOf(settings);
  }

  public Network network() {
    return new Network(settings.stream().map(ModuleSetting::module).toList());
  }

  /// This, where a step leaves something of every weight.
  /// @throws IllegalArgumentException naming the first module whose rate times decay is 1 or more.
  public ModuleSettings checkDecay() {
    settings.forEach(ModuleSetting::checkDecay);
    return this;
  }

  /// @throws IllegalArgumentException if there is no module of that name.
  public ModuleSetting of(String module) {
    return settings.stream()
        .filter(s -> s.module().name().equals(module))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no setting for module '" + module + "'"));
  }
}
