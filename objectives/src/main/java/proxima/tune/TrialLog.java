package proxima.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.LineLog;
import proxima.space.OneLine;
import proxima.space.Outcome;

/// `log.csv`: a line for each training that ended, in the order in which they were told, with the seconds it took, the step at which it was stopped or diverged, and the reason of a failure. Only appended to.
final class TrialLog implements AutoCloseable {

  /// What a file of an older program begins with, and goes on with.
  private static final String SHORT_HEADER = "phase,trial,seed,outcome,loss,seconds";
  private static final String HEADER = SHORT_HEADER + ",step,reason";

  /// One line.
  ///
  /// @param outcome `finished`, `stopped`, `diverged` or `failed`
  /// @param loss NaN unless finished
  record Line(String phase, int trial, String outcome, double loss, double seconds) {

    static Line of(String phase, int trial, Outcome outcome, double seconds) {
      String name =
          switch (outcome) {
            case Outcome.Finished _ -> "finished";
            case Outcome.Stopped _ -> "stopped";
            case Outcome.Diverged _ -> "diverged";
            case Outcome.Failed _ -> "failed";
          };
      return new Line(phase, trial, name, outcome instanceof Outcome.Finished f ? f.loss() : Double.NaN, seconds);
    }
  }

  private final LineLog lines;
  private final boolean isShort;

  /// @throws InputException if the file can not be written.
  TrialLog(Path file) {
    try {
      isShort = LineLog.read(file).stream().findFirst().filter(SHORT_HEADER::equals).isPresent();
      lines = LineLog.open(file, HEADER);
    } catch (IOException e) {
      throw new InputException(file + ": can not be written: " + IoFault.text(e));
    }
  }

  void add(String phase, int trial, long seed, Outcome outcome, double seconds) {
    Line line = Line.of(phase, trial, outcome, seconds);
    try {
      lines.add(phase + "," + trial + "," + seed + "," + line.outcome() + "," + (Double.isNaN(line.loss()) ? "" : line.loss()) + "," + Math.round(seconds * 1000) / 1000.0 + (isShort ? "" : more(outcome)));
    } catch (IOException e) {
      throw new InputException("the log of trials can not be written: " + IoFault.text(e) + "; free space, then resume the run");
    }
  }

  private static String more(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished _ -> ",,";
      case Outcome.Stopped(long step, _, _) -> "," + step + ",";
      case Outcome.Diverged(long step) -> "," + step + ",";
      case Outcome.Failed(String reason) -> ",,\"" + OneLine.of(reason).replace("\"", "\"\"") + '"';
    };
  }

  /// The lines of a log; a line cut off by a crash is left out.
  static List<Line> read(Path file) {
    List<Line> lines = new ArrayList<>();
    try {
      for (String text : LineLog.read(file)) {
        String[] f = text.split(",", 8);
        if ((f.length == 6 || f.length == 8) && !text.startsWith(SHORT_HEADER)) {
          lines.add(
              new Line(f[0], Integer.parseInt(f[1]), f[3], f[4].isEmpty() ? Double.NaN : Double.parseDouble(f[4]), Double.parseDouble(f[5])));
        }
      }
      return lines;
    } catch (IOException | NumberFormatException e) {
      throw new InputException(file + ": is damaged: " + e.getMessage() + "; move it away, the journal holds all outcomes");
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new InputException("the log of trials can not be closed: " + IoFault.text(e));
    }
  }
}
