package proxima.train;

/// An estimate of the loss's second derivatives by each weight alone, which Sophia keeps a moving average of. Liu et al. 2023, arXiv 2305.14342, algorithms 1 and 2.
enum Curvature {
  /// Gauss, Newton and Bartlett: examples times the squared gradient of the loss with targets drawn from the model's own predictions.
  BARTLETT,
  /// Hutchinson: u times (H u), for u normal.
  HUTCHINSON;

  /// Steps between two estimates, the authors' number.
  static final int INTERVAL = 10;
}
