package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import proxima.module.Module;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.train.Probe;

/// A mixture of experts in place of an MLP. All experts compute all tokens, and those that were not chosen get the weight 0: exact, in a few large operations, at the cost of all experts.
///
/// Which experts are chosen has no gradient; how much the chosen ones count does.
final class Mixture {

  private final Experts experts;
  private final Activation activation;
  private final Multiplier[] routers;
  private final NDArray penalties;
  private final DataType type;

  Mixture(Experts experts, Activation activation, NDManager manager, ModuleSettings settings, DataType type) {
    this.experts = experts;
    this.activation = activation;
    this.type = type;
    int depth = settings.network().depth();
    routers = new Multiplier[depth];
    for (int l = 0; l < depth; l++) {
      routers[l] = new Multiplier(settings.of("block." + l + ".moe.router").multiplier(), manager, type);
    }
    double[] factors = {(double) experts.count() / experts.active() / depth, 1.0 / depth};
    penalties = manager.create(factors, new Shape(2)).toType(type, false);
  }

  /// The types that are one tensor: each matrix of all experts of a block.
  static List<List<String>> groups(Network network) {
    return Stream.of("gate", "up", "down").map(part -> group(network, part)).filter(g -> !g.isEmpty()).toList();
  }

  private static List<String> group(Network network, String part) {
    return network.modules().stream()
        .filter(m -> m.block().orElse(-1) == 0)
        .map(Module::type)
        .filter(t -> t.equals("moe." + part) || t.equals("moe.shared." + part))
        .toList();
  }

  /// @param h (N, d), without the gain of its norm
  /// @param branch the multiplier of what it adds
  /// @param collected takes this block's part of the balance loss and the z-loss, (2)
  /// @return (N, d)
  NDArray of(NDArray h, NDArray gain, Iterator<NDArray> w, int block, Multiplier branch, Probe probe, NDList collected) {
    NDArray scores = routers[block].times(Tensors.linear(h, w.next().mul(gain)));
    probe.see(Probe.ROUTER, scores);
    NDArray logarithms = scores.logSoftmax(1);
    NDArray probabilities = logarithms.exp();
    NDArray chosen = probabilities.topK(experts.active(), 1).get(1).oneHot(experts.count(), type).sum(new int[] {1});
    collected.add(penalty(scores, logarithms, probabilities, chosen));
    NDArray hidden = Tensors.hidden(activation, h, gain, w, probe);
    long n = h.getShape().get(0);
    long d = h.getShape().get(1);
    long all = experts.all();
    long width = hidden.getShape().get(1) / all;
    NDArray weighed = hidden.reshape(n, all, width).mul(weights(probabilities, chosen).reshape(n, all, 1)).reshape(n, all * width);
    NDArray down = branch.times(w.next()).reshape(all, d, width).transpose(1, 0, 2).reshape(d, all * width);
    return Tensors.linear(weighed, down);
  }

  /// What each expert's output counts: (N, experts), those that are shared last.
  private NDArray weights(NDArray probabilities, NDArray chosen) {
    NDArray kept = probabilities.mul(chosen);
    NDArray weights = experts.active() == 1 ? kept : kept.div(kept.sum(new int[] {1}, true));
    return experts.shared() == 0 ? weights : weights.concat(weights.getManager().ones(new Shape(weights.getShape().get(0), experts.shared()), type), 1);
  }

  /// Over the number of blocks, so that a router is pulled as hard by these as by the loss, whatever the depth: E sum_e f_e P_e / k, for the share f_e of tokens that go to an expert and its mean
  /// probability P_e, which sum to k and 1; and the mean square of log sum exp, which is any score less the logarithm of its probability.
  private NDArray penalty(NDArray scores, NDArray logarithms, NDArray probabilities, NDArray chosen) {
    NDArray balance = chosen.mean(new int[] {0}).mul(probabilities.mean(new int[] {0})).sum();
    NDArray z = scores.sub(logarithms).square().mean();
    return balance.reshape(1).concat(z.reshape(1), 0).mul(penalties);
  }
}
