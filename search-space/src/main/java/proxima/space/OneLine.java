package proxima.space;

/// A text as one line for people: what a message quotes of a file may hold line breaks, control characters, or no end.
public final class OneLine {

  /// 2,000 characters: more than any message of ours that quotes nothing.
  private static final int LONGEST = 2000;

  /// Of a longer text its end is kept too, where the mend stands.
  private static final int END = 600;

  private static final String CUT = " ... ";

  private OneLine() {}

  /// Control characters and line breaks become blanks; of a text that is too long the middle is left out.
  public static String of(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST - END - CUT.length()) + CUT + text.substring(text.length() - END);
    StringBuilder line = new StringBuilder();
    shown.codePoints().map(c -> isShown(c) ? c : ' ').forEach(line::appendCodePoint);
    return line.toString();
  }

  /// Not so those that turn or hide what is beside them, nor halves of a pair.
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
      default -> true;
    };
  }
}
