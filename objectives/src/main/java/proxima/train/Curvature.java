package proxima.train;

/// An estimate of the loss's second derivatives by each weight alone, which Sophia keeps a moving average of. Liu et al. 2023, arXiv 2305.14342, algorithms 1 and 2.
enum Curvature {
  /// Gauss, Newton and Bartlett: tokens times the squared gradient of the loss with targets drawn from the model's own predictions.
  BARTLETT("bartlett"),
  /// Hutchinson: u times (H u), for u normal.
  HUTCHINSON("hutchinson");

  /// Steps between two estimates, the authors' number.
  static final long INTERVAL = 10;

  private final String method;

  Curvature(String method) {
    this.method = method;
  }

  /// The script's method that takes the estimate in.
  String method() {
    return method;
  }
}
