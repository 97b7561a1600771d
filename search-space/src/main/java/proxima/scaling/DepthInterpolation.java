package proxima.scaling;

/// Where a block stands in the relative depth along which per-block values are interpolated between networks of different depth.
///
/// The logarithm of a value is linear between blocks and constant beyond the first and the last.
/// Source: Complete(d)P, arXiv 2512.22382 (linear in l / L); the logarithm and the ends are this library's choice.
public enum DepthInterpolation {
  /// x = l / L for l = 1..L, the paper's wording.
  RELATIVE(1),
  /// x = (l - 1/2) / L: the middle of the block's cell, the same from both ends.
  CELL_CENTRED(0.5);

  private final double offset;

  DepthInterpolation(double offset) {
    this.offset = offset;
  }

  /// The relative depth of a block.
  ///
  /// @param block from 0
  double position(int block, int depth) {
    return (block + offset) / depth;
  }
}
