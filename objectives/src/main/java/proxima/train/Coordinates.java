package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.module.ModuleRole;
import proxima.module.ModuleSettings;
import proxima.module.Optimizer;
import proxima.strategy.Seeds;

/// The sizes of a network's activations over the first steps of a training on one batch, the same at every step, with a constant learning rate and unclipped gradients.
///
/// Yang et al. 2022, arXiv 2203.03466, appendix D.1; the procedure is that of the `mup` package's coordinate check.
public record Coordinates(Problem problem, Device device) {

  private static final DataType TYPE = DataType.FLOAT32;

  private static final int STEPS = 10;

  /// How many steps show what an optimizer does: 10, and 20 where it estimates curvature after every tenth.
  public static int steps(Optimizer optimizer) {
    return Kernel.of(optimizer.rule(ModuleRole.HIDDEN)).curvature().isPresent() ? STEPS + Curvature.INTERVAL : STEPS;
  }

  /// What each place has come to at steps 1 to `steps`, block by block; at step 1 nothing has been updated yet. Not finite once a training has diverged.
  /// @param seed of the initial values and of the batch
  /// @throws proxima.objective.EngineFault if the engine can not do it.
  /// @throws InterruptedException if the thread was interrupted; native memory is freed.
  public List<CoordinateStep> run(ModuleSettings settings, int steps, long seed) throws InterruptedException {
    return Torch.with(device, manager -> look(manager, settings, steps, seed));
  }

  private List<CoordinateStep> look(NDManager manager, ModuleSettings settings, int steps, long seed) throws InterruptedException {
    NDArray weights = Initial.values(manager, settings, Seeds.random(seed, 0), TYPE);
    weights.setRequiresGradient(true);
    Gradient gradient = new Gradient(problem, manager, weights, settings, TYPE);
    List<CoordinateStep> seen = new ArrayList<>();
    Map<String, List<NDArray>> first = new HashMap<>();
    RandomGenerator probes = Seeds.random(seed, 2);
    try (Updates optimizer = new Updates(manager, problem.layout(), weights, gradient.accumulated(), settings, Training.UNCLIPPED)) {
      for (int t = 1; t <= steps; t++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted at step " + t + " of " + steps);
        }
        try (NDManager step = manager.newSubManager()) {
          Map<String, List<Activation>> now = new LinkedHashMap<>();
          gradient.add(
              problem.batch(step, Seeds.random(seed, 1), TYPE), step,
              (place, x, factor) -> now.computeIfAbsent(place, _ -> new ArrayList<>()).add(new Activation(x.stopGradient(), factor)));
          if (t == 1) {
            now.forEach((place, list) -> first.put(place, list.stream().map(a -> kept(a, manager)).toList()));
          }
          seen.add(coordinates(now, first));
          optimizer.update(1, step);
        }
        if (optimizer.due().isPresent()) {
          try (NDManager step = manager.newSubManager()) {
            optimizer.estimate(optimizer.due().get(), gradient, problem.batch(step, Seeds.random(seed, 1), TYPE), probes, step);
          }
        }
      }
    }
    return seen;
  }

  /// @param factor that `values` hold and their size is taken without
  private record Activation(NDArray values, double factor) {

    Coordinate since(NDArray first) {
      double size = Training.scalar(values.abs().mean());
      double change = Training.scalar(values.sub(first).abs().mean());
      return new Coordinate(size / factor, change / factor);
    }
  }

  private static NDArray kept(Activation a, NDManager manager) {
    NDArray copy = a.values().duplicate();
    copy.attach(manager);
    return copy;
  }

  private static CoordinateStep coordinates(Map<String, List<Activation>> now, Map<String, List<NDArray>> first) {
    Map<String, List<Coordinate>> coordinates = new LinkedHashMap<>();
    now.forEach((place, list) -> coordinates.put(place, IntStream.range(0, list.size()).mapToObj(l -> list.get(l).since(first.getOrDefault(place, List.of()).get(l))).toList()));
    return new CoordinateStep(coordinates);
  }
}
