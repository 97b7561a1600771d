package proxima.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// An option such as `--widths 32,64,128`.
///
/// @param name with its hyphens
/// @param example how it is written
public record ListOption(String name, String example) {

  public OptionSpec spec(String description) {
    return OptionSpec.builder(name).paramLabel("LIST").type(String.class).description(description).build();
  }

  public boolean isGiven(ParseResult arguments) {
    return arguments.hasMatchedOption(name);
  }

  /// The words; none where the option is not given.
  public List<String> words(ParseResult arguments) {
    return isGiven(arguments) ? Arrays.stream(arguments.matchedOptionValue(name, "").split(",", -1)).map(String::strip).toList() : List.of();
  }

  /// The whole numbers, such as 1024 or 1e3; none where the option is not given.
  /// @throws InputException if a word is none.
  public List<Long> wholeNumbers(ParseResult arguments) {
    return read(arguments, "whole numbers", word -> number(word).filter(v -> v == Math.rint(v) && Math.abs(v) < 1e15).map(Double::longValue));
  }

  /// The numbers; none where the option is not given.
  /// @throws InputException if a word is none.
  public List<Double> numbers(ParseResult arguments) {
    return read(arguments, "numbers", ListOption::number);
  }

  private <T> List<T> read(ParseResult arguments, String what, Function<String, Optional<T>> parse) {
    return words(arguments).stream()
        .map(word -> parse.apply(word).orElseThrow(() -> new InputException(name + ": needs " + what + " joined by commas, such as " + example + ", got '" + word + "'")))
        .toList();
  }

  private static Optional<Double> number(String word) {
    try {
      return Optional.of(Double.parseDouble(word.replace("_", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
