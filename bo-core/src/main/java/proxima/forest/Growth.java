package proxima.forest;

/// How a forest grows.
///
/// @param trees how many
/// @param share of the coordinates, drawn anew for each node, among which a node looks for its split, in (0, 1]
/// @param leaf fewest points of a leaf
public record Growth(int trees, double share, int leaf) {

  public Growth {
    if (!(trees >= 1 && leaf >= 1)) {
      throw new IllegalArgumentException("a forest has trees, and its leaves points, got " + trees + " and " + leaf);
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of the coordinates lies in (0, 1], got " + share);
    }
  }
}
