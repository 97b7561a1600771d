package proxima.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import proxima.space.Outcome;

/// How long trials take, where workers are simulated: times of recorded trainings, the median of those that finished being 1.
///
/// @param finished of the 72 trainings of `examples/quickstart.yaml`, two at once on two cores, by their seconds
/// @param diverged of the trainings in `benchmarks/tables` that diverged, by the part of their steps that they had done
record TrialTimes(List<Double> finished, List<Double> diverged) {

  static final TrialTimes RECORDED = read();

  private static TrialTimes read() {
    try (InputStream in = Objects.requireNonNull(TrialTimes.class.getResourceAsStream("times.csv"));
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String[]> rows = reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
      return new TrialTimes(of("finished", rows), of("diverged", rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Double> of(String end, List<String[]> rows) {
    return rows.stream().filter(row -> row[0].equals(end)).map(row -> Double.valueOf(row[1])).toList();
  }

  /// One of those that ended like this.
  double draw(Outcome outcome, RandomGenerator random) {
    List<Double> times = outcome instanceof Outcome.Diverged ? diverged : finished;
    return times.get(random.nextInt(times.size()));
  }
}
