package proxima.proxy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Problem;

/// A transformer on a corpus.
///
/// @param sequences B
/// @param sequence T
/// @param floor what the objective subtracts from the validation loss
record TransformerProblem(Transformer transformer, Layout layout, Corpus corpus, int sequences, int sequence, double floor)
    implements Problem {

  /// Validation windows in one batch.
  private static final int CHUNK = 16;

  @Override
  public Loss loss(NDManager manager, ModuleSettings settings, DataType type) {
    return new TransformerLoss(transformer, sequence, manager, settings, type);
  }

  @Override
  public NDList batch(NDManager manager, RandomGenerator random, DataType type) {
    int[] starts = new int[sequences];
    for (int i = 0; i < sequences; i++) {
      starts[i] = random.nextInt(corpus.training().length - sequence);
    }
    NDList batch = windows(manager, corpus.training(), starts);
    transformer.experts().ifPresent(e -> batch.add(manager.create(new double[] {e.balance(), e.zLoss()}, new Shape(2)).toType(type, false)));
    return batch;
  }

  @Override
  public List<NDList> validation(NDManager manager, DataType type) {
    List<NDList> batches = new ArrayList<>();
    int[] starts = corpus.windows(sequence);
    for (int i = 0; i < starts.length; i += CHUNK) {
      batches.add(windows(manager, corpus.validation(), java.util.Arrays.copyOfRange(starts, i, i + CHUNK)));
    }
    return batches;
  }

  /// Tokens and the tokens after them, B T each.
  private NDList windows(NDManager manager, int[] tokens, int[] starts) {
    long[] inputs = new long[starts.length * sequence];
    long[] targets = new long[inputs.length];
    for (int i = 0; i < starts.length; i++) {
      for (int t = 0; t < sequence; t++) {
        inputs[i * sequence + t] = tokens[starts[i] + t];
        targets[i * sequence + t] = tokens[starts[i] + t + 1];
      }
    }
    Shape shape = new Shape(inputs.length);
    return new NDList(manager.create(inputs, shape), manager.create(targets, shape));
  }

  @Override
  public double chance() {
    return Math.log(corpus.vocabulary());
  }

  @Override
  public double objective(double validationLoss) {
    return validationLoss - floor;
  }
}
