package proxima.proxy;

/// How a transformer's blocks look at earlier tokens.
public sealed interface Attention {

  /// Heads with keys and values of their own; queries and keys are normalised.
  record Heads() implements Attention {}

  /// Multi-head latent attention: keys and values are made of one short vector for each token, the latent, which is all that a cache would hold. Positions are in a part of the queries
  /// and in one key of fixed width that all heads share. DeepSeek-AI 2024, arXiv 2405.04434, with full queries.
  ///
  /// @param compression width of the network over that of the latent, the same at every width
  /// @param rotary width of the part with positions, even
  record Latent(int compression, int rotary) implements Attention {

    /// A quarter of the width, and 8.
    public static final Latent DEFAULT = new Latent(4, 8);

    public Latent {
      if (!(compression > 0)) {
        throw new IllegalArgumentException("compression must be positive, got " + compression);
      }
      if (!(rotary > 0 && rotary % 2 == 0)) {
        throw new IllegalArgumentException("the width of the rotary part must be even and positive, got " + rotary);
      }
    }

    /// Width of the latent.
    /// @throws IllegalArgumentException if it is no whole number.
    int rank(int width) {
      if (width % compression != 0) {
        throw new IllegalArgumentException(
            "width " + width + " has no latent of 1/" + compression + " of it; take a multiple of " + compression + ", or another compression");
      }
      return width / compression;
    }
  }
}
