package proxima.gp;

import java.util.List;
import proxima.linear.Matrix;

/// The joint normal distribution of f at several points.
public record Joint(List<Double> mean, Matrix covariance) {

  public Joint {
    mean = List.copyOf(mean);
  }
}
