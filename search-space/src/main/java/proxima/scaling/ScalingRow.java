package proxima.scaling;

import java.util.Set;
import proxima.module.Hyperparameter;
import proxima.module.ModuleRole;

/// One row of a scaling table: how one hyperparameter of some roles follows the ratios target / base.
///
/// The exponents are of the value itself, for the betas of 1 - beta, for the initial values of their standard deviation.
///
/// @param source where the row is from
public record ScalingRow(Set<ModuleRole> roles, Hyperparameter hyperparameter, Exponents exponents, String source) {

  public ScalingRow {
    roles = Set.copyOf(roles);
  }
}
