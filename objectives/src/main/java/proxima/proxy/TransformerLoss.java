package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import proxima.module.Module;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.train.Layout;
import proxima.train.Loss;
import proxima.train.Probe;

/// Mean cross-entropy of a transformer's next-token predictions; where a batch ends with their two weights, plus the balance loss and the z-loss of a mixture's routers.
///
/// A norm's gain is multiplied into the weights behind it, a branch's multiplier into its last weight, the gains of queries and keys and
/// 1 / sqrt(h) into the rotary tables: the functions are the same, on smaller arrays.
final class TransformerLoss implements Loss {

  private static final double EPSILON = 1e-6;

  private final Transformer shape;
  private final int sequence;
  private final int width;
  private final Multiplier[] attention;
  private final Multiplier[] mlp;
  private final Optional<LatentAttention> latent;
  private final Optional<Mixture> mixture;
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
      mlp[l] = new Multiplier(settings.of("block." + l + ".mlp.norm").multiplier(), manager, type);
    }
    latent = shape.attention() instanceof Attention.Latent a ? Optional.of(new LatentAttention(a, shape.headWidth(), sequence, manager, settings, type)) : Optional.empty();
    mixture = shape.experts().map(e -> new Mixture(e, shape.activation(), manager, settings, type));
    logits = new Multiplier(settings.of(shape.tied() ? "embed" : "unembed").multiplier(), manager, type);
    norm = new Norm(width, EPSILON, manager, type);
    headNorm = new Norm(shape.headWidth(), EPSILON, manager, type);
    mask = Positions.causal(sequence, manager, type);
    cosine = rotary(manager, type, false);
    sine = rotary(manager, type, true);
  }

  static Layout layout(Network network) {
    List<List<String>> heads = List.of(List.of("attn.q", "attn.k"), List.of("attn.qnorm", "attn.knorm"));
    return Layout.of(network, Stream.of(heads, LatentAttention.groups(), Mixture.groups(network)).flatMap(List::stream).toList(), Set.of("embed"));
  }

  @Override
  public NDArray of(NDList weights, NDList batch, Probe probe) {
    NDArray targets = batch.get(1);
    NDList penalties = new NDList();
    NDArray loss = predictions(weights, batch.get(0), probe, penalties).gather(targets.reshape(targets.size(), 1), 1).mean().neg();
    if (batch.size() > 2) {
      for (NDArray penalty : penalties) {
        loss = loss.add(penalty.mul(batch.get(2)).sum());
      }
    }
    return loss;
  }

  @Override
  public NDList drawn(NDList weights, NDList batch, RandomGenerator random) {
    return new NDList(batch.get(0), Tensors.drawn(predictions(weights, batch.get(0), Probe.NONE, new NDList()), random));
  }

  /// Logarithms of the probabilities of the next token: (tokens, vocabulary).
  /// @param penalties takes each block's balance loss and z-loss, (2), where there are experts
  private NDArray predictions(NDList weights, NDArray tokens, Probe probe, NDList penalties) {
    var w = weights.iterator();
    NDArray embedding = w.next();
    NDArray x = tokens.getNDArrayInternal().embedding(tokens, embedding, SparseFormat.DENSE).singletonOrThrow();
    probe.see(Probe.EMBEDDING, x);
    for (int l = 0; l < attention.length; l++) {
      NDArray gain = w.next();
      NDArray h = norm.of(x);
      NDArray looked = latent.isPresent() ? latent.get().of(h, gain, w, l, probe) : heads(h, gain, w, probe);
      NDArray added = Tensors.linear(looked, attention[l].times(w.next()));
      probe.see("attn.branch", added, attention[l].factor());
      x = x.add(added);
      gain = w.next();
      h = norm.of(x);
      added = mixture.isPresent() ? mixture.get().of(h, gain, w, l, mlp[l], probe, penalties) : dense(h, gain, w, l, probe);
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

  private NDArray dense(NDArray h, NDArray gain, Iterator<NDArray> w, int block, Probe probe) {
    return Tensors.linear(Tensors.hidden(shape.activation(), h, gain, w, probe), mlp[block].times(w.next()));
  }

  private NDArray heads(NDArray h, NDArray gain, Iterator<NDArray> w, Probe probe) {
    NDArray qk = Tensors.linear(h, w.next().mul(gain));
    NDArray gains = w.next();
    return attend(qk, gains, Tensors.linear(h, w.next().mul(gain)), probe);
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
    NDArray turned = normed.mul(g.mul(cosine)).add(Positions.half(normed).mul(Positions.half(g).mul(sine)));
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

  /// Factors (T, 2, 1, h) of each coordinate, or of its partner in the other half. Those of the queries hold the scores' 1 / sqrt(h) too.
  private NDArray rotary(NDManager manager, DataType type, boolean partner) {
    int h = shape.headWidth();
    double[] values = new double[sequence * 2 * h];
    for (int t = 0; t < sequence; t++) {
      for (int i = 0; i < h; i++) {
        double value = Positions.rotation(t, i, h, partner);
        values[(t * 2) * h + i] = value / Math.sqrt(h);
        values[(t * 2 + 1) * h + i] = value;
      }
    }
    return manager.create(values, new Shape(sequence, 2, 1, h)).toType(type, false);
  }
}
