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

/// The file of a comparison's runs, a line a trial. Runs are appended whole; one that a crash cut off is left out when the file is read, and
/// played again.
final class Results {

  private static final String HEADER = "task,group,contender,seed,initial,trials,trial,loss,regret,seconds\n";
  private static final int COLUMNS = 10;

  private final Path file;
  private final Map<Key, Run> runs = new LinkedHashMap<>();

  private record Key(String task, String contender, long seed, int initial, int trials) {}

  /// Of a file that may not exist yet.
  /// @throws TableException with the line, if it is no file of results.
  Results(Path file) throws IOException {
    this.file = file;
    String text = Files.exists(file) ? Files.readString(file) : "";
    // A crash may have cut the last line off.
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    String whole = lines.isEmpty() ? HEADER : lines;
    if (!whole.equals(text)) {
      Files.writeString(file, whole);
    }
    read(whole.lines().toList());
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
    int trials = run.steps().size();
    for (int i = 0; i < trials; i++) {
      Run.Step s = run.steps().get(i);
      text.append(String.join(",", run.task(), run.group().id(), run.contender(), Long.toString(run.seed()), Integer.toString(run.initial()), Integer.toString(trials),
          Integer.toString(i), number(s.loss()), number(s.regret()), Double.toString(s.seconds()))).append('\n');
    }
    Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    runs.put(key(run), run);
  }

  private static Key key(Run run) {
    return new Key(run.task(), run.contender(), run.seed(), run.initial(), run.steps().size());
  }

  private static String number(double v) {
    return Double.isFinite(v) ? Double.toString(v) : "";
  }

  private void read(List<String> lines) {
    List<Run.Step> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        if (cells.length != COLUMNS) {
          throw new IllegalArgumentException("it has " + cells.length + " cells, not " + COLUMNS);
        }
        int trial = Integer.parseInt(cells[6]);
        if (trial == 0) {
          steps.clear();
        }
        if (trial == steps.size()) {
          steps.add(new Run.Step(value(cells[7]), value(cells[8]), Double.parseDouble(cells[9])));
        }
        if (steps.size() == Integer.parseInt(cells[5])) {
          Run run = new Run(cells[0], Group.of(cells[1]), cells[2], Long.parseLong(cells[3]), Integer.parseInt(cells[4]), steps);
          runs.put(key(run), run);
          steps.clear();
        }
      } catch (IllegalArgumentException e) {
        throw new TableException(file + ":" + (i + 1) + ": is no line of results: " + e.getMessage());
      }
    }
  }

  private static double value(String cell) {
    return cell.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
  }
}
