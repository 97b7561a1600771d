package proxima.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proxima.cli.Problems;
import proxima.cli.Section;
import proxima.module.ModuleSpace;
import proxima.objective.CommandObjective;
import proxima.objective.EditDistance;
import proxima.proxy.Attention;
import proxima.proxy.Experts;
import proxima.scaling.Scale;
import proxima.study.MedianStopping;
import proxima.study.Promotion;
import proxima.study.SuccessiveHalving;
import proxima.tune.ObjectiveConfig.Data;

/// Notes what is impossible in a configuration although each of its keys is right by itself.
///
/// @param top of the file, where the lines of keys are known
record RunConfigCheck(RunConfig config, Section top, Problems problems) {

  /// With all types of modules that mixtures have.
  private static final Experts EXPERTS = new Experts(2, 1, 1, 1, 0, 0);

  /// Where a part of the file is wrong by itself, the rest is checked with what would be right in its place.
  void run() {
    boolean isNone = top.has("objective") && !top.isSection("objective");
    if (isNone || problems.concern("objective.kind", "objective.command", "objective.modules")) {
      return;
    }
    if (config.objective() instanceof ObjectiveConfig.Command c) {
      checkPlaceholders(c);
      if (problems.concern("scale", "base")) {
        return;
      }
    }
    Scale scale = mended("scale", config.scale());
    new RunConfigCheck(config.at(scale, top.has("base") ? mended("base", config.base()) : scale), top, problems).checkParts();
  }

  /// A scale as far as its numbers are right; the others divide as they have to.
  private Scale mended(String key, Scale read) {
    if (!problems.concern(key)) {
      return read;
    }
    Section s = top.section(key);
    Optional<ObjectiveConfig.Transformer> transformer = config.objective() instanceof ObjectiveConfig.Transformer t ? Optional.of(t) : Optional.empty();
    long width = number(s, key, "width", transformer.map(t -> 32L * t.heads()).orElse(64L));
    long batch = number(s, key, "batch", transformer.map(t -> (long) t.sequence()).orElse(1L));
    return new Scale((int) width, (int) number(s, key, "depth", 1), batch, batch);
  }

  private long number(Section s, String path, String key, long standIn) {
    return problems.concern(path + "." + key) ? standIn : s.integer(key, standIn, 1, Long.MAX_VALUE);
  }

