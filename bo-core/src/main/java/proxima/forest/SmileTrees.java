package proxima.forest;

/// The one setting of Smile's regression trees that is the process's: what grows them asks for it first, so that trees do not depend on what ran before.
public final class SmileTrees {

  private SmileTrees() {}

  /// Trees consider n/100 points at a time for a split, which ends in leaves of as many points. 10 or less stands for every point.
  public static void considerEveryPoint() {
    System.setProperty("smile.regression_tree.bins", "10");
  }
}
