package proxima.module;

import java.util.stream.Stream;

/// What initial scales do to the meaning of learning rates and multipliers.
///
/// AdamW, as most rules, moves a weight by its learning rate whatever the weight's size, so what counts is the rate relative to the initial scale, to a power of its rule (`UpdateRule.scalePower`). A branch's
/// output is proportional to the product of the initial scales along it, the stream to that of the embedding, so what counts is a multiplier times
/// the one over the other. Queries and keys that are normalised do not depend on their scales at all.
///
/// @param optimizer that moves the network
/// @param factors whose initial scales are meant
record InitialScales(Network network, Optimizer optimizer, Factors factors) {

  /// What a relative factor is multiplied by to give that of a type (or branch) on a hyperparameter.
  double unit(Hyperparameter h, String name) {
    return switch (h) {
      case LEARNING_RATE -> Math.pow(scale(name), optimizer.rule(network.ofType(name).role()).scalePower());
      case MULTIPLIER -> stream() / branch(name);
      case ADAMW_LEARNING_RATE, WEIGHT_DECAY, MOMENTUM, BETA1, BETA2, EPSILON, RHO, RADIUS, INIT_STD -> 1;
    };
  }

  private double scale(String type) {
    return factors.of(type, Hyperparameter.INIT_STD);
  }

  /// Several embeddings are added: their geometric mean.
  private double stream() {
    return Math.exp(
        types().filter(m -> m.branch().isEmpty() && m.block().isEmpty()).mapToDouble(m -> Math.log(scale(m.type()))).average().orElse(0));
  }

  private double branch(String branch) {
    return types().filter(m -> m.branch().filter(branch::equals).isPresent()).mapToDouble(m -> scale(m.type())).reduce(1, (a, b) -> a * b);
  }

  /// A module of each type that scales the stream.
  private Stream<Module> types() {
    return network.types().stream().map(network::ofType).filter(Module::scalesStream);
  }
}
