package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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

  private static final Attention.Latent LATENT = new Attention.Latent(2, 2);
  private static final Experts EXPERTS = new Experts(4, 2, 2, 1, 0.5, 0.25);

  static Stream<Arguments> problems() {
    List<Arguments> problems = new ArrayList<>();
    problems.add(transformer("one expert of two", new Transformer(5, 4, Activation.GELU, false).with(LATENT).with(new Experts(2, 1, 1, 0, 0.5, 0.25))));
    for (Activation activation : Activation.values()) {
      for (boolean tied : new boolean[] {false, true}) {
        Transformer plain = new Transformer(5, 4, activation, tied);
        String name = activation + (tied ? " tied" : "");
        problems.add(transformer(name, plain));
        problems.add(transformer(name + ", latent attention", plain.with(LATENT)));
        problems.add(transformer(name + ", experts", plain.with(EXPERTS)));
      }
    }
    Network mlp = MlpObjective.student(2).at(SCALE);
    problems.add(Arguments.of("residual MLP", new MlpProblem(Layout.of(mlp), new Teacher(0), 3, 0), mlp));
    Network convolution = ConvolutionObjective.network().at(SCALE);
    problems.add(Arguments.of("convolution", new ConvolutionProblem(ConvolutionObjective.network(), Layout.of(convolution), 3, Shapes.draw(3, Seeds.random(0))), convolution));
    Network tanh = RandomLabelsObjective.mlp().at(SCALE);
    problems.add(Arguments.of("random labels", new RandomLabels(RandomLabelsObjective.mlp(), Layout.of(tanh), 3), tanh));
    return problems.stream();
  }

  private static Arguments transformer(String name, Transformer transformer) {
    Network network = transformer.at(SCALE);
    int[] tokens = Seeds.random(1).ints(200, 0, 5).toArray();
    var problem = new TransformerProblem(transformer, TransformerLoss.layout(network), new Corpus(name, tokens, tokens, 5), 2, 6, 0);
    return Arguments.of(name, problem, network);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void everyModulesGradientIsTheCentralDifference(String name, Problem problem, Network network) {
    check(problem, network);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void theHessianIsTheCentralDifferenceOfGradients(String name, Problem problem, Network network) {
    checkHessian(problem, network);
  }

  private static void checkHessian(Problem problem, Network network) {
    ModuleSettings settings = multiplied(network);
    RandomGenerator random = Seeds.random(2);
    double[] weights = random.doubles(problem.layout().size()).map(u -> u - 0.5).toArray();
    double[] direction = random.doubles(weights.length).map(u -> u - 0.5).toArray();
    double[] above = Differential.at(problem, settings, moved(weights, direction, H), 7).gradient();
    double[] below = Differential.at(problem, settings, moved(weights, direction, -H), 7).gradient();
    double[] product = Differential.hessianTimes(problem, settings, weights, direction, 7);
    assertThat(product).hasSameSizeAs(weights);
    assertThat(Arrays.stream(product).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
    for (int i = 0; i < weights.length; i++) {
      double difference = (above[i] - below[i]) / (2 * H);
      assertThat(product[i]).as("weight " + i).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
    }
  }

  /// A loss is a convex function of the outputs, which are linear in the last weights: there the Hessian is the Gauss-Newton matrix, whatever the targets.
  @ParameterizedTest(name = "{0}")
  @MethodSource("untied")
  void drawnTargetsGiveTheGaussNewtonDiagonal(String name, Problem problem, Network network) {
    int examples = problem instanceof TransformerProblem ? 12 : 3;
    ModuleSettings settings = multiplied(network);
    double[] weights = Seeds.random(2).doubles(problem.layout().size()).map(u -> u - 0.5).toArray();
    Module last = network.modules().getLast();
    int start = weights.length - (int) (last.fanIn() * last.fanOut());
    int n = 3;
    int draws = 400;
    double[] sums = new double[n];
    double[] squares = new double[n];
    for (int draw = 0; draw < draws; draw++) {
      double[] gradient = Differential.drawn(problem, settings, weights, 7, draw).gradient();
      for (int i = 0; i < n; i++) {
        double estimate = examples * gradient[start + i] * gradient[start + i];
        sums[i] += estimate;
        squares[i] += estimate * estimate;
      }
    }
    for (int i = 0; i < n; i++) {
      double[] axis = new double[weights.length];
      axis[start + i] = 1;
      double exact = Differential.hessianTimes(problem, settings, weights, axis, 7)[start + i];
      double mean = sums[i] / draws;
      double error = Math.sqrt((squares[i] / draws - mean * mean) / draws);
      // Four standard errors.
      assertThat(mean).as(last.name() + " " + i).isCloseTo(exact, within(4 * error));
    }
  }

  /// One of each loss, whose last weights are the unembedding.
  static Stream<Arguments> untied() {
    return problems().filter(a -> List.of("GELU", "residual MLP", "convolution", "random labels").contains(a.get()[0]));
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

  /// Multipliers of 0.7 on attention, 1.3 on MLPs, 0.6 on the logits and what routers put out.
  private static ModuleSettings multiplied(Network network) {
    return new ModuleSettings(network.modules().stream().map(m -> new ModuleSetting(m, 1, 0, 0, 0, 0, 1, multiplier(m))).toList());
  }

  private static double multiplier(Module module) {
    return switch (module.role()) {
      case UNEMBEDDING, TIED_EMBEDDING, ROUTER -> 0.6;
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
