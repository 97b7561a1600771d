package proxima.proxy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import proxima.strategy.Seeds;

/// A hidden Markov model with random transitions and emissions, as a language whose best possible loss is known.
///
/// In strict arithmetic, so that every machine draws the same tokens.
///
/// @param states S
/// @param symbols V
/// @param concentration of the Dirichlet distribution that every row of both matrices is drawn from
/// @param length tokens
record MarkovLanguage(int states, int symbols, double concentration, int length, long seed) {

  /// S = 64 and a concentration of 0.03 leave a trained model well above the Bayes loss, by many standard deviations of the seeds.
  static final MarkovLanguage DEFAULT = new MarkovLanguage(64, 32, 0.03, 600_000, 0);

  private static final double TRAINING_SHARE = 0.95;

  Corpus corpus() {
    double[][] move = move();
    double[][] emit = emit();
    RandomGenerator random = Seeds.random(seed, 2);
    int[] tokens = new int[length];
    int state = draw(stationary(move), random);
    for (int i = 0; i < length; i++) {
      tokens[i] = draw(emit[state], random);
      state = draw(move[state], random);
    }
    int cut = (int) (length * TRAINING_SHARE);
    return new Corpus(
        "the hidden Markov language", Arrays.copyOfRange(tokens, 0, cut), Arrays.copyOfRange(tokens, cut, length), symbols);
  }

  /// Mean loss of the exact predictions of tokens 1 .. T of each validation window from those before, by the forward filter.
  double bayesLoss(Corpus corpus, int sequence) {
    double[][] move = move();
    double[][] emit = emit();
    double[] prior = stationary(move);
    double sum = 0;
    int[] starts = corpus.windows(sequence);
    for (int start : starts) {
      double[] belief = prior;
      for (int t = 0; t <= sequence; t++) {
        int token = corpus.validation()[start + t];
        double[] joint = new double[states];
        double evidence = 0;
        for (int s = 0; s < states; s++) {
          joint[s] = belief[s] * emit[s][token];
          evidence += joint[s];
        }
        if (t > 0) {
          sum -= StrictMath.log(evidence);
        }
        belief = step(joint, evidence, move);
      }
    }
    return sum / ((double) starts.length * sequence);
  }

  private double[] step(double[] joint, double evidence, double[][] move) {
    double[] next = new double[states];
    for (int s = 0; s < states; s++) {
      for (int r = 0; r < states; r++) {
        next[r] += joint[s] / evidence * move[s][r];
      }
    }
    return next;
  }

  /// Probabilities of the next state (column) after each state (row).
  double[][] move() {
    return rows(states, Seeds.random(seed, 0));
  }

  /// Probabilities of each symbol (column) in each state (row).
  double[][] emit() {
    return rows(symbols, Seeds.random(seed, 1));
  }

  private double[][] rows(int columns, RandomGenerator random) {
    double[][] rows = new double[states][];
    for (int s = 0; s < states; s++) {
      rows[s] = dirichlet(columns, random);
    }
    return rows;
  }

  /// The stationary distribution, by powers; the chain is mixed long before.
  double[] stationary(double[][] move) {
    double[] p = new double[states];
    Arrays.fill(p, 1.0 / states);
    for (int i = 0; i < 2_000; i++) {
      p = step(p, 1, move);
    }
    return p;
  }

  /// Normalised gammas, in logarithms: at small concentrations most of them underflow.
  private double[] dirichlet(int n, RandomGenerator random) {
    double[] logs = new double[n];
    for (int i = 0; i < n; i++) {
      logs[i] = logGamma(random);
    }
    double max = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double l : logs) {
      sum += StrictMath.exp(l - max);
    }
    for (int i = 0; i < n; i++) {
      logs[i] = StrictMath.exp(logs[i] - max) / sum;
    }
    return logs;
  }

  /// Logarithm of a gamma variate of shape a < 1: one of shape a + 1, boosted by U^(1/a). Marsaglia and Tsang 2000.
  private double logGamma(RandomGenerator random) {
    double d = concentration + 1 - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = StrictMath.pow(1 + c * x, 3);
      if (v > 0 && StrictMath.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d * v) + StrictMath.log(1 - random.nextDouble()) / concentration;
      }
    }
  }

  private static int draw(double[] p, RandomGenerator random) {
    double u = random.nextDouble();
    for (int i = 0; i < p.length - 1; i++) {
      u -= p[i];
      if (u < 0) {
        return i;
      }
    }
    return p.length - 1;
  }
}
