package proxima.gp;

/// An increasing function of the loss, before standardising.
interface Bend {

  double apply(double loss);

  /// ln of its derivative at one of the losses it was made from.
  double logSlope(double loss);
}
