package proxima.scaling;

import proxima.module.Module;

/// The ratios target / base that a scaling table's row sees for one module.
///
/// @param fanIn f_in
/// @param fanOut f_out
/// @param tallness f_t, of max(1, fan-out / fan-in)
/// @param depth m_L; 1 for a module outside the blocks
/// @param batch m_B
/// @param tokens m_D
public record Ratios(double fanIn, double fanOut, double tallness, double depth, double batch, double tokens) {

  public Ratios {
    check("fan-in", fanIn);
    check("fan-out", fanOut);
    check("tallness", tallness);
    check("depth", depth);
    check("batch", batch);
    check("tokens", tokens);
  }

  /// Of a tensor whose fans grow alike, or that has never more rows than columns.
  public Ratios(double fanIn, double fanOut, double depth, double batch, double tokens) {
    this(fanIn, fanOut, 1, depth, batch, tokens);
  }

  private static void check(String name, double ratio) {
    if (!(ratio > 0) || !Double.isFinite(ratio)) {
      throw new IllegalArgumentException("the ratio of " + name + " must be positive, got " + ratio);
    }
  }

  /// The ratios between two shapes of one tensor at two scales.
  ///
  /// @param inStack whether the tensor is part of a residual block
  static Ratios of(Module from, Scale fromScale, Module to, Scale toScale, boolean inStack) {
    return new Ratios(
        (double) to.fanIn() / from.fanIn(),
        (double) to.fanOut() / from.fanOut(),
        tallness(to) / tallness(from),
        inStack ? (double) toScale.depth() / fromScale.depth() : 1,
        (double) toScale.batch() / fromScale.batch(),
        (double) toScale.tokens() / fromScale.tokens());
  }

  private static double tallness(Module m) {
    return Math.max(1, (double) m.fanOut() / m.fanIn());
  }
}
