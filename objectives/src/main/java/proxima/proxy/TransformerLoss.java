package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import proxima.module.Module;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Probe;

/// Mean cross-entropy of a transformer's next-token predictions.
///
/// A norm's gain is multiplied into the weights behind it, a branch's multiplier into its last weight, the gains of queries and keys and
/// 1 / sqrt(h) into the rotary tables: the functions are the same, on smaller arrays.
final class TransformerLoss implements Loss {

  private static final double EPSILON = 1e-6;
  private static final double ROTARY_BASE = 10_000;

  private final Transformer shape;
  private final int sequence;
  private final int width;
  private final Multiplier[] attention;
  private final Multiplier[] mlp;
  private final Multiplier logits;
  private final Norm norm;
  private final Norm headNorm;
  private final NDArray mask;
  private final NDArray cosine;
  private final NDArray sine;

  TransformerLoss(Transformer shape, int sequence, NDManager manager, ModuleSettings settings, DataType type) {
    this.shape = shape;
    this.sequence = sequence;
    Network network = settings.network();
    int depth = network.depth();
    width = Math.toIntExact(network.ofType("norm.final").fanOut());
    attention = new Multiplier[depth];
    mlp = new Multiplier[depth];
    for (int l = 0; l < depth; l++) {
      attention[l] = new Multiplier(settings.of("block." + l + ".attn.o").multiplier(), manager, type);
      mlp[l] = new Multiplier(settings.of("block." + l + ".mlp.down").multiplier(), manager, type);
    }
    logits = new Multiplier(settings.of(shape.tied() ? "embed" : "unembed").multiplier(), manager, type);
    norm = new Norm(width, EPSILON, manager, type);
    headNorm = new Norm(shape.headWidth(), EPSILON, manager, type);
    mask = causal(manager, type);
    cosine = rotary(manager, type, false);
    sine = rotary(manager, type, true);
  }

  static Layout layout(Network network) {
    return Layout.of(network, List.of(List.of("attn.q", "attn.k"), List.of("attn.qnorm", "attn.knorm")), Set.of("embed"));
  }

  @Override
  public NDArray of(NDList weights, NDList batch, Probe probe) {
    NDArray targets = batch.get(1);
    return predictions(weights, batch.get(0), probe).gather(targets.reshape(targets.size(), 1), 1).mean().neg();
  }

  @Override
  public NDList drawn(NDList weights, NDList batch, RandomGenerator random) {
    NDArray predictions = predictions(weights, batch.get(0), Probe.NONE);
    // The largest of logarithmic probabilities with Gumbel noise is distributed as they say.
    float[] noise = new float[Math.toIntExact(predictions.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) -Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
    }
    NDArray gumbel = predictions.getManager().create(noise, predictions.getShape()).toType(predictions.getDataType(), false);
    return new NDList(batch.get(0), predictions.add(gumbel).argMax(1));
  }

  /// Logarithms of the probabilities of the next token: (tokens, vocabulary).
  private NDArray predictions(NDList weights, NDArray tokens, Probe probe) {
    var w = weights.iterator();
    NDArray embedding = w.next();
    NDArray x = tokens.getNDArrayInternal().embedding(tokens, embedding, SparseFormat.DENSE).singletonOrThrow();
    probe.see(Probe.EMBEDDING, x);
    for (int l = 0; l < attention.length; l++) {
      NDArray gain = w.next();
      NDArray h = norm.of(x);
      NDArray qk = Tensors.linear(h, w.next().mul(gain));
      NDArray gains = w.next();
      NDArray v = Tensors.linear(h, w.next().mul(gain));
      NDArray added = Tensors.linear(attend(qk, gains, v, probe), attention[l].times(w.next()));
      probe.see("attn.branch", added, attention[l].factor());
      x = x.add(added);
      gain = w.next();
      h = norm.of(x);
      NDArray up = Tensors.linear(h, w.next().mul(gain));
      probe.see("mlp.hidden", up);
      NDArray hidden =
          switch (shape.activation()) {
            case GELU -> Activation.gelu(up);
            case SWIGLU -> up.mul(Activation.sigmoid(up)).mul(Tensors.linear(h, w.next().mul(gain)));
          };
      added = Tensors.linear(hidden, mlp[l].times(w.next()));
      probe.see("mlp.branch", added, mlp[l].factor());
      x = x.add(added);
      probe.see(Probe.STREAM, x);
    }
    NDArray gain = logits.times(w.next());
    NDArray unembedding = (shape.tied() ? embedding : w.next()).mul(gain);
    NDArray scores = Tensors.linear(norm.of(x), unembedding);
    probe.see(Probe.OUTPUT, scores);
    return scores.logSoftmax(1);
  }

  /// @param qk (B T, 2 d), queries before keys
  /// @param gains (2 h)
  private NDArray attend(NDArray qk, NDArray gains, NDArray v, Probe probe) {
    int h = shape.headWidth();
    long heads = width / h;
    long b = qk.getShape().get(0) / sequence;
    NDArray split = qk.reshape(b, sequence, 2, heads, h);
    NDArray normed = headNorm.of(split);
    NDArray g = gains.reshape(2, 1, h);
    NDArray turned = normed.mul(g.mul(cosine)).add(half(normed).mul(half(g).mul(sine)));
    NDArray heads4 = turned.transpose(2, 0, 3, 1, 4).reshape(2, b * heads, sequence, h);
    NDList parts = heads4.split(2);
    NDArray q = parts.get(0).reshape(b * heads, sequence, h);
    NDArray k = parts.get(1).reshape(b * heads, sequence, h);
    NDArray values = v.reshape(b, sequence, heads, h).transpose(0, 2, 1, 3).reshape(b * heads, sequence, h);
    NDArray scores = q.batchMatMul(k.transpose(0, 2, 1));
    probe.see("attn.scores", scores);
    NDArray attention = scores.add(mask).softmax(2);
    return attention.batchMatMul(values).reshape(b, heads, sequence, h).transpose(0, 2, 1, 3).reshape(b * sequence, width);
  }

  /// The halves of the last axis, exchanged.
  private NDArray half(NDArray x) {
    int last = x.getShape().dimension() - 1;
    NDList halves = x.split(2, last);
    return halves.get(1).concat(halves.get(0), last);
  }

  /// T x T: 0 where a row may look, -infinity after it.
  private NDArray causal(NDManager manager, DataType type) {
    float[] values = new float[sequence * sequence];
    for (int t = 0; t < sequence; t++) {
      for (int s = t + 1; s < sequence; s++) {
        values[t * sequence + s] = Float.NEGATIVE_INFINITY;
      }
    }
    return manager.create(values, new Shape(sequence, sequence)).toType(type, false);
  }

  /// Factors (T, 2, 1, h) of each coordinate and of its partner in the other half: (x1 c + x2 s, x2 c - x1 s). Those of the queries
  /// hold the scores' 1 / sqrt(h) too. Su et al. 2021, in the half-split form.
  private NDArray rotary(NDManager manager, DataType type, boolean partner) {
    int h = shape.headWidth();
    double[] values = new double[sequence * 2 * h];
    for (int t = 0; t < sequence; t++) {
      for (int i = 0; i < h; i++) {
        int j = i % (h / 2);
        double angle = t * Math.pow(ROTARY_BASE, -2.0 * j / h);
        double value = partner ? (i < h / 2 ? 1 : -1) * Math.sin(angle) : Math.cos(angle);
        values[(t * 2) * h + i] = value / Math.sqrt(h);
        values[(t * 2 + 1) * h + i] = value;
      }
    }
    return manager.create(values, new Shape(sequence, 2, 1, h)).toType(type, false);
  }
}
