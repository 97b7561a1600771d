package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.cli.TextFile;
import proxima.cli.WholeFile;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.prior.ScaleContext;
import proxima.prior.Target;
import proxima.report.LearnedReport;
import proxima.report.Lesson;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

/// `learn-space SOURCE... -o FILE`: gathers earlier runs into one file that a new run learns from, and shows what they teach.
final class LearnSpaceCommand implements Command {

  private static final String OUT = "--out";
  private static final String FOR = "--for";

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Gathers earlier runs into a file that `tune --prior` learns from, whatever their scales and data, and shows where their best settings lie.",
            "A report with a picture for each module is written beside the file, in the folder NAME-report.")
        .footer("", "Example: ./proxima learn-space runs/* -o prior.json");
    spec.addPositional(
        PositionalParamSpec.builder().index("0..*").arity("1..*").paramLabel("SOURCE").type(Path[].class).required(true)
            .description("Run folders, finished or not; files that this command wrote; task histories. What is none of these is left out, and why is said.").build());
    spec.addOption(OptionSpec.builder("-o", OUT).paramLabel("FILE").type(Path.class).required(true).description("The file to write.").build());
    spec.addOption(OptionSpec.builder(FOR).paramLabel("CONFIG").type(Path.class).description("The configuration of the run to come: its space is shown. Default: the space of the last run.").build());
    spec.addOption(PriorOptions.shared());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Path out = arguments.matchedOptionValue(OUT, Path.of(""));
    check(out);
    List<String> unused = new ArrayList<>();
    PriorRuns runs = read(Arrays.asList(arguments.matchedPositionalValue(0, new Path[0])), out, PriorOptions.isShared(arguments), unused);
    Prior prior = Prior.of(runs);
    TextFile.checkRecorded(out, prior.text(), "give fewer runs, or several files");
    Map<String, PriorTasks> tasks = arguments.hasMatchedOption(FOR) ? tasks(prior, arguments.matchedOptionValue(FOR, Path.of(""))) : tasks(runs);
    try {
      Files.createDirectories(out.toAbsolutePath().resolveSibling(""));
      WholeFile.write(out, prior.text());
      List<Lesson> lessons = tasks.entrySet().stream().map(e -> new Lesson(e.getKey(), e.getValue(), prior.origins(), false)).toList();
      Path report = LearnedReport.write(folder(out), "What " + runs.runs().size() + (runs.runs().size() == 1 ? " run teaches" : " runs teach"), out.toString(), lessons, unused);
      print(out, report, tasks, unused, terminal);
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    }
  }

  /// A file may stand for an earlier one of this command alone, and for none that belongs to a run.
  private static void check(Path out) {
    RunFolder folder = new RunFolder(out.toAbsolutePath().normalize().resolveSibling(""));
    if (isSame(out, folder.prior()) && Files.exists(folder.config())) {
      throw new InputException(out + ": is where the run in this folder keeps what it learned from; name another file with " + OUT);
    }
    if (Files.isRegularFile(out) && !PriorSources.isPrior(out)) {
      throw new InputException(out + ": is there already and was not written by learn-space; name another file with " + OUT);
    }
  }

  /// What can be read, and a line for each source that can not. Of the file to write, such as an earlier one among `runs/*`, those runs are taken that no other source has.
  private static PriorRuns read(List<Path> sources, Path out, boolean shared, List<String> unused) {
    Map<Path, PriorRuns> read = new LinkedHashMap<>();
    for (Path source : sources) {
      try {
        read.put(source, PriorSources.read(source));
      } catch (InputException e) {
        unused.addAll(e.problems());
      }
    }
    List<PriorRun> runs = new ArrayList<>();
    read.forEach((source, its) -> {
      List<PriorRun> others = isSame(source, out) ? read.entrySet().stream().filter(e -> !isSame(e.getKey(), out)).flatMap(e -> e.getValue().runs().stream()).toList() : List.of();
      List<PriorRun> more = its.runs().stream().filter(run -> others.stream().noneMatch(other -> begins(run, other))).toList();
      runs.addAll(more);
      if (its.runs().isEmpty()) {
        unused.add(source + ": has no runs");
      }
      if (more.size() < its.runs().size()) {
        unused.add(source + ": is the file to write, and " + (its.runs().size() - more.size()) + " of its " + Format.count(its.runs().size(), "run") + " are among the other sources");
      }
    });
    if (runs.isEmpty()) {
      throw new InputException(unused);
    }
    return new PriorRuns(runs, shared || read.values().stream().anyMatch(PriorRuns::shared));
  }

  private static boolean isSame(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /// Whether all trials of a run are the first of another's.
  private static boolean begins(PriorRun run, PriorRun whole) {
    return switch (run) {
      case PriorRun.Plain p -> whole instanceof PriorRun.Plain w && p.history().begins(w.history());
      case PriorRun.PerModule m ->
          whole instanceof PriorRun.PerModule w
              && m.phases().entrySet().stream()
                  .allMatch(e -> Optional.ofNullable(w.phases().get(e.getKey())).filter(t -> e.getValue().history().begins(t.history())).isPresent());
    };
  }

  private static Map<String, PriorTasks> tasks(Prior prior, Path config) {
    Experiment experiment = new Experiment(RunConfigReader.read(config, config));
    prior.check(experiment);
    return prior.tasks(experiment, prior.expected(experiment));
  }

  /// For a run like the last one.
  private static Map<String, PriorTasks> tasks(PriorRuns runs) {
    try {
      return switch (runs.runs().getLast()) {
        case PriorRun.Plain p -> Map.of("search", runs.tasks(p.history().space()));
        case PriorRun.PerModule m -> tasks(runs, m);
      };
    } catch (IllegalArgumentException e) {
      throw new InputException(Prior.problems(e, " (--shared)"));
    }
  }

  private static Map<String, PriorTasks> tasks(PriorRuns runs, PriorRun.PerModule last) {
    Map<String, PriorTasks> tasks = new LinkedHashMap<>();
    last.phases().forEach((phase, trials) -> tasks.put(phase.id(), told(runs, runs.tasks(Target.like(last, phase, trials)))));
    return tasks;
  }

  /// A history that knows its scale is a run of the network that a configuration has.
  private static PriorTasks told(PriorRuns runs, PriorTasks tasks) {
    List<String> scaled = runs.runs().stream().filter(r -> r instanceof PriorRun.Plain p && ScaleContext.scale(p.history()).isPresent()).map(PriorRun::name).toList();
    List<PriorTasks.LeftOut> leftOut =
        tasks.leftOut().stream().map(l -> scaled.contains(l.name()) ? new PriorTasks.LeftOut(l.name(), "a history with a scale is shown with " + FOR + " CONFIG") : l).toList();
    return new PriorTasks(tasks.space(), tasks.tasks(), leftOut);
  }

  /// `runs/prior-report` for `runs/prior.json`.
  private static Path folder(Path out) {
    return out.resolveSibling(String.valueOf(out.getFileName()).replaceFirst("\\.json$", "") + "-report");
  }

  private static void print(Path out, Path report, Map<String, PriorTasks> tasks, List<String> unused, Terminal terminal) {
    ObjectNode answer = Json.object().put("prior", out.toString()).put("report", report.toString());
    ObjectNode phases = answer.putObject("phases");
    tasks.forEach((phase, prior) -> {
      terminal.say(phase + ": " + prior.tasks().size() + (prior.tasks().size() == 1 ? " task" : " tasks") + ", " + prior.space().dimension() + (prior.space().dimension() == 1 ? " dimension" : " dimensions"));
      var list = phases.putArray(phase);
      for (PriorTask t : prior.tasks()) {
        double best = t.losses().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        terminal.say(String.format(Locale.ROOT, "  %-24s %4d trials, %d diverged, lowest loss %s%s", t.name(), t.losses().size(), t.diverged(), Format.loss(best), notes(t)));
        list.addObject().put("task", t.name()).put("trials", t.losses().size()).put("diverged", t.diverged()).put("loss", best);
      }
      prior.leftOut().forEach(l -> {
        terminal.say("  " + l.name() + " is left out: " + l.reason());
        list.addObject().put("task", l.name()).put("leftOut", l.reason());
      });
    });
    unused.forEach(line -> {
      terminal.say("left out: " + line);
      answer.withArray("leftOut").add(line);
    });
    terminal.say("report  " + report);
    terminal.say("next    ./proxima tune CONFIG --prior " + out);
    terminal.answer(answer);
  }

  private static String notes(PriorTask task) {
    return Optional.of(String.join("; ", task.notes())).filter(n -> !n.isEmpty()).map(n -> " (" + n + ")").orElse("");
  }
}
