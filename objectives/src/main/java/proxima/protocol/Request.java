package proxima.protocol;

import java.util.Optional;
import java.util.OptionalLong;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.SearchSpace;

/// What a client wants of a study.
sealed interface Request {

  /// To know the study; where it names a space or a seed, a study of these.
  record Space(Optional<SearchSpace> space, OptionalLong seed) implements Request {}

  /// The next trial.
  record Ask() implements Request {}

  /// To tell what came of a trial.
  record Tell(int trial, Outcome outcome) implements Request {}

  /// To tell that a trial was stopped after its last report.
  record Stop(int trial) implements Request {}

  /// To tell what came of a configuration that was never asked for.
  record Add(Configuration configuration, Outcome outcome) implements Request {}

  /// To tell a loss on the way.
  record Report(int trial, long step, double loss) implements Request {}

  /// The finished trial with the lowest loss.
  record Best() implements Request {}

  /// The finished trial to believe in.
  record Recommend() implements Request {}
}
