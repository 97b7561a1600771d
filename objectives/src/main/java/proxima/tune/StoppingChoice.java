package proxima.tune;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import proxima.study.EarlyStopping;
import proxima.study.MedianStopping;
import proxima.study.Promotion;
import proxima.study.SuccessiveHalving;

/// The rules of early stopping that a configuration and the command line can name, besides `none`.
enum StoppingChoice {
  ASHA,
  MEDIAN,
  PROMOTION;

  private static final String NONE = "none";

  /// What a configuration calls it.
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// With its usual settings.
  /// @param grace the first step at which a trial may be stopped, or the shortest training
  /// @param steps of a whole training, of which only promotion takes notice
  EarlyStopping rule(long grace, long steps) {
    return switch (this) {
      case ASHA -> new SuccessiveHalving(grace, SuccessiveHalving.ETA);
      case MEDIAN -> new MedianStopping(grace, MedianStopping.TRIALS);
      case PROMOTION -> new Promotion(grace, SuccessiveHalving.ETA, steps);
    };
  }

  static String[] names() {
    return Stream.concat(Stream.of(NONE), Arrays.stream(values()).map(StoppingChoice::id)).toArray(String[]::new);
  }

  /// Empty for `none`.
  static Optional<StoppingChoice> of(String id) {
    return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst();
  }
}
