package proxima.bench.bbob;

import static proxima.bench.bbob.Core.square;
import static proxima.bench.bbob.Step.affine;
import static proxima.bench.bbob.Step.bend;
import static proxima.bench.bbob.Step.each;
import static proxima.bench.bbob.Step.oscillate;
import static proxima.bench.bbob.Step.rotate;
import static proxima.bench.bbob.Step.shift;
import static proxima.bench.bbob.Step.stretch;

import java.util.function.ToDoubleFunction;

/// The functions, less their lowest value, from the random numbers of one instance. Formulas as in the report, under its numbers.
final class Landscape {

  private final int d;
  private final long seed;
  private final double[] optimum;

  Landscape(int d, long seed) {
    this.d = d;
    this.seed = seed;
    this.optimum = Draws.optimum(d, seed);
  }

  ToDoubleFunction<double[]> of(int number) {
    return switch (number) {
      case 1 -> shift(optimum).value(Core::sphere);
      case 2 -> shift(optimum).then(oscillate()).value(z -> Core.ellipsoid(z, 1e6));
      case 3 -> shift(optimum).then(oscillate()).then(bend(0.2)).then(stretch(10)).value(Core::rastrigin);
      case 4 -> buecheRastrigin();
      case 5 -> this::linearSlope;
      case 6 -> attractiveSector();
      case 7 -> stepEllipsoid();
      case 8 -> each((x, i, _) -> x - 0.75 * optimum[i]).then(affine(widening(), 1)).value(Core::rosenbrock);
      case 9 -> rotate(q()).then(affine(widening(), 0.5)).value(Core::rosenbrock);
      case 10 -> turned().then(oscillate()).value(z -> Core.ellipsoid(z, 1e6));
      case 11 -> turned().then(oscillate()).value(Core::discus);
      case 12 -> shift(Draws.optimum(d, seed + 1_000_000)).then(rotate(r())).then(bend(0.5)).then(rotate(r())).value(Core::bentCigar);
      case 13 -> shift(optimum).then(rotate(q())).then(stretch(10)).then(rotate(r())).value(Core::sharpRidge);
      case 14 -> turned().value(Core::differentPowers);
      case 15 -> turned().then(oscillate()).then(bend(0.2)).then(rotate(q())).then(stretch(10)).then(rotate(r())).value(Core::rastrigin);
      case 16 -> turned().then(oscillate()).then(rotate(q())).then(stretch(0.01)).then(rotate(r())).value(Core::weierstrass);
      case 17 -> turned().then(bend(0.5)).then(rotate(q())).then(stretch(10)).value(Core::schaffers);
      case 18 -> turned().then(bend(0.5)).then(rotate(q())).then(stretch(1000)).value(Core::schaffers);
      case 19 -> rotate(q()).then(affine(widening(), 0.5)).value(Core::griewankRosenbrock);
      case 20 -> schwefel();
      case 21 -> new Gallagher(d, seed, 101, 5, Math.sqrt(1000))::value;
      case 22 -> new Gallagher(d, seed, 21, 4.9, 1000)::value;
      case 23 -> shift(optimum).then(rotate(q())).then(stretch(100)).then(rotate(r())).value(Core::katsuura);
      case 24 -> lunacek();
      default -> throw new IllegalArgumentException("functions go from 1 to 24, got " + number);
    };
  }

  private double[][] r() {
    return Draws.rotation(d, seed + 1_000_000);
  }

  private double[][] q() {
    return Draws.rotation(d, seed);
  }

  /// R (x - optimum).
  private Step turned() {
    return shift(optimum).then(rotate(r()));
  }

  private double widening() {
    return Math.max(1, Math.sqrt(d) / 8);
  }

  private ToDoubleFunction<double[]> buecheRastrigin() {
    // Every second coordinate of the optimum is positive.
    double[] place = each((x, i, _) -> i % 2 == 0 ? Math.abs(x) : x).of(optimum);
    return shift(place).then(oscillate()).then(each((z, i, _) -> (z > 0 && i % 2 == 0 ? 10 : 1) * Math.pow(10, 0.5 * i / (d - 1)) * z)).value(Core::rastrigin);
  }

  private double linearSlope(double[] x) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += Math.pow(10, i / (d - 1.0)) * (5 - Math.signum(optimum[i]) * x[i]);
    }
    return sum;
  }

  private ToDoubleFunction<double[]> attractiveSector() {
    return shift(optimum).then(rotate(q())).then(stretch(10)).then(rotate(r())).value(z -> {
      double sum = 0;
      for (int i = 0; i < d; i++) {
        sum += square((z[i] * optimum[i] > 0 ? 100 : 1) * z[i]);
      }
      return Math.pow(Step.oscillated(sum), 0.9);
    });
  }

  private ToDoubleFunction<double[]> stepEllipsoid() {
    Step steps = each((z, _, _) -> Math.abs(z) > 0.5 ? Math.floor(0.5 + z) : Math.floor(0.5 + 10 * z) / 10).then(rotate(r()));
    return shift(optimum).then(rotate(q())).then(stretch(10)).value(z -> 0.1 * Math.max(Math.abs(z[0]) / 1e4, Core.ellipsoid(steps.of(z), 100)));
  }

  private ToDoubleFunction<double[]> schwefel() {
    double[] sign = each((u, _, _) -> u < 0.5 ? -1 : 1).of(Draws.uniform(d, seed));
    // 2 |optimum|
    double place = 4.2096874637;
    Step chained = x -> {
      double[] z = x.clone();
      for (int i = 1; i < d; i++) {
        z[i] = x[i] + 0.25 * (x[i - 1] - place);
      }
      return z;
    };
    return each((x, i, _) -> 2 * sign[i] * x).then(chained).then(affine(1, -place)).then(stretch(10)).then(affine(100, 100 * place)).value(Core::schwefel);
  }

  private ToDoubleFunction<double[]> lunacek() {
    double near = 2.5;
    double s = 1 - 1 / (2 * Math.sqrt(d + 20) - 8.2);
    double far = -Math.sqrt((near * near - 1) / s);
    double[] sign = each((g, _, _) -> g < 0 ? -1 : 1).of(Draws.normal(d, seed));
    Step mirrored = each((x, i, _) -> 2 * sign[i] * x);
    Step waves = affine(1, -near).then(rotate(q())).then(stretch(100)).then(rotate(r()));
    return mirrored.value(x -> {
      double basins = Math.min(Core.sphere(affine(1, -near).of(x)), d + s * Core.sphere(affine(1, -far).of(x)));
      double[] z = waves.of(x);
      return basins + Core.rastrigin(z) - Core.sphere(z);
    });
  }
}
