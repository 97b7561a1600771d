package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Iterator;
import java.util.List;
import proxima.module.ModuleSettings;
import proxima.train.Probe;

/// Multi-head latent attention, up to its output matrix.
///
/// The scores are those of queries and keys made of the latent, plus those of the parts with positions, over sqrt(h + rotary). The latent's norm has its gain in the weights behind it.
final class LatentAttention {

  private static final double EPSILON = 1e-6;

  private final int sequence;
  private final int width;
  private final int heads;
  private final int rank;
  private final int rotary;
  private final Multiplier[] positions;
  private final Norm norm;
  private final NDArray scale;
  private final NDArray mask;
  private final NDArray cosine;
  private final NDArray sine;

  LatentAttention(Attention.Latent shape, int headWidth, int sequence, NDManager manager, ModuleSettings settings, DataType type) {
    this.sequence = sequence;
    width = Math.toIntExact(settings.network().ofType("norm.final").fanOut());
    heads = width / headWidth;
    rank = shape.rank(width);
    rotary = shape.rotary();
    positions = new Multiplier[settings.network().depth()];
    for (int l = 0; l < positions.length; l++) {
      positions[l] = new Multiplier(settings.of("block." + l + ".attn.krope").multiplier(), manager, type);
    }
    norm = new Norm(rank, EPSILON, manager, type);
    scale = manager.create(1 / Math.sqrt(headWidth + rotary)).toType(type, false);
    mask = Positions.causal(sequence, manager, type);
    cosine = rotation(manager, type, false);
    sine = rotation(manager, type, true);
  }

  /// The types that are one tensor.
  static List<List<String>> groups() {
    return List.of(List.of("attn.q", "attn.kva", "attn.krope"), List.of("attn.kb", "attn.vb"));
  }

  /// @param h (B T, d), without the gain of its norm
  /// @return the heads' outputs, (B T, d)
  NDArray of(NDArray h, NDArray gain, Iterator<NDArray> w, int block, Probe probe) {
    int head = width / heads;
    long b = h.getShape().get(0) / sequence;
    long queries = (long) heads * (head + rotary);
    NDList parts = Tensors.linear(h, w.next().mul(gain)).split(new long[] {queries, queries + rank}, 1);
    NDList q = parts.get(0).mul(scale).reshape(b, sequence, heads, head + rotary).split(new long[] {head}, 3);
    NDArray ofContent = q.get(0).transpose(0, 2, 1, 3).reshape(b * heads, sequence, head);
    NDArray ofPosition = turned(q.get(1)).transpose(0, 2, 1, 3).reshape(b, (long) heads * sequence, rotary);
    NDArray key = positions[block].times(parts.get(2));
    probe.see(Probe.POSITION_KEY, key);
    NDArray positionKey = turned(key.reshape(b, sequence, 1, rotary)).reshape(b, sequence, rotary);
    NDArray latentGain = w.next();
    NDArray kv = Tensors.linear(norm.of(parts.get(1)), w.next().mul(latentGain));
    NDList keysAndValues = kv.reshape(b, sequence, 2, heads, head).transpose(2, 0, 3, 1, 4).reshape(2, b * heads, sequence, head).split(2);
    NDArray k = keysAndValues.get(0).reshape(b * heads, sequence, head);
    NDArray v = keysAndValues.get(1).reshape(b * heads, sequence, head);
    NDArray byPosition = ofPosition.batchMatMul(positionKey.transpose(0, 2, 1)).reshape(b * heads, sequence, sequence);
    NDArray scores = ofContent.batchMatMul(k.transpose(0, 2, 1)).add(byPosition);
    probe.see("attn.scores", scores);
    NDArray attention = scores.add(mask).softmax(2);
    return attention.batchMatMul(v).reshape(b, heads, sequence, head).transpose(0, 2, 1, 3).reshape(b * sequence, width);
  }

  /// @param x (B, T, heads, rotary)
  private NDArray turned(NDArray x) {
    return x.mul(cosine).add(Positions.half(x).mul(sine));
  }

  /// (T, 1, rotary).
  private NDArray rotation(NDManager manager, DataType type, boolean partner) {
    double[] values = new double[sequence * rotary];
    for (int i = 0; i < values.length; i++) {
      values[i] = Positions.rotation(i / rotary, i % rotary, rotary, partner);
    }
    return manager.create(values, new Shape(sequence, 1, rotary)).toType(type, false);
  }
}
