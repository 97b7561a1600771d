package proxima.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Losses over learning rates at one size, the same seeds at each rate.
///
/// @param rates one or more, ascending
public record Sweep(Size size, List<Rate> rates) {

  /// The trainings at one rate.
  ///
  /// @param rate at the base scale
  /// @param losses one for each seed; NaN where the training diverged
  public record Rate(double rate, List<Double> losses) {

    public Rate {
      losses = List.copyOf(losses);
    }

    public boolean diverged() {
      return losses.stream().anyMatch(l -> !Double.isFinite(l));
    }

    /// NaN where one diverged.
    public double mean() {
      return Sample.mean(losses);
    }

    /// Of the mean; NaN for one seed, or where one diverged.
    public double standardError() {
      return Sample.standardError(losses);
    }

    double octave() {
      return Math.log(rate) / Math.log(2);
    }

    private double mean(int[] seeds) {
      return IntStream.of(seeds).mapToDouble(losses::get).sum() / seeds.length;
    }
  }

  public Sweep {
    rates = List.copyOf(rates);
    for (int i = 1; i < rates.size(); i++) {
      if (!(rates.get(i - 1).rate() < rates.get(i).rate())) {
        throw new IllegalArgumentException("the rates of a sweep must ascend, got " + rates.get(i - 1).rate() + " before " + rates.get(i).rate());
      }
    }
  }

  int seeds() {
    return rates.getFirst().losses().size();
  }

  int[] allSeeds() {
    return IntStream.range(0, seeds()).toArray();
  }

  /// The optimum of the means over all seeds; empty where every rate diverged.
  public Optional<Optimum> optimum() {
    return optimum(allSeeds());
  }

  /// Where the parabola through the lowest mean and its neighbours is lowest.
  /// @param seeds whose losses are averaged; one may stand more than once
  Optional<Optimum> optimum(int[] seeds) {
    int best = best(seeds);
    if (best < 0) {
      return Optional.empty();
    }
    double y = rates.get(best).mean(seeds);
    double x = rates.get(best).octave();
    if (best == 0) {
      return Optional.of(new Optimum(x, y, Optimum.Place.LOWEST_RATE));
    }
    if (best == rates.size() - 1) {
      return Optional.of(new Optimum(x, y, Optimum.Place.HIGHEST_RATE));
    }
    if (!hasParabola(best)) {
      return Optional.of(new Optimum(x, y, Optimum.Place.BESIDE_DIVERGENCE));
    }
    Parabola p = parabola(best, seeds);
    double left = rates.get(best - 1).octave() - x;
    double right = rates.get(best + 1).octave() - x;
    double u = p.bend() > 0 ? Math.clamp(-p.slope() / (2 * p.bend()), left, right) : 0;
    return Optional.of(new Optimum(x + u, y + p.slope() * u + p.bend() * u * u, Optimum.Place.INSIDE));
  }

  private boolean hasParabola(int best) {
    return best > 0 && best < rates.size() - 1 && !rates.get(best - 1).diverged() && !rates.get(best + 1).diverged();
  }

  /// In u, the octaves from a rate: its mean + slope u + bend u^2.
  private record Parabola(double slope, double bend) {}

  /// The one through a rate and its neighbours.
  private Parabola parabola(int best, int[] seeds) {
    Rate at = rates.get(best);
    Rate below = rates.get(best - 1);
    Rate above = rates.get(best + 1);
    double left = below.octave() - at.octave();
    double right = above.octave() - at.octave();
    double down = (below.mean(seeds) - at.mean(seeds)) / left;
    double up = (above.mean(seeds) - at.mean(seeds)) / right;
    double bend = (up - down) / (right - left);
    return new Parabola(down - bend * left, bend);
  }

  /// To how many octaves the optimum is known: 0 by a parabola; beside a divergence, where it is a rate that was tried, the distance to the further neighbour. NaN where there is none, or it lies at an end.
  double resolution() {
    int best = best(allSeeds());
    if (best <= 0 || best == rates.size() - 1) {
      return Double.NaN;
    }
    double at = rates.get(best).octave();
    return hasParabola(best) ? 0 : Math.max(at - rates.get(best - 1).octave(), rates.get(best + 1).octave() - at);
  }

  /// What so many octaves from the optimum cost by its parabola; 0 where there is none.
  double cost(double octaves) {
    int best = best(allSeeds());
    return best >= 0 && hasParabola(best) ? parabola(best, allSeeds()).bend() * octaves * octaves : 0;
  }

  private int best(int[] seeds) {
    int best = -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rates.size(); i++) {
      double mean = rates.get(i).diverged() ? Double.POSITIVE_INFINITY : rates.get(i).mean(seeds);
      if (mean < lowest) {
        lowest = mean;
        best = i;
      }
    }
    return best;
  }

  /// What each seed loses at one octave against another: the differences of the curves through its losses. On the stretch between the neighbours of
  /// the lowest mean the curve is the parabola that the optimum is of, elsewhere it is straight between rates. Empty where an octave lies outside the
  /// sweep or beside a rate that diverged.
  Optional<List<Double>> lost(double at, double against) {
    List<Double> lost = new ArrayList<>();
    for (int k = 0; k < seeds(); k++) {
      OptionalDouble a = loss(k, at);
      OptionalDouble b = loss(k, against);
      if (a.isEmpty() || b.isEmpty()) {
        return Optional.empty();
      }
      lost.add(a.getAsDouble() - b.getAsDouble());
    }
    return Optional.of(lost);
  }

  private OptionalDouble loss(int seed, double octave) {
    int best = best(allSeeds());
    if (best >= 0 && hasParabola(best) && octave >= rates.get(best - 1).octave() && octave <= rates.get(best + 1).octave()) {
      return OptionalDouble.of(lagrange(rates.subList(best - 1, best + 2), seed, octave));
    }
    for (int i = 0; i < rates.size(); i++) {
      // A rate's own octave up to rounding.
      if (Math.abs(rates.get(i).octave() - octave) < 1e-9) {
        return rates.get(i).diverged() ? OptionalDouble.empty() : OptionalDouble.of(rates.get(i).losses().get(seed));
      }
    }
    for (int i = 1; i < rates.size(); i++) {
      List<Rate> pair = rates.subList(i - 1, i + 1);
      if (octave > pair.getFirst().octave() && octave < pair.getLast().octave()) {
        return pair.stream().anyMatch(Rate::diverged) ? OptionalDouble.empty() : OptionalDouble.of(lagrange(pair, seed, octave));
      }
    }
    return OptionalDouble.empty();
  }

  /// The polynomial through the points, at an octave.
  private static double lagrange(List<Rate> points, int seed, double octave) {
    double sum = 0;
    for (Rate p : points) {
      double weight = 1;
      for (Rate q : points) {
        weight *= q.rate() == p.rate() ? 1 : (octave - q.octave()) / (p.octave() - q.octave());
      }
      sum += weight * p.losses().get(seed);
    }
    return sum;
  }

  /// The standard deviation between seeds at the rate with the lowest mean, without its neighbours, which near a divergence are noisier; NaN for one seed, or where every rate diverged.
  double seedNoise() {
    int best = best(allSeeds());
    return best < 0 ? Double.NaN : Sample.deviation(rates.get(best).losses());
  }
}
