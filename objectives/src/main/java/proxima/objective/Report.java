package proxima.objective;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import proxima.space.OneLine;

/// What one JSON object that a command printed, or its result file, says.
sealed interface Report {

  /// A loss on the way.
  record Step(long step, double loss) implements Report {}

  /// The loss of the whole training.
  ///
  /// @param standardError 0 where it is not known
  record Result(double loss, double standardError) implements Report {}

  /// The training diverged; empty where it does not say when.
  record Diverged(Optional<Long> step) implements Report {}

  /// It has a loss, a standard error or a step that cannot be read.
  record Unreadable(String why) implements Report {}

  /// Reads NaN and Infinity too, as Python prints them.
  ObjectMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /// NaN and infinity as other languages print them, where JSON has no word for them.
  Pattern BARE_NAN = Pattern.compile(":\\s*([+-]?(?:nan|inf|infinity))(?=\\s*[,}])", Pattern.CASE_INSENSITIVE);

  /// Empty where the line is no JSON object with a `loss` or `diverged`: it is for people.
  static Optional<Report> parse(String line) {
    String text = line.substring(line.stripTrailing().lastIndexOf('\r') + 1).strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Optional.empty();
    }
    Optional<JsonNode> read = read(text).or(() -> read(BARE_NAN.matcher(text).replaceAll(":\"$1\"")));
    if (read.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = read.get();
    if (node.hasNonNull("diverged") && !(node.get("diverged").isBoolean() && !node.get("diverged").booleanValue())) {
      return Optional.of(diverged(node.get("diverged")));
    }
    if (!node.has("loss")) {
      return Optional.empty();
    }
    Optional<Double> loss = number(node.get("loss"));
    if (loss.isEmpty()) {
      return Optional.of(new Unreadable("the loss is not a number: " + OneLine.of(text)));
    }
    if (!node.hasNonNull("step")) {
      return Optional.of(result(loss.get(), node, text));
    }
    Optional<Long> step = step(node.get("step"));
    return Optional.of(step.isPresent() ? new Step(step.get(), loss.get()) : new Unreadable("the step is not a whole number >= 0: " + OneLine.of(text)));
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Report result(double loss, JsonNode node, String text) {
    if (!node.hasNonNull("standardError") || !Double.isFinite(loss)) {
      return new Result(loss, 0);
    }
    double standardError = number(node.get("standardError")).orElse(Double.NaN);
    return standardError >= 0 && standardError < Double.POSITIVE_INFINITY
        ? new Result(loss, standardError)
        : new Unreadable("the standard error is not a finite number >= 0: " + OneLine.of(text));
  }

  private static Report diverged(JsonNode at) {
    if (at.isBoolean()) {
      return new Diverged(Optional.empty());
    }
    Optional<Long> step = step(at);
    return step.isPresent() ? new Diverged(step) : new Unreadable("diverged is not a step: " + OneLine.of(at.toString()));
  }

  private static Optional<Long> step(JsonNode node) {
    double value = node.isNumber() ? node.doubleValue() : -1;
    return value >= 0 && value == Math.rint(value) && value < Long.MAX_VALUE ? Optional.of((long) value) : Optional.empty();
  }

  /// NaN for null and for a word such as nan or -inf.
  private static Optional<Double> number(JsonNode node) {
    if (node.isNull()) {
      return Optional.of(Double.NaN);
    }
    if (node.isNumber()) {
      return Optional.of(node.doubleValue());
    }
    String word = node.isTextual() ? node.textValue().strip().toLowerCase(Locale.ROOT) : "";
    return word.matches("[+-]?(nan|inf|infinity)") ? Optional.of(Double.NaN) : Optional.empty();
  }
}
