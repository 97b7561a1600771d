import java.util.Locale;

/// Prints the code points whose names make the corpus, as hexadecimal ranges. `unicode-13.txt` is its output on JDK 17, which holds
/// Unicode 13.0: `java UnicodeRanges.java > unicode-13.txt`
public final class UnicodeRanges {
  public static void main(String[] args) {
    int start = -1;
    int printed = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
      boolean named = c <= Character.MAX_CODE_POINT && isNamed(c);
      if (named && start < 0) {
        start = c;
      } else if (!named && start >= 0) {
        String range = Integer.toHexString(start) + (c - 1 > start ? "-" + Integer.toHexString(c - 1) : "");
        System.out.print(range + (++printed % 12 == 0 ? "\n" : " "));
        start = -1;
      }
    }
    System.out.println();
  }

  private static boolean isNamed(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED, Character.CONTROL, Character.PRIVATE_USE, Character.SURROGATE -> false;
      default -> !Character.getName(c).endsWith(" " + Integer.toHexString(c).toUpperCase(Locale.ROOT));
    };
  }
}
