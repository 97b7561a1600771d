package proxima.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Reading of JSON fields, with messages that name what is wrong and where.
public final class JsonFields {

  private static final int BRIEF = 120;

  private JsonFields() {}

  /// A field that must be there.
  /// @throws IllegalArgumentException if it is not.
  public static JsonNode field(JsonNode node, String field, String where) {
    if (!node.hasNonNull(field)) {
      throw new IllegalArgumentException(where + " needs the field '" + field + "', got " + brief(node));
    }
    return node.path(field);
  }

  /// @throws IllegalArgumentException if the field is missing or no text.
  public static String text(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    if (!value.isTextual()) {
      throw wrong(field, where, "a text", value);
    }
    return value.asText();
  }

  /// @throws IllegalArgumentException if the field is missing or no list of texts.
  public static List<String> texts(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    List<String> texts = new ArrayList<>();
    for (JsonNode text : value) {
      if (!text.isTextual()) {
        throw wrong(field, where, "a list of texts", value);
      }
      texts.add(text.asText());
    }
    if (!value.isArray()) {
      throw wrong(field, where, "a list of texts", value);
    }
    return texts;
  }

  /// @throws IllegalArgumentException if the field is missing or no list.
  public static JsonNode list(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    if (!value.isArray()) {
      throw wrong(field, where, "a list", value);
    }
    return value;
  }

  /// A whole number; `2048.0` is one, in either notation.
  /// @throws IllegalArgumentException if the field is missing or no whole number.
  public static long whole(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.asLong();
    }
    double real = value.isNumber() ? value.asDouble() : Double.NaN;
    // 2^53: above it a double does not tell one whole number from the next.
    if (real == Math.rint(real) && Math.abs(real) < 0x1p53) {
      return (long) real;
    }
    throw wrong(field, where, "a whole number", value);
  }

  /// A whole number that fits an int.
  /// @throws IllegalArgumentException if the field is missing, no whole number or too large.
  public static int index(JsonNode node, String field, String where) {
    long value = whole(node, field, where);
    if ((int) value != value) {
      throw wrong(field, where, "a whole number below 2^31", node.path(field));
    }
    return (int) value;
  }

  /// True or false, also as a text: readers of YAML take every scalar for one.
  /// @throws IllegalArgumentException if there is no such field or it is neither.
  public static boolean truth(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    return switch (value.asText()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(field, where, "true or false", value);
    };
  }

  /// A number, also one that is written as a text: readers of YAML 1.1 take 1e-8, which has no point, for a text.
  /// @throws IllegalArgumentException if the field is missing or no number.
  public static double real(JsonNode node, String field, String where) {
    JsonNode value = field(node, field, where);
    double number = number(value, where);
    if (Double.isNaN(number)) {
      throw wrong(field, where, "a number", value);
    }
    return number;
  }

  /// A number, also "NaN" and "Infinity", which JSON has only as texts.
  /// @throws IllegalArgumentException if it is none.
  public static double number(JsonNode value, String where) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(where + " needs a number, got " + brief(value), e);
    }
  }

  private static IllegalArgumentException wrong(String field, String where, String kind, JsonNode value) {
    return new IllegalArgumentException("'" + field + "' of " + where + " must be " + kind + ", got " + brief(value));
  }

  /// Where a text is no JSON, as `:line:column` behind the name of its file; nothing where that is not known, as of what is nested too deeply.
  public static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
  }

  /// Why a text is no JSON, without the place, which the exception's location has.
  public static String fault(JsonProcessingException e) {
    if (e instanceof MismatchedInputException) {
      return "something follows the end of the JSON value";
    }
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("").replaceAll(": enable `[\\w.]+` to allow", "").replaceAll(" ?\\((start marker|for \\w+ starting) at [^)]*\\)+[^)]*\\)?", "");
  }

  /// The text of a node, cut where it is long; `nothing` where there is none.
  public static String brief(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.length() <= BRIEF ? text.toString() : text.substring(0, BRIEF - 3) + "...";
  }

  /// As `toString`, but no more than is shown: a node may be as large as a file.
  private static void write(JsonNode node, StringBuilder text) {
    if (!node.isContainerNode()) {
      text.append(node);
      return;
    }
    text.append(node.isObject() ? '{' : '[');
    int before = text.length();
    if (node.isObject()) {
      for (Iterator<String> names = node.fieldNames(); names.hasNext() && text.length() <= BRIEF; ) {
        String name = names.next();
        text.append(text.length() > before ? "," : "").append(TextNode.valueOf(name)).append(':');
        write(node.path(name), text);
      }
    } else {
      for (int i = 0; i < node.size() && text.length() <= BRIEF; i++) {
        text.append(text.length() > before ? "," : "");
        write(node.path(i), text);
      }
    }
    text.append(node.isObject() ? '}' : ']');
  }
}
