package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Kernel;
import proxima.gp.Threads;
import proxima.gp.Warp;
import proxima.space.Outcome;

/// The Gaussian process with warped coordinates to choose from, which it does so early here that short runs see it.
final class InputWarpingGpStrategyTest extends StrategyContract {

  private static final GpOptions OPTIONS =
      new GpOptions(GpOptions.Lengthscales.VAGUE, List.of(Warp.Kind.POWER), List.of(Kernel.MATERN52), true, 4, 2, 50, 3, true, 0, 30, 64, 256, 0.1, 5, 60);

  @Override
  Strategy strategy(int d) {
    return new GpStrategy(InitialDesign.cube(4), OPTIONS);
  }

  @Override
  int length() {
    return 14;
  }

  @Test
  void isOnlyWhereItIsAskedFor() {
    assertThat(GpOptions.general().inputWarping()).isFalse();
    assertThat(GpOptions.smooth().inputWarping()).isFalse();
    assertThat(GpOptions.smooth().withInputWarping().inputWarping()).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void findsABowlThatLiesInACorner(long seed) {
    // In ln x the bowl is even, and 0.08 at best; of random searches of this length three of four are above 0.3.
    List<Evaluation> run = run(cube(3), seed, 40, x -> Math.pow(Math.log(x.get(0) + 1e-3) + 4, 2) + bowl(x));
    assertThat(run.stream().mapToDouble(e -> e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : 1e9).min().orElseThrow()).isLessThan(0.3);
  }

  @Test
  void asksTheSameOnOneThreadOrFour() {
    List<Evaluation> known = run(cube(3), 2, 20, x -> x.get(1) > 0.9 ? Double.NaN : Math.sin(8 * Math.pow(x.get(0), 3)));
    var knowledge = new Knowledge(cube(3), 2, known);
    assertThat(new GpStrategy(InitialDesign.cube(4), OPTIONS, Threads.ONE).suggest(knowledge)).isEqualTo(new GpStrategy(InitialDesign.cube(4), OPTIONS, new Threads(4)).suggest(knowledge));
  }
}
