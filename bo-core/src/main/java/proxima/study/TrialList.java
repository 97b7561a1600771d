package proxima.study;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/// Trials by number. Immutable: a list with one more trial, or with another in one's place, is a new one that shares all but a path of nodes with this one, so that
/// each costs the same time however many there are (a persistent vector: Bagwell's trie of 32 branches, by index).
final class TrialList extends AbstractList<TrialResult> implements RandomAccess {

  private static final int BITS = 5;
  private static final int BRANCHES = 1 << BITS;
  private static final Object[] NOTHING = {};

  static final TrialList EMPTY = new TrialList(0, 0, NOTHING);

  private final int size;
  private final int shift; // bits of an index below those that choose among the root's branches
  private final Object[] root; // never written

  private TrialList(int size, int shift, Object[] root) {
    this.size = size;
    this.shift = shift;
    this.root = root;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public TrialResult get(int number) {
    Objects.checkIndex(number, size);
    Object[] node = root;
    for (int s = shift; s > 0; s -= BITS) {
      node = (Object[]) node[branch(number, s)];
    }
    return (TrialResult) node[branch(number, 0)];
  }

  /// This with a trial in the place of the one of its number, or at the end.
  /// @throws IndexOutOfBoundsException if a trial of a lower number is missing
  TrialList with(TrialResult trial) {
    int number = Objects.checkIndex(trial.number(), size + 1);
    boolean isFull = number == BRANCHES << shift;
    Object[] top = isFull ? new Object[] {root} : root;
    int above = isFull ? shift + BITS : shift;
    return new TrialList(Math.max(size, number + 1), above, with(top, above, number, trial));
  }

  private static Object[] with(Object[] node, int shift, int number, TrialResult trial) {
    int at = branch(number, shift);
    Object below = at < node.length ? node[at] : NOTHING;
    Object[] copy = Arrays.copyOf(node, Math.max(node.length, at + 1));
    copy[at] = shift == 0 ? trial : with((Object[]) below, shift - BITS, number, trial);
    return copy;
  }

  private static int branch(int number, int shift) {
    return number >>> shift & BRANCHES - 1;
  }
}
