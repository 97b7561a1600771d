package proxima.diagnose;

import java.util.Optional;
import proxima.proxy.Experts;
import proxima.scaling.Scale;

/// How large a model and its training are: the scale, and the mixture of experts in the model.
///
/// @param experts empty where the model has none
public record Size(Scale scale, Optional<Experts> experts) {

  /// Of a model without experts.
  public static Size of(Scale scale) {
    return new Size(scale, Optional.empty());
  }

  Size with(Scale other) {
    return new Size(other, experts);
  }

  Size with(Experts other) {
    return new Size(scale, Optional.of(other));
  }

  /// @throws IllegalArgumentException if the model has none.
  Experts mixture() {
    return experts.orElseThrow(() -> new IllegalArgumentException("the model has no experts"));
  }

  @Override
  public String toString() {
    return scale + experts.map(e -> ",experts=" + e.count() + ",granularity=" + e.granularity()).orElse("");
  }
}
