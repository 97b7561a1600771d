package proxima.proxy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Problem;

/// A residual convolutional network that tells figures apart, from an endless stream of images.
///
/// @param images in a batch
/// @param held the validation set
record ConvolutionProblem(ResidualConvolution shape, Layout layout, int images, Shapes held) implements Problem {

  @Override
  public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
    return new ConvolutionLoss(shape, manager, settings, type);
  }

  @Override
  public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
    return arrays(manager, Shapes.draw(images, random), type);
  }

  @Override
  public List<NDList> validation(NDManager manager, DataType type) {
    return List.of(arrays(manager, held, type));
  }

  private static NDList arrays(NDManager manager, Shapes images, DataType type) {
    int n = images.labels().length;
    return new NDList(
        manager.create(images.pixels(), new Shape(n, 1, Shapes.SIDE, Shapes.SIDE)).toType(type, false), manager.create(images.labels(), new Shape(n)));
  }

  @Override
  public double chance() {
    return Math.log(Shapes.CLASSES);
  }

  @Override
  public double objective(double validationLoss) {
    return validationLoss;
  }
}
