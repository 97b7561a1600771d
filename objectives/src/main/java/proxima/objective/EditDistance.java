package proxima.objective;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// How far apart two words are: for messages that name what was meant.
public final class EditDistance {

  /// 100 letters: a longer word is no name, and to compare two takes the product of their lengths.
  private static final int LONGEST = 100;

  /// What others call things, which is near no name here.
  private static final Map<String, String> USUAL = Map.of("lr", "learningRate", "wd", "weightDecay", "b1", "beta1", "b2", "beta2", "betas", "beta1", "eps", "epsilon", "bs", "batch", "layers", "depth");

  private EditDistance() {}

  /// The fewest insertions, deletions and replacements of a letter, and swaps of two neighbours, that make `b` of `a` (optimal string alignment).
  public static int between(String a, String b) {
    int[] beforeLast = new int[0];
    int[] last = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], last[j]));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  /// `; did you mean 'x'?` for the known word that others call so, or else that this one begins, or else the one at the least distance, whatever its case, of equals the
  /// longest; nothing where none is near. Words of more than 100 letters are near none.
  public static String hint(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return "";
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(USUAL.get(lower)).filter(known::contains).or(() -> nearest(word, lower, known)).map(k -> "; did you mean '" + k + "'?").orElse("");
  }

  private static Optional<String> nearest(String word, String lower, Collection<String> known) {
    return known.stream()
        .filter(k -> k.length() <= LONGEST)
        .filter(k -> begins(lower, k) || between(lower, k.toLowerCase(Locale.ROOT)) <= near(word))
        .min(Comparator.<String>comparingInt(k -> begins(lower, k) ? 0 : between(word, k)).thenComparingInt(k -> -k.length()));
  }

  /// Of a short word one letter may differ, of a long one a third.
  private static int near(String word) {
    return word.length() < 5 ? 1 : Math.max(2, word.length() / 3);
  }

  private static boolean begins(String lower, String known) {
    return lower.length() >= 3 && known.toLowerCase(Locale.ROOT).startsWith(lower);
  }
}
