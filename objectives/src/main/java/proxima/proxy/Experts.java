package proxima.proxy;

/// A mixture of experts in place of each MLP: a router gives every token a probability of each expert, and the token goes to the few of largest probability.
///
/// Their outputs are weighed by their shares of the probability of all that were chosen; the one of a mixture with one active expert by its probability itself, as in Switch (Fedus et al.
/// 2022, arXiv 2101.03961), since its share would be constant. Shared experts take every token, with weight 1.
///
/// @param count E, experts to choose from
/// @param active k, experts that a token goes to
/// @param granularity hidden width of a dense MLP over that of an expert
/// @param shared experts that take every token
/// @param balance weight of the balance loss in training, which is 1 where the router treats all experts alike
/// @param zLoss weight of the mean squared logarithm of the router's normaliser in training
public record Experts(int count, int active, int granularity, int shared, double balance, double zLoss) {

  /// Switch's weight of the balance loss, and ST-MoE's of the z-loss (Zoph et al. 2022, arXiv 2202.08906).
  public static final Experts DEFAULT = new Experts(8, 2, 1, 0, 0.01, 1e-3);

  public Experts {
    if (!(count >= 2)) {
      throw new IllegalArgumentException("a router needs two experts or more to choose from, got " + count + "; leave out 'experts' for dense MLPs");
    }
    if (!(active >= 1 && active <= count)) {
      throw new IllegalArgumentException("of " + count + " experts 1 to " + count + " can be active, got " + active);
    }
    if (!(granularity >= 1)) {
      throw new IllegalArgumentException("granularity must be at least 1, got " + granularity);
    }
    if (!(shared >= 0)) {
      throw new IllegalArgumentException("the number of shared experts must be >= 0, got " + shared);
    }
    if (!(balance >= 0 && zLoss >= 0)) {
      throw new IllegalArgumentException("the weights of the balance loss and of the z-loss must be >= 0, got " + balance + " and " + zLoss);
    }
  }

  /// Hidden width of an expert.
  /// @param hidden of a dense MLP
  /// @throws IllegalArgumentException if it is no whole number.
  long hidden(long hidden) {
    if (hidden % granularity != 0) {
      throw new IllegalArgumentException("a hidden width of " + hidden + " is not divisible by the granularity " + granularity);
    }
    return hidden / granularity;
  }

  /// Routed and shared.
  int all() {
    return count + shared;
  }
}
