package proxima.record;

import java.util.List;
import proxima.module.Hyperparameter;
import proxima.module.ModuleAxis;
import proxima.proxy.Activation;
import proxima.proxy.MlpObjective;
import proxima.proxy.ResidualMlp;
import proxima.proxy.Text;
import proxima.proxy.Transformer;
import proxima.proxy.TransformerObjective;
import proxima.scaling.Scale;
import proxima.train.Device;
import proxima.train.Schedule;

/// The tasks that are recorded: three sources of data, each at a small and a larger scale, so small that a training takes a second.
final class Proxies {

  /// T, in tokens.
  private static final int SEQUENCE = 32;
  /// Width of an attention head, at both scales.
  private static final int HEAD = 8;

  private static final List<ModuleAxis> TRANSFORMER_AXES =
      List.of(
          ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4).withOnly(List.of("embed", "attn.q", "attn.k", "attn.v", "attn.o", "mlp.up", "mlp.down", "unembed")),
          ModuleAxis.of(Hyperparameter.MULTIPLIER, 4),
          ModuleAxis.shared(Hyperparameter.WEIGHT_DECAY, 4),
          ModuleAxis.shared(Hyperparameter.BETA1, 3),
          ModuleAxis.shared(Hyperparameter.BETA2, 3));

  private static final List<ModuleAxis> MLP_AXES =
      List.of(
          ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4).withOnly(List.of("in", "up", "down", "out")).withDepth(2),
          ModuleAxis.of(Hyperparameter.MULTIPLIER, 4),
          ModuleAxis.shared(Hyperparameter.WEIGHT_DECAY, 4),
          ModuleAxis.shared(Hyperparameter.BETA1, 3),
          ModuleAxis.shared(Hyperparameter.BETA2, 3));

  private Proxies() {}

  static List<Proxy> all() {
    return List.of(
        transformer("names-16", "names of the Unicode characters", new Text.UnicodeNames(), 16, 1),
        transformer("names-32", "names of the Unicode characters", new Text.UnicodeNames(), 32, 2),
        transformer("hmm-16", "language of a hidden Markov model, loss above its Bayes loss", new Text.HiddenMarkov(), 16, 1),
        transformer("hmm-32", "language of a hidden Markov model, loss above its Bayes loss", new Text.HiddenMarkov(), 32, 2),
        mlp("teacher-32", 32),
        mlp("teacher-64", 64));
  }

  private static Proxy transformer(String task, String data, Text text, int width, int depth) {
    Transformer transformer = new Transformer(text.vocabulary(), HEAD, Activation.GELU, false);
    Scale scale = new Scale(width, depth, 16 * SEQUENCE, 100 * 16 * SEQUENCE);
    return new Proxy("transformer", task, "transformer, " + data + "; " + scale, transformer, scale, 1e-3, 4, TRANSFORMER_AXES,
        () -> new TransformerObjective(transformer, text, SEQUENCE, Device.CPU, Schedule.DEFAULT, Proxy.CHECKPOINTS));
  }

  private static Proxy mlp(String task, int width) {
    ResidualMlp student = MlpObjective.student(2);
    Scale scale = new Scale(width, 4, 64, 120 * 64);
    return new Proxy("mlp", task, "residual MLP, outputs of a random network, log of the mean squared error; " + scale, student, scale, 1e-3, 2, MLP_AXES,
        () -> new MlpObjective(student, Device.CPU, Schedule.DEFAULT, Proxy.CHECKPOINTS));
  }
}
