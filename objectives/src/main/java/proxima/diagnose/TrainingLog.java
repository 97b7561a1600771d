package proxima.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.LineLog;
import proxima.objective.Job;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Sha256;

/// `trainings.csv`: a line for each training that ended, written when it does. Only appended to.
///
/// A line's key is of what the configuration says of what is trained (not of the device, nor of how long a program of the user's may take), of every module's settings, the scale and the seed. So a training that the file has is not done again, whatever check asks
/// for it. What a program of the user's does is not part of it: with another one the file is to go.
public final class TrainingLog implements AutoCloseable {

  /// What it is called in the folder of a check.
  public static final String NAME = "trainings.csv";

  private static final String HEADER = "key,width,depth,batch,tokens,rate,seed,outcome,loss,seconds,stepSeconds";

  /// Of a line, with the last as without it, which lines of earlier versions have not.
  private static final int CELLS = 11;

  private final Path file;
  private final Map<String, Double> losses = new HashMap<>();
  private final Map<String, Double> stepSeconds = new HashMap<>();
  private final LineLog lines;

  /// @throws InputException if the file can not be read or written.
  public TrainingLog(Path file) {
    this.file = file;
    try {
      LineLog.read(file).forEach(this::read);
      lines = LineLog.open(file, HEADER);
    } catch (IOException e) {
      throw new InputException(file + ": can not be read and written: " + IoFault.text(e));
    }
  }

  private void read(String line) {
    String[] cells = line.split(",", -1);
    if ((cells.length == CELLS || cells.length == CELLS - 1) && !cells[0].equals("key")) {
      try {
        losses.put(cells[0], cells[8].isEmpty() ? Double.NaN : Double.parseDouble(cells[8]));
        Double.parseDouble(cells[9]);
        stepSeconds.put(cells[0], cells.length < CELLS || cells[10].isEmpty() ? Double.NaN : Double.parseDouble(cells[10]));
      } catch (NumberFormatException e) {
        throw new InputException(file + ": is damaged at key " + cells[0] + ": '" + cells[8] + "' and '" + cells[9] + "' are no loss and seconds; delete that line, or the file, which costs its trainings");
      }
    }
  }

  /// The loss of a training, NaN where it diverged; empty where it is not known.
  OptionalDouble loss(Trainings.Planned planned) {
    Double loss = losses.get(key(planned));
    return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
  }

  /// How long a step of a training took; NaN where it is not known.
  public double stepSeconds(Trainings.Planned planned) {
    return stepSeconds.getOrDefault(key(planned), Double.NaN);
  }

  /// @param loss NaN where it diverged
  /// @param seconds of the whole training
  /// @param ofStep seconds of a step; NaN where it is not known
  void add(Trainings.Planned planned, double loss, double seconds, double ofStep) {
    String key = key(planned);
    Job job = planned.job();
    Scale s = job.scale();
    boolean diverged = Double.isNaN(loss);
    double rounded = Math.round(seconds * 1e3) / 1e3;
    double step = Double.isNaN(ofStep) ? ofStep : Math.round(ofStep * 1e9) / 1e9;
    try {
      lines.add(
          key + "," + s.width() + "," + s.depth() + "," + s.batch() + "," + s.tokens() + "," + planned.rate() + "," + job.seed() + "," + (diverged ? "diverged" : "finished") + ","
              + (diverged ? "" : loss) + "," + rounded + "," + (Double.isNaN(step) ? "" : step));
    } catch (IOException e) {
      throw new InputException(file + ": can not be written: " + IoFault.text(e) + "; free space, then run the same command again");
    }
    losses.put(key, loss);
    stepSeconds.put(key, step);
  }

  private static String key(Trainings.Planned planned) {
    Job job = planned.job();
    return Sha256.of(planned.subject().name() + "\n" + job.scale() + "\n" + job.seed() + "\n" + job.settings()).substring(0, 16);
  }

  /// The loss that counts for an outcome.
  /// @throws InputException if the training failed for a reason that says nothing of its settings.
  static double loss(Job job, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f -> f.loss();
      case Outcome.Stopped s -> s.loss();
      case Outcome.Diverged _ -> Double.NaN;
      case Outcome.Failed(String reason) -> throw new InputException("training " + job.id() + " failed: " + reason + "; mend it, then run the same command again");
    };
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new InputException(file + ": can not be closed: " + IoFault.text(e));
    }
  }
}
