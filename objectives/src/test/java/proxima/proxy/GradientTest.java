package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proxima.module.Module;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.scaling.Scale;
import proxima.strategy.Seeds;
import proxima.train.Differential;
import proxima.train.Layout;
import proxima.train.Problem;

final class GradientTest {

  private static final Scale SCALE = new Scale(8, 2, 12, 12);

  /// Step of the central difference: its error is of order h^2 in 64 bits, rounding of order 1e-16 / h.
  private static final double H = 1e-5;

  static Stream<Arguments> problems() {
    List<Arguments> problems = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      for (boolean tied : new boolean[] {false, true}) {
        problems.add(Arguments.of(activation + (tied ? " tied" : ""), new Transformer(5, 4, activation, tied)));
      }
    }
    return problems.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void everyModulesGradientIsTheCentralDifference(String name, Transformer transformer) {
    Network network = transformer.at(SCALE);
    int[] tokens = Seeds.random(1).ints(200, 0, 5).toArray();
    var corpus = new Corpus(name, tokens, tokens, 5);
    check(new TransformerProblem(transformer, TransformerLoss.layout(network), corpus, 2, 6, 0), network);
  }

  @Test
  void everyModulesGradientIsTheCentralDifferenceInTheMlp() {
    Network network = MlpObjective.student(2).at(SCALE);
    check(new MlpProblem(Layout.of(network), new Teacher(0), 3, 0), network);
  }

  private static void check(Problem problem, Network network) {
    ModuleSettings settings = multiplied(network);
    RandomGenerator random = Seeds.random(2);
    double[] weights = new double[problem.layout().size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.5 * random.nextGaussian();
    }
    double[] gradient = Differential.at(problem, settings, weights, 7).gradient();
    int start = 0;
    for (Module module : network.modules()) {
      int end = start + (int) (module.fanIn() * module.fanOut());
      double[] direction = new double[weights.length];
      double slope = 0;
      for (int i = start; i < end; i++) {
        direction[i] = random.nextGaussian();
        slope += direction[i] * gradient[i];
      }
      double difference =
          (Differential.at(problem, settings, moved(weights, direction, H), 7).loss()
                  - Differential.at(problem, settings, moved(weights, direction, -H), 7).loss())
              / (2 * H);
      assertThat(slope).as(module.name()).isNotZero().isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
      start = end;
    }
  }

  /// Multipliers of 0.7 on attention, 1.3 on MLPs, 0.6 on the logits.
  private static ModuleSettings multiplied(Network network) {
    return new ModuleSettings(network.modules().stream().map(m -> new ModuleSetting(m, 1, 0, 0, 0, 0, 1, multiplier(m))).toList());
  }

  private static double multiplier(Module module) {
    return switch (module.role()) {
      case UNEMBEDDING, TIED_EMBEDDING -> 0.6;
      default -> module.branch().map(b -> b.equals("attn") ? 0.7 : 1.3).orElse(1.0);
    };
  }

  private static double[] moved(double[] x, double[] direction, double step) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += step * direction[i];
    }
    return y;
  }
}
