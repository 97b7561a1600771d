package proxima.proxy;

import java.nio.file.Path;
import java.util.OptionalDouble;

/// What a transformer learns to predict.
public sealed interface Text {

  /// The names of the Unicode 13.0 characters, one a line, shuffled; tokens are characters.
  record UnicodeNames() implements Text {}

  /// The language of a hidden Markov model; the objective is the loss above its exact Bayes loss.
  record HiddenMarkov() implements Text {}

  /// A file of the user's; tokens are bytes.
  record File(Path path) implements Text {

    /// What tells its content from others: 16 digits.
    /// @throws IllegalArgumentException if the file is missing.
    public String digest() {
      return FileCorpus.digest(path);
    }
  }

  /// The tokens, read or made anew.
  /// @throws IllegalArgumentException if a file is missing, too short or binary.
  default Corpus corpus() {
    return switch (this) {
      case UnicodeNames() -> UnicodeCorpus.make();
      case HiddenMarkov() -> MarkovLanguage.DEFAULT.corpus();
      case File(Path path) -> FileCorpus.read(path);
    };
  }

  /// What the objective is the loss above, in nats a token of windows of a length; empty where it is the loss itself.
  /// @param corpus of this
  default OptionalDouble floor(Corpus corpus, int sequence) {
    return switch (this) {
      case HiddenMarkov() -> OptionalDouble.of(MarkovLanguage.DEFAULT.bayesLoss(corpus, sequence));
      case UnicodeNames(), File _ -> OptionalDouble.empty();
    };
  }

  /// True where it has room for windows of a length.
  /// @throws IllegalArgumentException if not, or a file cannot be used.
  default boolean checkWindows(int sequence) {
    corpus().windows(sequence);
    return true;
  }

  /// V.
  default int vocabulary() {
    return switch (this) {
      case UnicodeNames() -> UnicodeCorpus.VOCABULARY;
      case HiddenMarkov() -> MarkovLanguage.DEFAULT.symbols();
      case File(Path path) -> FileCorpus.read(path).vocabulary();
    };
  }
}
