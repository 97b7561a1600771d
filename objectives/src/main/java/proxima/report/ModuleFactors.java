package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.module.Hyperparameter;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;

/// The factors of a configuration as a table: a row for each module type, branch or block, a column for each hyperparameter.
///
/// Factors of blocks are divided by their geometric mean, as what they share has no effect.
///
/// @param rows in the network's order, then branches, shared factors and blocks
/// @param columns of hyperparameters, by their names in parameters
/// @param octaves log2 factors by parameter name
/// @param reach the largest log2 factor of the space
record ModuleFactors(List<String> rows, List<String> columns, Map<String, Double> octaves, double reach) {

  private static final List<String> GROUPS = List.of("type", "branch", "all", "block");

  /// Empty where the space is not one of factors: log-scale parameters `row/column`, the centre of the cube being 1.
  static Optional<ModuleFactors> of(SearchSpace space, Configuration configuration) {
    if (!isOfFactors(space)) {
      return Optional.empty();
    }
    Map<String, List<String>> byColumn = new LinkedHashMap<>();
    List<String> rows = new ArrayList<>();
    Map<String, Double> octaves = new LinkedHashMap<>();
    double reach = 0;
    for (Parameter p : space.parameters()) {
      String row = row(p.name());
      if (!rows.contains(row)) {
        rows.add(row);
      }
      byColumn.computeIfAbsent(column(p.name()), _ -> new ArrayList<>()).add(p.name());
      octaves.put(p.name(), log2(configuration.real(p.name())));
      reach = Math.max(reach, log2(((RealParameter) p).high()));
    }
    for (List<String> names : byColumn.values()) {
      List<String> blocks = names.stream().filter(n -> isBlock(row(n))).toList();
      double mean = blocks.stream().mapToDouble(octaves::get).average().orElse(0);
      blocks.forEach(n -> octaves.merge(n, -mean, Double::sum));
    }
    List<String> columns = new ArrayList<>();
    for (var h : Hyperparameter.values()) {
      if (byColumn.containsKey(h.id())) {
        columns.add(h.id());
      }
    }
    byColumn.keySet().stream().filter(c -> !columns.contains(c)).forEach(columns::add);
    rows.sort(Comparator.comparingInt(r -> GROUPS.indexOf(group(octaves, r))));
    return Optional.of(new ModuleFactors(rows, columns, octaves, reach));
  }

  static boolean isOfFactors(SearchSpace space) {
    return space.parameters().stream().allMatch(ModuleFactors::isFactor);
  }

  static boolean isFactor(Parameter p) {
    return p instanceof RealParameter r && r.log() && r.condition().isEmpty() && r.name().indexOf('/') > 0 && Math.abs(log2(r.low()) + log2(r.high())) < 1e-6;
  }

  /// What a row is of: `type`, `branch` (it has a multiplier alone), `all` or `block`.
  String group(String row) {
    return group(octaves, row);
  }

  private static String group(Map<String, Double> octaves, String row) {
    return isBlock(row)
        ? "block"
        : row.equals("all") ? "all" : octaves.keySet().stream().filter(n -> row(n).equals(row)).allMatch(n -> column(n).equals("multiplier")) ? "branch" : "type";
  }

  static boolean isBlock(String row) {
    return row.matches("block\\.\\d+");
  }

  static String row(String parameter) {
    return parameter.substring(0, parameter.lastIndexOf('/'));
  }

  static String column(String parameter) {
    return parameter.substring(parameter.lastIndexOf('/') + 1);
  }

  private static double log2(double v) {
    return Math.log(v) / Math.log(2);
  }
}
