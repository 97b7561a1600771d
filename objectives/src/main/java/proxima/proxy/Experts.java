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

  /// The most experts, each of which has settings of its own, and the finest.
  public static final int MOST = 4096;

  public Experts {
    if (!(count >= 2)) {
      throw new IllegalArgumentException("a router needs two experts or more to choose from, got " + count + "; leave out 'experts' for dense MLPs");
    }
    if (!(count <= MOST && shared <= MOST)) {
      throw new IllegalArgumentException("there can be at most " + MOST + " experts, and as many that are shared, got " + count + " and " + shared);
    }
    if (!(active >= 1 && active <= count)) {
      throw new IllegalArgumentException("of " + count + " experts 1 to " + count + " can be active, got " + active);
    }
    checkGranularity(granularity);
    if (!(shared >= 0)) {
      throw new IllegalArgumentException("the number of shared experts must be >= 0, got " + shared);
    }
    if (!(balance >= 0 && zLoss >= 0)) {
      throw new IllegalArgumentException("the weights of the balance loss and of the z-loss must be >= 0, got " + balance + " and " + zLoss);
    }
  }

  private static void checkGranularity(int granularity) {
    if (!(granularity >= 1 && granularity <= MOST)) {
      throw new IllegalArgumentException("granularity must be from 1 to " + MOST + ", got " + granularity);
    }
  }

  /// This with another number of experts to choose from, of which as many are active.
  public Experts withCount(int other) {
    return new Experts(other, active, granularity, shared, balance, zLoss);
  }

  /// This with another number of experts to choose from, of which as large a part is active.
  /// @throws IllegalArgumentException if that is no whole number of experts.
  public Experts withCountAndShare(int other) {
    int step = count / gcd(count, active);
    if (other % step != 0) {
      throw new IllegalArgumentException("of " + count + " experts " + active + " are active, as large a part of others is a whole number only at multiples of " + step + ", got " + other);
    }
    return new Experts(other, Math.toIntExact((long) active * other / count), granularity, shared, balance, zLoss);
  }

  /// Experts of another hidden width, and so many that all together, those that are active and those that are shared have the weights that they have here.
  /// @throws IllegalArgumentException if those are no whole numbers of experts.
  public Experts withGranularity(int other) {
    checkGranularity(other);
    int step = granularity / gcd(gcd(granularity, count), gcd(active, shared));
    if (other % step != 0) {
      throw new IllegalArgumentException(
          "of " + count + " experts of granularity " + granularity + ", " + active + " of them active and " + shared + " more shared, there are whole numbers only at multiples of " + step + ", got "
              + other);
    }
    return new Experts(count * other / granularity, active * other / granularity, other, shared * other / granularity, balance, zLoss);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
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
