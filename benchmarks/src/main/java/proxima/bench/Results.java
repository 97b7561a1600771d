package proxima.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proxima.bench.result.Group;
import proxima.bench.result.Run;
import proxima.cli.InputException;
import proxima.cli.WholeFile;

/// The file of a comparison's runs, a line a trial; where a contender failed, a line with the reason in place of the trial it failed in. Runs are
/// appended whole; the lines of one that a crash cut off, or that stands there twice, go when the file is opened.
final class Results {

  private static final String HEADER = "task,group,contender,version,seed,initial,trials,trial,loss,regret,seconds,failure";
  private static final int COLUMNS = 12;

  private final Path file;
  private final Map<Key, Run> runs = new LinkedHashMap<>();

  private record Key(String task, String contender, long seed, int initial, int trials) {}

  /// Of a file that may not exist yet.
  /// @throws InputException with the line, if it is no file of results.
  Results(Path file) throws IOException {
    this.file = file;
    String text = Files.exists(file) ? Files.readString(file) : "";
    // A crash may have cut the last line off.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    String whole = Stream.concat(Stream.of(HEADER), read(lines)).collect(Collectors.joining("\n", "", "\n"));
    if (!whole.equals(text)) {
      WholeFile.write(file, whole);
    }
  }

  /// All runs, in the order of the file.
  synchronized List<Run> runs() {
    return List.copyOf(runs.values());
  }

  synchronized Optional<Run> run(String task, String contender, long seed, int initial, int trials) {
    return Optional.ofNullable(runs.get(new Key(task, contender, seed, initial, trials)));
  }

  synchronized void add(Run run) throws IOException {
    StringBuilder text = new StringBuilder();
    int trial = 0;
    for (Run.Step s : run.steps()) {
      text.append(line(run, trial++, number(s.loss()), number(s.regret()), Double.toString(s.seconds()), ""));
    }
    if (run.failure().isPresent()) {
      text.append(line(run, trial, "", "", "", run.failure().get()));
    }
    Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    runs.put(key(run), run);
  }

  private static String line(Run run, int trial, String loss, String regret, String seconds, String failure) {
    return String.join(",", run.task(), run.group().id(), run.contender(), run.version(), Long.toString(run.seed()), Integer.toString(run.initial()),
        Integer.toString(run.trials()), Integer.toString(trial), loss, regret, seconds, failure) + "\n";
  }

  private static Key key(Run run) {
    return new Key(run.task(), run.contender(), run.seed(), run.initial(), run.trials());
  }

  private static String number(double v) {
    return Double.isFinite(v) ? Double.toString(v) : "";
  }

  /// Takes the whole runs.
  /// @return their lines
  private Stream<String> read(List<String> lines) {
    if (!lines.isEmpty() && !lines.getFirst().equals(HEADER)) {
      throw new InputException(file + ":1: the results of another version of Proxima have other columns; choose another folder with --out");
    }
    Map<Key, List<String>> whole = new LinkedHashMap<>();
    List<Run.Step> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        if (cells.length != COLUMNS) {
          throw new IllegalArgumentException("it has " + cells.length + " cells, not " + COLUMNS);
        }
        int trials = Integer.parseInt(cells[6]);
        int trial = Integer.parseInt(cells[7]);
        Optional<String> failure = Optional.of(cells[11]).filter(f -> !f.isEmpty());
        if (trial == 0) {
          steps.clear();
        }
        boolean next = trial == steps.size();
        if (next && failure.isEmpty()) {
          steps.add(new Run.Step(value(cells[8]), value(cells[9]), Double.parseDouble(cells[10])));
        }
        if (next && (failure.isPresent() || steps.size() == trials)) {
          Run run = new Run(cells[0], Group.of(cells[1]), cells[2], cells[3], Long.parseLong(cells[4]), Integer.parseInt(cells[5]), trials, steps, failure);
          runs.put(key(run), run);
          whole.put(key(run), lines.subList(i - trial, i + 1));
          steps.clear();
        }
      } catch (IllegalArgumentException e) {
        throw new InputException(file + ":" + (i + 1) + ": is no line of results: " + e.getMessage());
      }
    }
    return whole.values().stream().flatMap(List::stream);
  }

  private static double value(String cell) {
    return cell.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
  }
}
