package proxima.objective;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proxima.space.Outcome;

/// An objective that runs the user's own command, in any language.
///
/// **In.** Placeholders in the command's arguments:
///
/// | placeholder | value |
/// |---|---|
/// | `{name}` | the value of the parameter of that name; empty where it is not active |
/// | `{id}`, `{seed}` | of the job |
/// | `{width}`, `{depth}`, `{batch}`, `{tokens}`, `{steps}` | of the job's scale |
/// | `{settings}` | path of a JSON file: seed, scale, steps, and the values of every module |
/// | `{configuration}` | path of a JSON file: the value of every active parameter |
/// | `{result}` | path of a JSON file that the command may write |
/// | `{directory}` | a directory for the job, kept between attempts; its logs are there too |
///
/// `{{name}}` stands for the text `{name}`.
///
/// **Out.** Lines on standard output, each one JSON object: `{"step": 10, "loss": 2.3}` on the way; `{"loss": 1.9}` without a step, here or
/// in the result file, is the result (the last one counts, the file before the lines). A `"standardError"` beside it, where it is known, as of a mean over trainings, says
/// how far to believe it. A loss of NaN or infinity, written in any way, or `{"diverged": 10}` says that the training diverged;
/// the command is then ended. A loss on the way may be answered by early stopping: the command and its descendants are asked to terminate (SIGTERM), and
/// killed 10 seconds later. All other output is kept in the logs, 64 MiB of each stream.
///
/// A command that fails without a result is tried again; one that runs past its timeout is ended with all its descendants. What either has said as a result counts, as where a
/// program fails while it tidies up, if it said it in the result file, or once and last: of several losses without a step any may be one on the way.
public final class CommandObjective implements Objective {

  private static final List<String> ALWAYS =
      List.of("id", "seed", "width", "depth", "batch", "tokens", "steps", "settings", "configuration", "result", "directory");

  /// Placeholders by which a command finds all parameters.
  private static final List<String> WITH_ALL = List.of("settings", "configuration", "directory");

  /// Placeholders by which a command learns how long it is to train; with `directory` it finds the settings.
  private static final List<String> WITH_STEPS = List.of("steps", "tokens", "settings", "directory");

  private final Command command;
  private final Set<String> literals;
  private final Template template;
  private final Path jobs;

  /// @param parameters the names of the parameters that configurations may hold
  /// @param jobs directory in which each job gets one of its own
  /// @throws IllegalArgumentException if there is no such program, if the command holds an unknown placeholder, or if a parameter has the name of another placeholder.
  public CommandObjective(Command command, Collection<String> parameters, Path jobs) {
    this(command, parameters, Set.of(), jobs);
  }

  /// @param literals those of the parameters whose choices, texts here, are numbers or booleans in `{configuration}`
  public CommandObjective(Command command, Collection<String> parameters, Set<String> literals, Path jobs) {
    parameters.stream().flatMap(p -> reserved(p).stream()).findFirst().ifPresent(line -> {
      throw new IllegalArgumentException("command: " + line);
    });
    command.checkProgram();
    this.command = command;
    this.literals = Set.copyOf(literals);
    this.template = new Template(command.arguments(), names(parameters));
    this.jobs = jobs.toAbsolutePath().normalize();
  }

  /// What is to be said of a parameter's name that is a placeholder's.
  public static Optional<String> reserved(String parameter) {
    return Optional.of("a parameter cannot be called '" + parameter + "', as {" + parameter + "} has a meaning of its own").filter(_ -> ALWAYS.contains(parameter));
  }

  /// What is to be said of each placeholder that is none, with these parameters.
  public static List<String> unknown(List<String> arguments, Collection<String> parameters) {
    return new Template(arguments).unknown(names(parameters));
  }

  /// The parameters that no argument mentions; none where a file holds all of them.
  public static List<String> unused(List<String> arguments, Collection<String> parameters) {
    Set<String> used = new Template(arguments).names();
    return Collections.disjoint(used, WITH_ALL) ? parameters.stream().filter(p -> !used.contains(p)).toList() : List.of();
  }

  /// Whether an argument says how many steps to train.
  public static boolean knowsSteps(List<String> arguments) {
    return !Collections.disjoint(new Template(arguments).names(), WITH_STEPS);
  }

  private static Set<String> names(Collection<String> parameters) {
    Set<String> names = new HashSet<>(ALWAYS);
    names.addAll(parameters);
    return names;
  }

  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    var files = new JobFiles(jobs.resolve(job.id()));
    List<String> arguments = template.fill(values(job, files));
    var attempt = new Attempt(command, arguments, files);
    try {
      files.write(job, literals);
      for (int left = command.retries(); ; left--) {
        Attempt.End end = attempt.run(monitor);
        if (!end.crashed() || left == 0) {
          return end.outcome();
        }
      }
    } catch (IOException e) {
      return new Outcome.Failed("command: cannot run " + arguments.getFirst() + " in " + files.directory() + ": " + e.getMessage());
    }
  }

  private static Map<String, String> values(Job job, JobFiles files) {
    Map<String, String> values = new HashMap<>();
    job.configuration().values().forEach((name, value) -> values.put(name, value.toString()));
    values.put("id", job.id());
    values.put("seed", Long.toString(job.seed()));
    values.put("width", Integer.toString(job.scale().width()));
    values.put("depth", Integer.toString(job.scale().depth()));
    values.put("batch", Long.toString(job.scale().batch()));
    values.put("tokens", Long.toString(job.scale().tokens()));
    values.put("steps", Long.toString(job.scale().steps()));
    values.put("settings", files.settings().toString());
    values.put("configuration", files.configuration().toString());
    values.put("result", files.result().toString());
    values.put("directory", files.directory().toString());
    return values;
  }
}
