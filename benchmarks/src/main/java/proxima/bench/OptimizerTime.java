package proxima.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import proxima.module.Optimizer;
import proxima.proxy.Transformer;
import proxima.proxy.TransformerObjective;

/// Time of one training step with each optimizer, relative to AdamW, by turns on one thread: the transformer of `StepTime`.
///
/// After a build by the launcher, in the project's folder; the arguments are the number of rounds, and the optimizers beside AdamW, all where there are none:
/// ```
/// java --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/benchmarks-0.1.0.jar:$(cat benchmarks/target/classpath.txt)" proxima.bench.OptimizerTime 10 lion sophia-g muon scion
/// ```
/// What is done each tenth step alone, such as Sophia's estimates and Shampoo's roots, counts in the mean over steps, which is printed beside the median.
public final class OptimizerTime {

  private OptimizerTime() {}

  public static void main(String[] args) throws InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    List<Optimizer> optimizers =
        args.length > 1
            ? Stream.concat(Stream.of(Optimizer.ADAMW), Arrays.stream(args).skip(1).map(Optimizer::of)).toList()
            : Arrays.asList(Optimizer.values());
    Transformer transformer = StepTime.transformer();
    TransformerObjective objective = StepTime.objective(transformer);
    Map<Optimizer, List<StepTime.Turn>> turns = new EnumMap<>(Optimizer.class);
    for (int round = -1; round < rounds; round++) {
      for (Optimizer optimizer : optimizers) {
        StepTime.Turn turn = StepTime.turn(transformer, objective, optimizer, round);
        if (round >= 0) {
          turns.computeIfAbsent(optimizer, _ -> new ArrayList<>()).add(turn);
        }
      }
    }
    List<StepTime.Turn> reference = turns.getOrDefault(Optimizer.ADAMW, List.of());
    turns.forEach(
        (optimizer, own) ->
            System.out.printf(
                "%-20s median %.1f ms, %.3f of AdamW's   mean %.1f ms of CPU time, %.3f%n",
                optimizer.id(), StepTime.median(own, true), StepTime.median(own, true) / StepTime.median(reference, true), mean(own), mean(own) / mean(reference)));
  }

  private static double mean(List<StepTime.Turn> turns) {
    return turns.stream().flatMap(t -> t.cpu().stream()).mapToDouble(d -> d).average().orElse(Double.NaN);
  }
}
