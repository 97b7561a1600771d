package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;

/// Initial values: 1 for vectors, normal with the module's standard deviation for the rest.
final class Initial {

  private Initial() {}

  /// In the network's order, in one vector.
  static NDArray values(NDManager manager, ModuleSettings settings, RandomGenerator random, DataType type) {
    long size = settings.settings().stream().mapToLong(s -> Layout.size(s.module())).sum();
    float[] values = new float[Math.toIntExact(size)];
    int i = 0;
    for (ModuleSetting s : settings.settings()) {
      Module module = s.module();
      int end = i + Math.toIntExact(Layout.size(module));
      while (i < end) {
        values[i++] = module.role().isVector() ? 1 : (float) (s.initStd() * random.nextGaussian());
      }
    }
    return manager.create(values, new Shape(values.length)).toType(type, false);
  }
}
