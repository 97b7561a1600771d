package proxima.tune;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import proxima.cli.Command;
import proxima.proxy.Attention;
import proxima.proxy.Experts;

/// What a trial runs.
sealed interface ObjectiveConfig {

  /// A decoder-only transformer trained here.
  ///
  /// @param heads at the base width; the head dimension stays as the width grows
  /// @param experts in place of the MLPs
  record Transformer(
      Data data, int heads, int sequence, boolean swiglu, boolean tied, Attention attention, Optional<Experts> experts, String device)
      implements ObjectiveConfig {

    /// With other keys on which the types of its modules depend.
    Transformer withTypes(boolean otherSwiglu, boolean otherTied, Attention otherAttention, Optional<Experts> otherExperts) {
      return new Transformer(data, heads, sequence, otherSwiglu, otherTied, otherAttention, otherExperts, device);
    }

    Transformer withDataAndHeads(Data other, int number) {
      return new Transformer(other, number, sequence, swiglu, tied, attention, experts, device);
    }

    Transformer withExperts(Experts other) {
      return new Transformer(data, heads, sequence, swiglu, tied, attention, Optional.of(other), device);
    }
  }

  /// A residual MLP on the teacher-student stream, trained here.
  record Mlp(String device) implements ObjectiveConfig {}

  /// A residual convolutional network on generated images, trained here.
  record Convolution(String device) implements ObjectiveConfig {}

  /// A plain MLP that fits random labels, trained here: the reference for studies of curvature. The batch is the number of points.
  record RandomLabels(String device) implements ObjectiveConfig {}

  /// The user's own program.
  ///
  /// @param directory where it runs
  /// @param modules the modules file of its network, where it is tuned per module
  record Command(List<String> command, Path directory, Duration timeout, int retries, Optional<Path> modules) implements ObjectiveConfig {}

  /// The file of its own that it learns from, or that lists its modules.
  default Optional<Path> file() {
    return switch (this) {
      case Transformer(Data.Text(Path file, _), _, _, _, _, _, _, _) -> Optional.of(file);
      case Command(_, _, _, _, var modules) -> modules;
      case Transformer _, Mlp _, Convolution _, RandomLabels _ -> Optional.empty();
    };
  }

  /// The unit of its loss; empty where it has none.
  default String unit() {
    return switch (this) {
      case Transformer _, Convolution _ -> "nats";
      case Mlp _, RandomLabels _, Command _ -> "";
    };
  }

  /// What its losses are, in words, where they are no errors or entropies themselves.
  default Optional<String> losses() {
    return switch (this) {
      case Mlp _ -> Optional.of("logarithms of the mean squared error over the targets' variance: 0 where nothing is learned, and below it from there on");
      case Transformer _, Convolution _, RandomLabels _, Command _ -> Optional.empty();
    };
  }

  /// Whether its network follows scaling tables over depth.
  default boolean growsInDepth() {
    return switch (this) {
      case Transformer _, Mlp _, Convolution _, Command _ -> true;
      case RandomLabels _ -> false;
    };
  }

  /// This on another device.
  /// @throws IllegalArgumentException for the user's own program, which chooses its device itself
  default ObjectiveConfig withDevice(String device) {
    return switch (this) {
      case Transformer(var data, int heads, int sequence, boolean swiglu, boolean tied, var attention, var experts, _) -> new Transformer(data, heads, sequence, swiglu, tied, attention, experts, device);
      case Mlp _ -> new Mlp(device);
      case Convolution _ -> new Convolution(device);
      case RandomLabels _ -> new RandomLabels(device);
      case Command _ -> throw new IllegalArgumentException("the run's trials are a program of your own, which chooses its device itself");
    };
  }

  /// This without what changes no loss that a training ends with: the device, and how long and how often the user's own program may try.
  default ObjectiveConfig decisive() {
    return switch (this) {
      case Command(var command, var directory, _, _, var modules) -> new Command(command, directory, Duration.ZERO, 0, modules);
      case Transformer _, Mlp _, Convolution _, RandomLabels _ -> withDevice("");
    };
  }

  /// What a transformer learns.
  sealed interface Data {
    record UnicodeNames() implements Data {}

    record HiddenMarkov() implements Data {}

    /// @param symbols how many it had as a run on it began, where that was noted
    record Text(Path file, OptionalInt symbols) implements Data {}
  }
}
