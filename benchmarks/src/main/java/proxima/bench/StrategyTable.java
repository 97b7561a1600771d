package proxima.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import proxima.strategy.CmaEs;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.RandomStrategy;
import proxima.strategy.Strategy;
import proxima.strategy.TrustRegionRandom;

/// Prints mean regret of strategies on synthetic functions after half and all of the trials, over paired seeds.
///
/// Every strategy but the purely random one starts from the same 20 Sobol points of the cube. Arguments: trials, number of seeds, function names (comma-separated), strategy names (comma-separated).
public final class StrategyTable {

  private static final int DESIGN = 20;

  private static final Map<String, LongFunction<SyntheticFunction>> FUNCTIONS = new LinkedHashMap<>();
  private static final Map<String, Strategy> STRATEGIES = new LinkedHashMap<>();

  static {
    FUNCTIONS.put("cliff", SyntheticFunctions::cliff);
    FUNCTIONS.put("quadratic", seed -> SyntheticFunctions.quadratic(60, seed));
    FUNCTIONS.put("levy", _ -> SyntheticFunctions.levy(20));
    FUNCTIONS.put("ackley", _ -> SyntheticFunctions.ackley(20));
    FUNCTIONS.put("hartmann", seed -> SyntheticFunctions.hartmann(60, seed));
    STRATEGIES.put("random", new RandomStrategy());
    STRATEGIES.put("trust-region", new TrustRegionRandom(InitialDesign.cube(DESIGN), 0.125));
    STRATEGIES.put("cma-es", new CmaEs(InitialDesign.cube(DESIGN), 0.2));
    STRATEGIES.put("gp-general", new GpStrategy(InitialDesign.cube(DESIGN), GpOptions.general()));
    STRATEGIES.put("gp-smooth", new GpStrategy(InitialDesign.cube(DESIGN), GpOptions.smooth()));
  }

  private StrategyTable() {}

  public static void main(String[] arguments) {
    int trials = Integer.parseInt(arguments[0]);
    int seeds = Integer.parseInt(arguments[1]);
    for (String name : arguments[2].split(",", -1)) {
      for (String strategy : arguments[3].split(",", -1)) {
        print(strategy, find(STRATEGIES, strategy), find(FUNCTIONS, name), trials, seeds);
      }
    }
  }

  private static void print(String name, Strategy strategy, LongFunction<SyntheticFunction> function, int trials, int seeds) {
    double[] half = new double[seeds];
    double[] all = new double[seeds];
    double diverged = 0;
    double seconds = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Trace trace = Trace.of(strategy, function.apply(seed), seed, trials);
      half[seed] = trace.regrets().get(trials / 2 - 1);
      all[seed] = trace.regrets().get(trials - 1);
      diverged += trace.diverged() / seeds;
      seconds += trace.secondsPerSuggestion() / seeds;
    }
    List<String> values = new ArrayList<>();
    Arrays.stream(all).forEach(v -> values.add("%.4g".formatted(v)));
    System.out.printf(
        "%-14s %-22s @%d %8.4g  @%d %8.4g  diverged %.2f  %.3f s  %s%n",
        function.apply(0).name(), name, trials / 2, Arrays.stream(half).average().orElseThrow(), trials, Arrays.stream(all).average().orElseThrow(),
        diverged, seconds, values);
  }

  private static <T> T find(Map<String, T> map, String name) {
    T found = map.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no '" + name + "', there are " + map.keySet());
    }
    return found;
  }
}
