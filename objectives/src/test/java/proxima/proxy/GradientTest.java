package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
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

  private static final Attention.Latent LATENT = new Attention.Latent(2, 2);
  private static final Experts EXPERTS = new Experts(4, 2, 2, 1, 0.5, 0.25);

  static Stream<Arguments> problems() {
    List<Arguments> problems = new ArrayList<>();
    problems.add(Arguments.of("one expert of two", new Transformer(5, 4, Activation.GELU, false).with(LATENT).with(new Experts(2, 1, 1, 0, 0.5, 0.25))));
    for (Activation activation : Activation.values()) {
      for (boolean tied : new boolean[] {false, true}) {
        Transformer plain = new Transformer(5, 4, activation, tied);
        String name = activation + (tied ? " tied" : "");
        problems.add(Arguments.of(name, plain));
        problems.add(Arguments.of(name + ", latent attention", plain.with(LATENT)));
        problems.add(Arguments.of(name + ", experts", plain.with(EXPERTS)));
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

  private static Problem convolution(Network network) {
    return new ConvolutionProblem(ConvolutionObjective.network(), Layout.of(network), 3, Shapes.draw(3, Seeds.random(0)));
  }

  @Test
  void everyModulesGradientIsTheCentralDifferenceInTheConvolution() {
    Network network = ConvolutionObjective.network().at(SCALE);
    check(convolution(network), network);
  }

  @Test
  void theHessianIsTheCentralDifferenceOfGradientsInTheConvolution() {
    Network network = ConvolutionObjective.network().at(SCALE);
    checkHessian(convolution(network), network);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void theHessianIsTheCentralDifferenceOfGradients(String name, Transformer transformer) {
    Network network = transformer.at(SCALE);
    int[] tokens = Seeds.random(1).ints(200, 0, 5).toArray();
    var corpus = new Corpus(name, tokens, tokens, 5);
    checkHessian(new TransformerProblem(transformer, TransformerLoss.layout(network), corpus, 2, 6, 0), network);
  }

  @Test
  void theHessianIsTheCentralDifferenceOfGradientsInTheMlp() {
    Network network = MlpObjective.student(2).at(SCALE);
    checkHessian(new MlpProblem(Layout.of(network), new Teacher(0), 3, 0), network);
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
  @Test
  void drawnTargetsGiveTheGaussNewtonDiagonal() {
    Network mlp = MlpObjective.student(2).at(SCALE);
    checkDrawn(new MlpProblem(Layout.of(mlp), new Teacher(0), 3, 0), mlp, 3, "out");
    Network convolution = ConvolutionObjective.network().at(SCALE);
    checkDrawn(convolution(convolution), convolution, 3, "head");
    Transformer transformer = new Transformer(5, 4, Activation.GELU, false);
    Network network = transformer.at(SCALE);
    int[] tokens = Seeds.random(1).ints(200, 0, 5).toArray();
    checkDrawn(
        new TransformerProblem(transformer, TransformerLoss.layout(network), new Corpus("tokens", tokens, tokens, 5), 2, 6, 0), network, 12, "unembed");
  }

  private static void checkDrawn(Problem problem, Network network, int examples, String last) {
    ModuleSettings settings = multiplied(network);
    double[] weights = Seeds.random(2).doubles(problem.layout().size()).map(u -> u - 0.5).toArray();
    int start = 0;
    for (Module m : network.modules()) {
      if (m.name().equals(last)) {
        break;
      }
      start += (int) (m.fanIn() * m.fanOut());
    }
    int draws = 400;
    for (int i = start; i < start + 3; i++) {
      double[] axis = new double[weights.length];
      axis[i] = 1;
      double exact = Differential.hessianTimes(problem, settings, weights, axis, 7)[i];
      double sum = 0;
      double squares = 0;
      for (int draw = 0; draw < draws; draw++) {
        double g = Differential.drawn(problem, settings, weights, 7, draw).gradient()[i];
        sum += examples * g * g;
        squares += examples * g * g * examples * g * g;
      }
      double mean = sum / draws;
      double error = Math.sqrt((squares / draws - mean * mean) / draws);
      // Four standard errors.
      assertThat(mean).as(last + " " + i).isCloseTo(exact, within(4 * error));
    }
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
