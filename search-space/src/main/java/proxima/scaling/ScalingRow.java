package proxima.scaling;

import java.util.Set;
import proxima.module.Hyperparameter;
import proxima.module.ModuleRole;
import proxima.module.UpdateRule;

/// One row of a scaling table: how one hyperparameter of some roles follows the ratios target / base.
///
/// The exponents are of the value itself, for the decays of moving averages of 1 - beta, for the initial values of their standard deviation.
///
/// @param rules that move the modules it holds for
/// @param source where the row is from
public record ScalingRow(Set<UpdateRule> rules, Set<ModuleRole> roles, Hyperparameter hyperparameter, Exponents exponents, String source) {

  public ScalingRow {
    rules = Set.copyOf(rules);
    roles = Set.copyOf(roles);
  }

  boolean holds(UpdateRule rule, ModuleRole role, Hyperparameter h) {
    return hyperparameter == h && roles.contains(role) && rules.contains(rule);
  }

  /// Whether both speak of one value.
  boolean meets(ScalingRow other) {
    return hyperparameter == other.hyperparameter && roles.stream().anyMatch(other.roles::contains) && rules.stream().anyMatch(other.rules::contains);
  }
}
