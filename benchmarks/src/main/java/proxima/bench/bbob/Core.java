package proxima.bench.bbob;

/// Values of points in changed coordinates: the functions without what moves, turns and bends them.
final class Core {

  private Core() {}

  static double sphere(double[] z) {
    double sum = 0;
    for (double v : z) {
      sum += v * v;
    }
    return sum;
  }

  /// Weights from 1 to `condition`.
  static double ellipsoid(double[] z, double condition) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += Math.pow(condition, i / (z.length - 1.0)) * z[i] * z[i];
    }
    return sum;
  }

  static double rastrigin(double[] z) {
    double cosines = 0;
    for (double v : z) {
      cosines += Math.cos(2 * Math.PI * v);
    }
    return 10 * (z.length - cosines) + sphere(z);
  }

  static double rosenbrock(double[] z) {
    double sum = 0;
    for (int i = 0; i + 1 < z.length; i++) {
      sum += 100 * square(z[i] * z[i] - z[i + 1]) + square(z[i] - 1);
    }
    return sum;
  }

  static double discus(double[] z) {
    return sphere(z) + (1e6 - 1) * z[0] * z[0];
  }

  static double bentCigar(double[] z) {
    return 1e6 * sphere(z) - (1e6 - 1) * z[0] * z[0];
  }

  static double sharpRidge(double[] z) {
    double rest = 0;
    for (int i = 1; i < z.length; i++) {
      rest += z[i] * z[i];
    }
    return z[0] * z[0] + 100 * Math.sqrt(rest);
  }

  static double differentPowers(double[] z) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += Math.pow(Math.abs(z[i]), 2 + 4.0 * i / (z.length - 1));
    }
    return Math.sqrt(sum);
  }

  static double weierstrass(double[] z) {
    double sum = 0;
    double lowest = 0;
    for (int k = 0; k < 12; k++) {
      double a = Math.pow(0.5, k);
      double b = Math.pow(3, k);
      for (double v : z) {
        sum += a * Math.cos(2 * Math.PI * b * (v + 0.5)) / z.length;
      }
      lowest += a * Math.cos(Math.PI * b);
    }
    double above = sum - lowest;
    return 10 * above * above * above;
  }

  static double schaffers(double[] z) {
    double sum = 0;
    for (int i = 0; i + 1 < z.length; i++) {
      double s = z[i] * z[i] + z[i + 1] * z[i + 1];
      sum += Math.pow(s, 0.25) * (1 + square(Math.sin(50 * Math.pow(s, 0.1))));
    }
    return square(sum / (z.length - 1));
  }

  static double griewankRosenbrock(double[] z) {
    double sum = 0;
    for (int i = 0; i + 1 < z.length; i++) {
      double s = 100 * square(z[i] * z[i] - z[i + 1]) + square(1 - z[i]);
      sum += s / 4000 - Math.cos(s);
    }
    return 10 + 10 * sum / (z.length - 1);
  }

  static double schwefel(double[] z) {
    double sum = 0;
    double beyond = 0;
    for (double v : z) {
      sum += v * Math.sin(Math.sqrt(Math.abs(v)));
      beyond += square(Math.max(0, Math.abs(v) - 500));
    }
    return 0.01 * (418.9828872724339 - sum / z.length + beyond);
  }

  static double katsuura(double[] z) {
    int d = z.length;
    double product = 1;
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 1; j <= 32; j++) {
        double v = Math.pow(2, j) * z[i];
        sum += Math.abs(v - Math.floor(v + 0.5)) / Math.pow(2, j);
      }
      product *= Math.pow(1 + (i + 1) * sum, 10 / Math.pow(d, 1.2));
    }
    return 10.0 / d / d * (product - 1);
  }

  static double square(double v) {
    return v * v;
  }
}
