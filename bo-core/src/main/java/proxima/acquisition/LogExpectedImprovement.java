package proxima.acquisition;

import java.util.List;
import proxima.gp.Gradient;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.space.Point;

/// The logarithm of the expected improvement on an incumbent: log sigma + log h((f* - mu) / sigma) (Ament et al. 2023, equation 9).
///
/// Improvement is that of the latent loss: where observations are noisy, the incumbent is a posterior mean, not an observation.
///
/// @param incumbent f*, the loss to improve on
public record LogExpectedImprovement(double incumbent) {

  public LogExpectedImprovement {
    if (!Double.isFinite(incumbent)) {
      throw new IllegalArgumentException("an incumbent is finite, got " + incumbent);
    }
  }

  /// The value where the loss is distributed as `f`; minus infinity or log of the improvement where its sd is 0.
  public double at(Normal f) {
    double sigma = f.sd();
    return sigma > 0
        ? Math.log(sigma) + LogImprovement.value((incumbent - f.mean()) / sigma)
        : Math.log(Math.max(0, incumbent - f.mean()));
  }

  /// The value where sd > 0; its derivatives by the coordinates of the point are added to `slope`.
  public double at(Gradient f, double[] slope) {
    double sigma = f.value().sd();
    double u = (incumbent - f.value().mean()) / sigma;
    double byU = LogImprovement.derivative(u);
    double[] mean = f.mean();
    double[] sd = f.sd();
    for (int i = 0; i < slope.length; i++) {
      slope[i] += (sd[i] * (1 - byU * u) - byU * mean[i]) / sigma;
    }
    return at(f.value());
  }

  /// The improvement as a function of points.
  public Acquisition of(Posterior loss) {
    return new Acquisition() {
      @Override
      public double[] at(List<Point> points) {
        return loss.at(points).stream().mapToDouble(LogExpectedImprovement.this::at).toArray();
      }

      @Override
      public double at(Point x, double[] slope) {
        return LogExpectedImprovement.this.at(loss.gradient(x), slope);
      }
    };
  }
}
