package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.strategy.Seeds;
import proxima.train.Device;
import proxima.train.Differential;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Problem;
import proxima.train.Schedule;

final class ConvolutionTest {

  @Test
  void listsItsModules() {
    Network network = ConvolutionObjective.network().at(new Scale(16, 2, 64, 64));
    assertThat(network.modules())
        .extracting(Module::name)
        .containsExactly(
            "stem", "block.0.norm", "block.0.conv1", "block.0.conv2", "block.1.norm", "block.1.conv1", "block.1.conv2", "norm.final", "head");
    assertThat(network.module("block.1.conv2"))
        .contains(
            new Module(
                "block.1.conv2", "conv2", ModuleRole.HIDDEN, 144, 16, OptionalInt.of(1), Optional.of("conv"), true, OptionalDouble.of(1.0 / 12)));
    assertThat(network.ofType("stem").role()).isEqualTo(ModuleRole.EMBEDDING);
    assertThat(network.ofType("stem").fanIn()).isEqualTo(9);
    assertThat(network.ofType("head").role()).isEqualTo(ModuleRole.UNEMBEDDING);
  }

  @Test
  void rejectsShapesThatCannotBe() {
    assertThatThrownBy(() -> new ResidualConvolution(1, 4, 10)).hasMessage("a kernel must have an odd size, got 4");
    assertThatThrownBy(() -> new ResidualConvolution(0, 3, 10)).hasMessage("a convolutional network needs channels and at least 2 classes, got 0 and 10");
    assertThatThrownBy(() -> new ConvolutionObjective(new ResidualConvolution(3, 3, 10), Device.CPU, Schedule.DEFAULT, 0))
        .hasMessage("the images have 1 channel and 10 classes, the network 3 and 10");
  }

  /// The number is from convolution_golden.py.
  @Test
  void agreesWithAPlainNetworkInPyTorch() {
    ResidualConvolution shape = ConvolutionObjective.network();
    Network network = shape.at(new Scale(8, 2, 2, 2));
    Problem problem = new Fixed(new ConvolutionProblem(shape, Layout.of(network), 2, Shapes.draw(2, Seeds.random(0))));
    double[] weights = new double[problem.layout().size()];
    Arrays.setAll(weights, i -> Math.sin(0.1 + 1.3 * i) / 2);
    var settings = new ModuleSettings(network.modules().stream().map(m -> new ModuleSetting(m, 1, 0, 0, 0, 0, 1, multiplier(m))).toList());
    assertThat(Differential.at(problem, settings, weights, 0).loss()).isCloseTo(2.3030345910483665, within(1e-12));
  }

  private static double multiplier(Module m) {
    return m.role() == ModuleRole.UNEMBEDDING ? 0.6 : m.branch().isPresent() ? 1.3 : 1;
  }

  /// The same images in every batch, of the classes 3 and 8.
  private record Fixed(Problem problem) implements Problem {

    @Override
    public Layout layout() {
      return problem.layout();
    }

    @Override
    public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
      return problem.loss(manager, settings, type);
    }

    @Override
    public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
      double[] pixels = new double[2 * Shapes.SIDE * Shapes.SIDE];
      Arrays.setAll(pixels, i -> Math.sin(0.7 * i));
      return new NDList(manager.create(pixels, new Shape(2, 1, Shapes.SIDE, Shapes.SIDE)), manager.create(new long[] {3, 8}));
    }

    @Override
    public List<NDList> validation(NDManager manager, DataType type) {
      return List.of();
    }

    @Override
    public double chance() {
      return problem.chance();
    }

    @Override
    public double objective(double validationLoss) {
      return validationLoss;
    }
  }

  @Test
  void learnsToTellFiguresApart() throws InterruptedException {
    ResidualConvolution shape = ConvolutionObjective.network();
    Scale scale = new Scale(16, 1, 64, 64 * 100);
    Network network = shape.at(scale);
    Job job = new Job("test", new Configuration(Map.of()), SettingsOf.global(network, 0.03), scale, 0);
    Outcome outcome = new ConvolutionObjective(shape, Device.CPU, Schedule.DEFAULT, 0).evaluate(job, Monitor.NONE);
    assertThat(((Outcome.Finished) outcome).loss()).isBetween(0.5, 0.8 * Math.log(10));
  }

  /// Each border pixel counts by how far the border is from its centre, which is its part inside where the border runs along the rows.
  @ParameterizedTest
  @EnumSource(Figure.class)
  void aFigureHasItsArea(Figure figure) {
    for (double direction : new double[] {0, 0.4, 1.1, 5}) {
      float[] pixels = new float[Shapes.SIDE * Shapes.SIDE];
      Shapes.draw(figure, 8.2, 7.9, 6, direction, pixels, 0);
      double sum = 0;
      for (float p : pixels) {
        sum += p;
      }
      // 5 %: corners, which the distance rounds.
      assertThat(sum / 36).as("direction " + direction).isCloseTo(figure.area(), within(0.05 * figure.area()));
    }
  }

  @Test
  void drawsTheSameImagesOfASeedAndAllFiguresAlike() {
    Shapes images = Shapes.draw(2_000, Seeds.random(7));
    assertThat(images.pixels()).isEqualTo(Shapes.draw(2_000, Seeds.random(7)).pixels());
    double sum = 0;
    double squares = 0;
    for (float p : images.pixels()) {
      sum += p;
      squares += p * p;
    }
    // Pixels of an image are not independent: 2,000 images.
    assertThat(sum / images.pixels().length).isCloseTo(0, within(0.03));
    assertThat(squares / images.pixels().length).isCloseTo(1, within(0.03));
    long[] counts = new long[Shapes.CLASSES];
    for (long label : images.labels()) {
      counts[(int) label]++;
    }
    // 200 each, give or take four standard deviations.
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(145);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(255);
  }
}
