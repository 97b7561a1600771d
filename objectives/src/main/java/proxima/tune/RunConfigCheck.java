package proxima.tune;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import proxima.cli.Problems;
import proxima.cli.Section;
import proxima.module.ModuleSpace;
import proxima.objective.EditDistance;
import proxima.study.Promotion;
import proxima.tune.ObjectiveConfig.Data;

/// Notes what is impossible in a configuration although each of its keys is right by itself.
///
/// @param top of the file, where the lines of keys are known
record RunConfigCheck(RunConfig config, Section top, Problems problems) {

  void run() {
    Optional<Promotion> promotion = config.stopping().filter(Promotion.class::isInstance).map(Promotion.class::cast);
    if (!top.has("scale") && config.objective() instanceof ObjectiveConfig.Command c) {
      checkPlaceholders(c.command(), promotion.isPresent());
    }
    promotion.ifPresent(this::checkBudget);
    Optional<Experiment> experiment = experiment(config);
    if (experiment.isEmpty()) {
      explain(top.section("objective"));
    }
    checkTypes(top.section("space"), experiment.or(this::plain));
    if (experiment.isEmpty() || !(config.space() instanceof SpaceConfig.PerModule space)) {
      return;
    }
    top.section("scale").build(x -> experiment.get().check(config.scale()), true);
    top.section(top.has("base") ? "base" : "scale").build(x -> experiment.get().check(config.base()), true);
    if (space.axes().isEmpty() || problems.concern("space", "scale", "base")) {
      return;
    }
    top.section("scaling").build("table", x -> experiment.get().checkTable(), true);
    if (problems.concern("scaling")) {
      return;
    }
    top.section(top.has("base") ? "base" : "hyperparameters").build(x -> experiment.get().checkValues(config.defaults()), true);
    space.global().forEach((h, range) -> {
      if (h.isDecay()) {
        top.section("space").section("global").build(h.id(), x -> experiment.get().checkValues(config.defaults().with(h, range.low())), true);
      }
    });
    top.section("space").build(x -> experiment.get().moduleSpace(space, config.defaults()).space().dimension(), 0);
  }

  /// Notes what a command is told of a scale that is not there; promotion says how many steps there are.
  private void checkPlaceholders(List<String> command, boolean isPromoted) {
    Stream.of("{width}", "{depth}", "{batch}", "{tokens}", "{steps}")
        .filter(p -> !(isPromoted && p.equals("{steps}")) && command.stream().anyMatch(argument -> argument.replace("{" + p + "}", "").contains(p)))
        .findFirst()
        .ifPresent(p -> top.section("objective").wrong("command", p + " needs a scale, such as scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}, and there is none"));
  }

  /// Notes each phase that may end before a training is promoted to its whole length.
  private void checkBudget(Promotion promotion) {
    checkBudget(promotion, "search", "trials");
    checkBudget(promotion, "global", "global");
    checkBudget(promotion, "module", "perModule");
  }

  private void checkBudget(Promotion promotion, String phase, String key) {
    int trials = config.trials(phase);
    if (trials > 0 && trials < promotion.points()) {
      top.section("budget")
          .wrong(key, "with stopping: promotion from " + promotion.first() + " to " + promotion.whole() + " steps one of " + promotion.points() + " points is trained to the end: needs as many trials, got "
              + trials + "; or take a larger grace");
    }
  }

  /// Notes which key makes the objective impossible.
  private void explain(Section objective) {
    if (config.objective() instanceof ObjectiveConfig.Transformer t) {
      objective.build("data", x -> Experiment.text(t.data()).vocabulary(), 0);
      objective.build("heads", x -> Optional.of(Experiment.transformer(t, config.base())), Optional.empty());
      objective.build(x -> Optional.of(new Experiment(config)), Optional.empty());
    } else {
      objective.build(x -> Optional.of(new Experiment(config)), Optional.empty());
    }
  }

  /// One with the same types of modules: a transformer has them for any number of heads and any text.
  private Optional<Experiment> plain() {
    return config.objective() instanceof ObjectiveConfig.Transformer t
        ? experiment(config.withObjective(t.withDataAndHeads(new Data.UnicodeNames(), 1)))
        : Optional.empty();
  }

  private static Optional<Experiment> experiment(RunConfig config) {
    try {
      return Optional.of(new Experiment(config));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Notes each type under `only` that the network does not have.
  private void checkTypes(Section space, Optional<Experiment> experiment) {
    if (experiment.isEmpty() || !(config.space() instanceof SpaceConfig.PerModule perModule)) {
      return;
    }
    perModule.only().forEach((h, names) -> {
      List<String> there = ModuleSpace.names(experiment.get().network(config.base()), config.defaults(), h);
      for (String name : names) {
        if (!there.contains(name)) {
          space.section("perModule").section(h.id())
              .wrong("only", "no module type '" + name + "' has " + h.id() + EditDistance.hint(name, there) + "; there are " + String.join(", ", there));
        }
      }
    });
  }
}
