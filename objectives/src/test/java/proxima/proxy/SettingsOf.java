package proxima.proxy;

import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;

/// Global values on every module of a network, weight decay on matrices only.
final class SettingsOf {

  private SettingsOf() {}

  static ModuleSettings global(Network network, double learningRate) {
    return new ModuleSettings(network.modules().stream().map(m -> setting(m, learningRate)).toList());
  }

  private static ModuleSetting setting(Module m, double learningRate) {
    return new ModuleSetting(m, learningRate, m.role().isVector() ? 0 : 0.1, 0.9, 0.98, 1e-8, m.initStd().orElse(0), 1);
  }
}
