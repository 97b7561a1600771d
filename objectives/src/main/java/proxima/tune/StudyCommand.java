package proxima.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.chart.Format;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.gp.Threads;
import proxima.objective.EditDistance;
import proxima.protocol.StudyServer;
import proxima.space.SearchSpace;
import proxima.store.Store;
import proxima.strategy.InitialDesign;
import proxima.study.EarlyStopping;
import proxima.study.Journal;
import proxima.study.MemoryJournal;
import proxima.study.SqliteJournal;
import proxima.study.Study;
import proxima.study.SuccessiveHalving;

/// `study SPACE`: a study for a program in any language, on standard input and output.
final class StudyCommand implements Command {

  private static final String NAME = "study";
  private static final String STRATEGIES = String.join(", ", StrategyChoice.names());
  private static final String STOPPING = String.join(", ", StoppingChoice.names());

  // How many trials the client will ask for is not known: it starts as one that asks for 100.
  private static final int BUDGET = 100;

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Serves a study to a program in any language: one JSON object a line, requests on standard input, replies on standard output.",
            "The requests are space, ask, tell, report, best and recommend; examples/python/README.md describes them.")
        .footer("", "Example: echo '{\"request\":\"ask\"}' | ./proxima study examples/python/space.json");
    spec.addPositional(
        PositionalParamSpec.builder().index("0").paramLabel("SPACE").type(Path.class).required(true).description("The search space, a JSON file; see examples/python/space.json.").build());
    spec.addOption(
        OptionSpec.builder("--journal").paramLabel("FILE").type(String.class)
            .description("Where the study is kept, an SQLite file or postgresql://[USER@]HOST[:PORT]/DATABASE; the same again goes on with it. Default: in memory.").build());
    spec.addOption(OptionSpec.builder("--strategy").paramLabel("NAME").type(String.class).description("One of " + STRATEGIES + ". Default: gp.").build());
    spec.addOption(
        OptionSpec.builder("--stopping").paramLabel("NAME").type(String.class)
            .description("What answers a report of a loss on the way: one of " + STOPPING + ". asha is asynchronous successive halving with eta " + SuccessiveHalving.ETA + ", promotion the same with trials that are trained again, longer. Default: none.")
            .build());
    spec.addOption(
        OptionSpec.builder("--grace").paramLabel("N").type(long.class).description("With --stopping: the first step at which a trial may be stopped, asha's first rung; the shortest training of promotion. Default: 1.").build());
    spec.addOption(OptionSpec.builder("--steps").paramLabel("N").type(long.class).description("With --stopping promotion: the steps of a whole training.").build());
    spec.addOption(
        OptionSpec.builder("--threads").paramLabel("N").type(int.class)
            .description("How many threads the Gaussian process fits on; suggestions do not depend on it. Default: as many as there are cores, 4 at most.").build());
    spec.addOption(OptionSpec.builder("--seed").paramLabel("N").type(long.class).description("A whole number; the same seed, the same suggestions. Default: 1.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    SpaceFile.Content content = SpaceFile.read(arguments.matchedPositionalValue(0, Path.of("")));
    SearchSpace space = content.space();
    String strategy = strategy(arguments);
    StrategyChoice choice = StrategyChoice.of(strategy);
    if (!content.hints().equals(Hints.NONE) && !choice.isProcess()) {
      throw new InputException("--strategy: " + strategy + " " + Hints.UNHEEDED);
    }
    InitialDesign design = InitialDesign.of(space, BUDGET);
    EarlyStopping stopping = stopping(arguments, space);
    String label = choice.label(design) + content.hints().label() + (stopping.equals(EarlyStopping.NONE) ? "" : ", " + stopping);
    long seed = arguments.matchedOptionValue("--seed", 1L);
    try (Journal journal = journal(arguments);
        Study study = Study.open(journal, NAME, space, choice.strategy(space, design, threads(arguments), content.hints()), stopping, label, seed)) {
      if (terminal.interactive()) {
        terminal.note("proxima: a study with " + Format.count(study.trials().size(), "trial") + ", ready for requests such as {\"request\":\"ask\"}");
      }
      new StudyServer(study, "proxima " + Version.PROXIMA, strategy, threads(arguments)).serve(terminal.in(), terminal.out());
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException("standard input can not be read: " + IoFault.text(e));
    }
  }

  private static String strategy(ParseResult arguments) {
    return name(arguments, "--strategy", "gp", StrategyChoice.names());
  }

  private static Threads threads(ParseResult arguments) {
    int threads = arguments.matchedOptionValue("--threads", Threads.available().count());
    if (threads < 1) {
      throw new InputException("--threads: 1 or more, got " + threads);
    }
    return new Threads(threads);
  }

  private static EarlyStopping stopping(ParseResult arguments, SearchSpace space) {
    Optional<StoppingChoice> choice = StoppingChoice.of(name(arguments, "--stopping", "none", StoppingChoice.names()));
    long grace = arguments.matchedOptionValue("--grace", 1L);
    if (grace < 1) {
      throw new InputException("--grace: a step of 1 or later, got " + grace);
    }
    if (choice.isEmpty() && arguments.hasMatchedOption("--grace")) {
      throw new InputException("--grace: has no effect without --stopping; add --stopping asha, or leave it out");
    }
    boolean promotes = choice.equals(Optional.of(StoppingChoice.PROMOTION));
    if (promotes != arguments.hasMatchedOption("--steps")) {
      throw new InputException(promotes ? "--steps: is missing; promotion needs to know how many a whole training has" : "--steps: has no effect without --stopping promotion; leave it out");
    }
    if (promotes && space.parameters().stream().anyMatch(p -> p.name().equals("steps"))) {
      throw new InputException("--stopping: with promotion a trial says its 'steps', and the space has a parameter of that name; give it another");
    }
    long steps = arguments.matchedOptionValue("--steps", grace);
    if (steps < grace) {
      throw new InputException("--steps: a whole training has no fewer steps than --grace, " + grace + "; got " + steps);
    }
    return choice.map(c -> c.rule(grace, steps)).orElse(EarlyStopping.NONE);
  }

  private static String name(ParseResult arguments, String option, String byDefault, String[] names) {
    String id = arguments.matchedOptionValue(option, byDefault);
    List<String> known = List.of(names);
    if (!known.contains(id)) {
      throw new InputException(option + ": '" + id + "' is not one of " + String.join(", ", known) + EditDistance.hint(id, known));
    }
    return id;
  }

  private static Journal journal(ParseResult arguments) {
    String name = arguments.matchedOptionValue("--journal", "");
    try {
      if (Store.isFile(name)) {
        return arguments.hasMatchedOption("--journal") ? SqliteJournal.open(Path.of(name)) : new MemoryJournal();
      }
      return Store.open(name);
    } catch (IllegalArgumentException e) {
      throw new InputException("--journal: " + e.getMessage());
    }
  }

  @Override
  public boolean isJsonAlways() {
    return true;
  }
}
