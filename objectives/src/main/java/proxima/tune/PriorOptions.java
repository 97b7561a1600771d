package proxima.tune;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.InputException;

/// The options that name prior runs.
final class PriorOptions {

  private static final String PRIOR = "--prior";
  private static final String SHARED = "--shared";

  private PriorOptions() {}

  static OptionSpec prior(String description) {
    return OptionSpec.builder(PRIOR).paramLabel("PRIOR").type(Path[].class).arity("1..*").description(description).build();
  }

  static OptionSpec shared() {
    return OptionSpec.builder(SHARED).type(boolean.class).arity("0").description("Use prior runs over other parameters or wider ranges too, for what both have.").build();
  }

  /// Empty where none are named.
  /// @throws InputException if runs are to be shared and there are none.
  static Optional<PriorConfig> of(ParseResult arguments) {
    boolean shared = isShared(arguments);
    if (!arguments.hasMatchedOption(PRIOR)) {
      if (shared) {
        throw new InputException(SHARED + ": has no effect without " + PRIOR + "; in a configuration write prior: {from: [...], shared: true}");
      }
      return Optional.empty();
    }
    return Optional.of(new PriorConfig(Arrays.asList(arguments.matchedOptionValue(PRIOR, new Path[0])), shared));
  }

  static boolean isShared(ParseResult arguments) {
    return arguments.matchedOptionValue(SHARED, false);
  }
}