  private void checkParts() {
    boolean areScalesRight = !problems.concern("scale", "base");
    if (!problems.concern("scale", "stopping")) {
      config.stopping().filter(Promotion.class::isInstance).map(Promotion.class::cast).ifPresent(this::checkBudget);
    }
    Optional<Experiment> experiment = Experiment.possible(config);
    if (experiment.isEmpty()) {
      explain(top.section("objective"));
    }
    if (!problems.concern("optimizer")) {
      checkTypes(top.section("space"), config.objective() instanceof ObjectiveConfig.Transformer t ? possible(t) : experiment.stream().toList());
    }
    if (!problems.concern("objective.sequence")) {
      top.section("scale").build(x -> Experiment.checkBatch(config, config.scale()), true);
    }
    if (experiment.isEmpty() || !areScalesRight || problems.concern("objective") || !(config.space() instanceof SpaceConfig.PerModule space)) {
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

  /// Notes each placeholder that is none, and what a command is told of a scale that is not there; promotion says how many steps there are.
  private void checkPlaceholders(ObjectiveConfig.Command c) {
    Section objective = top.section("objective");
    unknown(c).forEach(line -> objective.wrong("command", line));
    List<String> parameters = parameters(c);
    parameters.forEach(name -> CommandObjective.reserved(name).ifPresent(line -> top.section("space").section("parameters").wrong(name, line)));
    boolean isPromoted = config.stopping().filter(Promotion.class::isInstance).isPresent();
    if (top.has("scale")) {
      return;
    }
    Stream.of("{width}", "{depth}", "{batch}", "{tokens}", "{steps}")
        .filter(p -> !(isPromoted && p.equals("{steps}")) && !parameters.contains(p.substring(1, p.length() - 1)) && c.command().stream().anyMatch(argument -> argument.replace("{" + p + "}", "").contains(p)))
        .findFirst()
        .ifPresent(p -> objective.wrong("command", p + " needs a scale, such as scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}, and there is none"));
  }

  private List<String> unknown(ObjectiveConfig.Command c) {
    return CommandObjective.unknown(c.command(), parameters(c));
  }

  /// Whatever else is wrong with them.
  private List<String> parameters(ObjectiveConfig.Command c) {
    Section space = top.section("space");
    return c.modules().isEmpty() && space.isSection("parameters") ? space.section("parameters").keys() : List.of();
  }

  /// Notes what makes no difference to a search that is to begin.
  void checkUse() {
    checkGrace();
    checkOnly();
    if (config.objective() instanceof ObjectiveConfig.Command c && !problems.concern("objective") && unknown(c).isEmpty()) {
      checkParameters(c);
      checkSteps(c);
    }
  }

  /// Notes a rule that can never end a training.
  private void checkGrace() {
    if (problems.concern("scale", "stopping") || !config.hasScale() || config.stopping().isEmpty()) {
      return;
    }
    long grace = switch (config.stopping().get()) {
      case SuccessiveHalving(long first, _) -> first;
      case MedianStopping(long first, _) -> first;
      default -> 1;
    };
    if (grace > config.scale().steps()) {
      top.section("stopping").wrong("grace", "no training is ever stopped, as each has " + config.scale().steps() + " steps: needs as many at most, got " + grace);
    }
  }

  private void checkOnly() {
    if (config.space() instanceof SpaceConfig.PerModule perModule) {
      perModule.only().forEach((h, names) -> {
        if (names.isEmpty() && !problems.concern("space.perModule." + h.id() + ".only")) {
          top.section("space").section("perModule").section(h.id()).wrong("only", "names no type of module; leave 'only' out for all of them, or " + h.id() + " for none");
        }
      });
    }
  }

  /// Notes a command that is told the same in a short training as in a whole one.
  private void checkSteps(ObjectiveConfig.Command c) {
    if (config.stopping().filter(Promotion.class::isInstance).isPresent() && !CommandObjective.knowsSteps(c.command())) {
      top.section("objective").wrong("command", "no argument says how many steps to train, so that the short trainings of stopping: promotion would be whole ones; add {steps}, or {settings}, a file that says it");
    }
  }

  /// Notes the parameters that a command can not know of. One that says whether another is there may be known by that.
  private void checkParameters(ObjectiveConfig.Command c) {
    List<String> unused = CommandObjective.unused(c.command(), parameters(c)).stream().filter(name -> !isCondition(name)).toList();
    if (!unused.isEmpty()) {
      top.section("objective").wrong("command", "no argument uses " + String.join(", ", unused) + ", so that the command does not know of " + (unused.size() == 1 ? "it" : "them") + "; add " + unused.stream().map(name -> "{" + name + "}").collect(Collectors.joining(", ")) + ", or {configuration}, a file of all");
    }
  }

  private boolean isCondition(String name) {
    Section parameters = top.section("space").section("parameters");
    return parameters.keys().stream().filter(parameters::isSection).map(parameters::section).anyMatch(p -> p.isSection("when") && p.section("when").keys().contains(name));
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
      objective.build("data", x -> Experiment.vocabulary(t.data()), 0);
      objective.build("heads", x -> Optional.of(Experiment.transformer(t, config.base())), Optional.empty());
      objective.build(x -> Optional.of(new Experiment(config)), Optional.empty());
    } else {
      objective.build(x -> Optional.of(new Experiment(config)), Optional.empty());
    }
  }

  /// Those with all types of modules that there may be: a transformer has them for any number of heads and any text, and where a key on which they depend is wrong, for each of its values.
  private List<Experiment> possible(ObjectiveConfig.Transformer t) {
    List<Experiment> all = new ArrayList<>();
    for (boolean swiglu : values("activation", t.swiglu(), false, true)) {
      for (boolean tied : values("tied", t.tied(), false, true)) {
        for (Attention attention : values("attention", t.attention(), new Attention.Heads(), Attention.Latent.DEFAULT)) {
          for (Optional<Experts> experts : values("experts", t.experts(), Optional.<Experts>empty(), Optional.of(EXPERTS))) {
            Experiment.possible(config.withObjective(t.withTypes(swiglu, tied, attention, experts).withDataAndHeads(new Data.UnicodeNames(), 1))).ifPresent(all::add);
          }
        }
      }
    }
    return all;
  }

  private <T> List<T> values(String key, T read, T one, T other) {
    return problems.concern("objective." + key) ? List.of(one, other) : List.of(read);
  }

  /// Notes each type under `only` that none of the networks has.
  private void checkTypes(Section space, List<Experiment> experiments) {
    if (experiments.isEmpty() || !(config.space() instanceof SpaceConfig.PerModule perModule)) {
      return;
    }
    perModule.only().forEach((h, names) -> {
      List<String> there = experiments.stream().flatMap(e -> ModuleSpace.names(e.network(config.base()), config.defaults(), h).stream()).distinct().toList();
      for (String name : names) {
        if (!there.contains(name)) {
          space.section("perModule").section(h.id())
              .wrong("only", "no module type '" + name + "' has " + h.id() + EditDistance.hint(name, there) + "; there are " + String.join(", ", there));
        }
      }
    });
  }
}
