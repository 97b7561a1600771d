package proxima.scaling;

import proxima.module.Network;

/// A family of networks of one shape: the modules it has at each scale.
public interface Architecture {

  /// @throws IllegalArgumentException if there is no such network, such as a width that the heads do not divide.
  Network at(Scale scale);
}
