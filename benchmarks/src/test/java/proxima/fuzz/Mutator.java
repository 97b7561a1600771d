package proxima.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Spoils valid documents: the same seed, the same spoilt ones.
final class Mutator {

  /// What stands in place of a word, or between two letters.
  private static final List<String> HOSTILE =
      List.of(
          "", "0", "-0", "-1", "0.1", "NaN", "Infinity", "1e400", "-1e400", "1e-400", "4.9e-324", "1.7976931348623157e308", "2147483647", "2147483648", "-2147483649",
          "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1".repeat(400), "1".repeat(2000), "1e999999999", "0x1p4", "1_000", "1f",
          "true", "false", "null", "~", "[]", "{}", "\"\"", "''", "' '", "\"\\u0000\"", "\"\\0\"", "\"\\ud800\"", "\"a\\nb\\rc\\u2028d\"", "\0", "\t", "\n", "\r", "\u001b[31m", "\u0085",
          "\u2028", "\u202e", "\uFEFF", "\ud800", "\ud83d\ude00", "é漢ｘ", "x".repeat(300), "x".repeat(70_000), "a b ".repeat(500), "..", "/", "../../x", "a/b", "con\\x", "/dev/null", "*",
          "%s%n%d", "$(id)", "`id`", ";", "{id}", "{{x}}", "{nothing}", "<script>", "&amp;", "'", "\"", "\\", ",", ":", "#", "- ", "? ", "| ", "> ", "%", "@", "---", "...", "<<", "=",
          "!!java.net.URL", "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://localhost/\"]]]]", "!!binary aGk=", "!!set {a}", "!local x", "&a ", "*a",
          "&a [*a]", "&a {x: *a}", "loss", "name", "type", "categorical", "integer", "parameters", "diverged", "learningRate", "gp", "transformer", "command", "latent");

  private static final Pattern WORD = Pattern.compile("[\\w.+-]+");
  private static final Pattern GROUP = Pattern.compile("\\{[^{}]*}|\\[[^\\[\\]]*]|\"[^\"\n]*\"");

  private final RandomGenerator random;
  private final List<byte[]> documents;

  Mutator(RandomGenerator random, List<byte[]> documents) {
    this.random = random;
    this.documents = List.copyOf(documents);
  }

  /// The next spoilt text.
  byte[] text() {
    String text = document();
    for (int left = random.nextBoolean() ? 1 : 1 + random.nextInt(4); left > 0; left--) {
      text = once(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(20) == 0 ? flipped(bytes) : bytes;
  }

  /// The next spoilt bytes of what is no text.
  byte[] bytes() {
    byte[] bytes = documents.get(random.nextInt(documents.size())).clone();
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        byte[] page = new byte[1 + random.nextInt(5000)];
        random.nextBytes(page);
        System.arraycopy(page, 0, bytes, random.nextInt(Math.max(1, bytes.length - page.length)), Math.min(page.length, bytes.length));
        yield bytes;
      }
      case 2 -> {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(bytes.length);
        System.arraycopy(bytes.clone(), from, bytes, to, random.nextInt(1 + bytes.length - Math.max(from, to)));
        yield bytes;
      }
      default -> flipped(bytes);
    };
  }

  private String document() {
    return new String(documents.get(random.nextInt(documents.size())), StandardCharsets.UTF_8);
  }

  private byte[] flipped(byte[] bytes) {
    for (int left = 1 + random.nextInt(8); left > 0 && bytes.length > 0; left--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ (1 << random.nextInt(8)) : random.nextInt(256));
    }
    return bytes;
  }

  private String once(String text) {
    return switch (random.nextInt(16)) {
      case 0 -> cut(text, at(text), at(text), String.valueOf((char) random.nextInt(128)));
      case 1 -> cut(text, at(text), at(text), "");
      case 2 -> text.substring(0, at(text));
      case 3 -> repeated(text);
      case 4 -> lines(text);
      case 5, 6, 7, 8 -> replaced(text, WORD, hostile());
      case 9 -> replaced(text, GROUP, hostile());
      case 10 -> replaced(text, random.nextBoolean() ? GROUP : WORD, one(document(), GROUP));
      case 11 -> replaced(text, WORD, one(document(), WORD));
      case 12 -> inserted(text, hostile());
      case 13 -> replaced(text, random.nextBoolean() ? WORD : GROUP, nested());
      case 14 -> replaced(replaced(text, GROUP, "*a"), GROUP, "&a " + one(text, GROUP));
      default -> replaced(text, GROUP, twice(one(text, GROUP)));
    };
  }

  private int at(String text) {
    return random.nextInt(text.length() + 1);
  }

  private String hostile() {
    return HOSTILE.get(random.nextInt(HOSTILE.size()));
  }

  private static String cut(String text, int a, int b, String with) {
    int to = Math.min(Math.max(a, b), Math.min(a, b) + 40);
    return text.substring(0, Math.min(a, b)) + with + text.substring(to);
  }

  private String inserted(String text, String what) {
    int at = at(text);
    return text.substring(0, at) + what + text.substring(at);
  }

  private String repeated(String text) {
    int from = at(text);
    int to = Math.min(text.length(), from + random.nextInt(200));
    return text.substring(0, to) + text.substring(from, to).repeat(random.nextInt(10) == 0 ? 100 : 1) + text.substring(to);
  }

  private String lines(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text;
    }
    int a = random.nextInt(lines.size());
    int b = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.set(a, lines.set(b, lines.get(a)));
      case 1 -> lines.remove(a);
      case 2 -> lines.add(a, lines.get(b));
      default -> {
        List<String> others = document().lines().toList();
        lines.add(a, others.isEmpty() ? "" : others.get(random.nextInt(others.size())));
      }
    }
    return String.join(random.nextInt(8) == 0 ? "\r\n" : "\n", lines) + "\n";
  }

  private String replaced(String text, Pattern what, String with) {
    List<MatchResult> all = what.matcher(text).results().toList();
    if (all.isEmpty()) {
      return inserted(text, with);
    }
    MatchResult one = all.get(random.nextInt(all.size()));
    return text.substring(0, one.start()) + with + text.substring(one.end());
  }

  private String one(String text, Pattern what) {
    List<MatchResult> all = what.matcher(text).results().toList();
    return all.isEmpty() ? hostile() : all.get(random.nextInt(all.size())).group();
  }

  private String nested() {
    int depth = List.of(2, 30, 60, 3000).get(random.nextInt(4));
    return random.nextBoolean() ? "[".repeat(depth) + "1" + "]".repeat(depth) : "{\"a\": ".repeat(depth) + "1" + "}".repeat(depth);
  }

  /// A group with what it holds a second time, so that keys and elements stand twice.
  private static String twice(String group) {
    return group.length() < 2 ? group : group.substring(0, group.length() - 1) + ", " + group.substring(1);
  }
}
